public import Barcodes

/// What the floor asks of the mirror while it judges an event.
///
/// The production look-up reads SQLite; tests and simulations use values in memory. A look-up never
/// waits for the network, and answers "not found" rather than fail.
public protocol MirrorLookup {
  /// Age in seconds of the mirror's last complete refresh of open transfers; nil if there was none.
  var mirrorAge: Int64? { get }
  /// The company's barcode rules; nil where it has none.
  var nomenclature: Nomenclature? { get }
  /// The transfer of that name in the mirror, in any letter case.
  func transfer(named name: String) -> Transfer?
  /// The transfer with that database id in the mirror.
  func transfer(id: Int) -> Transfer?
  /// Products and packagings whose barcode is one of `spellings`.
  func articles(spellings: [String]) -> [Article]
  /// The product with that database id.
  func product(id: Int) -> Product?
  /// Products whose internal reference (`default_code`) is `reference`.
  func products(reference: String) -> [Product]
  /// Lots and serial numbers of that name, of any product.
  func lots(named name: String) -> [Lot]
  /// The package of that name; the newest, as Odoo does not keep names unique.
  func package(named name: String) -> Package?
  /// The package type with that database id.
  func packageType(id: Int) -> PackageType?
  /// The package type of that barcode.
  func packageType(barcode: String) -> PackageType?
  /// The location of that barcode, else of that full name.
  func location(_ code: String) -> Location?
  /// The operation type of that barcode, in any letter case.
  func operation(barcode: String) -> Transfer.Operation?
  /// The batch or wave of that name, in any letter case.
  func batch(named name: String) -> Batch?
  /// All transfers of a chain that the mirror knows, oldest first.
  func transfers(ofChain chain: String) -> [Transfer]
  /// Open transfers that ask for a product, oldest first, at most `limit`.
  func openTransfers(asking product: Int, limit: Int) -> [Transfer]
  /// Open transfers with a line out of or into a package of that name, oldest first, at most
  /// `limit`.
  func openTransfers(holding package: String, limit: Int) -> [Transfer]
  /// The name of a unit of measure, such as `kg`.
  func unitName(id: Int) -> String?
  /// The steps of a warehouse.
  func route(ofWarehouse id: Int) -> Route
}

extension MirrorLookup {
  /// None: this look-up does not know barcode rules.
  public var nomenclature: Nomenclature? { nil }
  /// Products that have a lot or serial number of that name.
  public func productsWithLot(named name: String) -> [Int] { lots(named: name).map(\.productID) }
  /// True if the mirror knows a package of that name.
  public func hasPackage(named name: String) -> Bool { package(named: name) != nil }
}

/// What the floor asks of the mirror and of the journal while it judges an event.
public protocol Lookup: MirrorLookup {
  /// The confirmation that closed `target` here, if one did and was not discarded since.
  ///
  /// Also for a transfer that a confirmation with another target was bound to meanwhile.
  func closure(of target: Confirmation.Target) -> Closure?
  /// The confirmations of a chain that were not discarded, in the order of their closing.
  func closures(ofChain chain: String) -> [Closure]
  /// The confirmations that name a package, lot or serial number and were not discarded, in the
  /// order of their closing.
  func closures(naming name: String) -> [Closure]
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
  /// Wall clock in milliseconds since 1970, UTC; nil while the clock was never set since the box
  /// started, so that nothing is refused for a date that nobody can be sure of.
  public var wall: Int64?
  /// Makes a random uuid, for a confirmation.
  public var makeUUID: () -> String

  /// A moment at `monotonic` milliseconds.
  public init(monotonic: Int64, wall: Int64? = nil, makeUUID: @escaping () -> String) {
    self.monotonic = monotonic
    self.wall = wall
    self.makeUUID = makeUUID
  }
}
