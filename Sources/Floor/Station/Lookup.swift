/// What the floor asks of the mirror while it judges an event.
///
/// The production look-up reads SQLite; tests and simulations use values in memory. A look-up never
/// waits for the network, and answers "not found" rather than fail.
public protocol MirrorLookup {
  /// Age in seconds of the mirror's last complete refresh of open transfers; nil if there was none.
  var mirrorAge: Int64? { get }
  /// The transfer of that name in the mirror, in any letter case.
  func transfer(named name: String) -> Transfer?
  /// The transfer with that database id in the mirror.
  func transfer(id: Int) -> Transfer?
  /// Products and packagings whose barcode is one of `spellings`.
  func articles(spellings: [String]) -> [Article]
  /// The product with that database id.
  func product(id: Int) -> Product?
  /// Products that have a lot or serial number of that name.
  func productsWithLot(named name: String) -> [Int]
  /// True if the mirror knows a package of that name.
  func hasPackage(named name: String) -> Bool
}

/// What the floor asks of the mirror and of the journal while it judges an event.
public protocol Lookup: MirrorLookup {
  /// The confirmation that closed `target` here, if one did and was not discarded since.
  func closure(of target: Confirmation.Target) -> Closure?
}

/// What a product or packaging barcode stands for.
public struct Article: Hashable, Sendable {
  /// The product.
  public var product: Product
  /// Units in one scan: 1 for the product itself, its content for a packaging.
  public var quantity: Quantity

  /// `quantity` units of `product`.
  public init(product: Product, quantity: Quantity = .one) {
    self.product = product
    self.quantity = quantity
  }
}

/// How a transfer was closed here.
public struct Closure: Hashable, Sendable {
  /// The confirmation.
  public var confirmation: Confirmation
  /// True once Odoo agrees.
  public var applied: Bool
  /// Database ids of the backorders that Odoo made when it was applied.
  public var backorders: [Int]

  /// A closure by a confirmation.
  public init(confirmation: Confirmation, applied: Bool, backorders: [Int] = []) {
    self.confirmation = confirmation
    self.applied = applied
    self.backorders = backorders
  }
}

/// What the floor needs of the world at the moment of an event, so that it needs no clock itself.
public struct Moment {
  /// Monotonic time in milliseconds; restarts with each boot.
  public var monotonic: Int64
  /// Makes a random uuid, for a confirmation.
  public var makeUUID: () -> String

  /// A moment at `monotonic` milliseconds.
  public init(monotonic: Int64, makeUUID: @escaping () -> String) {
    self.monotonic = monotonic
    self.makeUUID = makeUUID
  }
}
