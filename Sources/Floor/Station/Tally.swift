/// What has been counted here for one transfer since it was opened.
///
/// Invariants: `lines` are sorted by product, lot, source package and package, with no two alike
/// and none at zero; per product their sum never exceeds the demand of the snapshot; undoing the
/// last entry of `history` restores the state before it exactly.
public struct Tally: Hashable, Sendable {
  /// Which transfer of Odoo it will validate.
  public let target: Confirmation.Target
  /// The transfer as the mirror had it at opening; the tally is judged against this copy, so that
  /// verdicts can be replayed from the journal alone.
  public let transfer: Transfer
  /// What was counted.
  public internal(set) var lines: [Confirmation.Line] = []
  /// Packages that were filled or weighed.
  public internal(set) var packages: [Confirmation.Package] = []
  /// The carrier's tracking reference.
  public internal(set) var tracking: String?
  /// The package that following counts go into.
  public internal(set) var openPackage: String?
  /// The package that was touched last; a weight without a package lands on it.
  public internal(set) var lastPackage: String?
  /// A tracked product that was scanned and whose lot or serial number is still missing.
  public internal(set) var awaitingLot: AwaitingLot?
  /// What can be taken back, oldest first.
  public internal(set) var history: [Change] = []

  /// Entries of `history` that are kept; older ones cannot be taken back.
  public static let historyLimit = 20

  /// A product that waits for its lot.
  public struct AwaitingLot: Hashable, Sendable {
    /// Database id of the product.
    public var productID: Int
    /// Units that the scan stands for.
    public var quantity: Quantity
  }

  /// One accepted change, with what is needed to take it back.
  public enum Change: Hashable, Sendable {
    /// Goods were counted, some of them into packages that were new.
    case counted(
      [Confirmation.Line],
      lastPackage: String?,
      awaited: AwaitingLot?,
      newPackages: [String]
    )
    /// A tracked product was scanned, and its lot is awaited.
    case awaited(before: AwaitingLot?)
    /// Lines without a package were put into one.
    case packed([Confirmation.Line], into: String, lastPackage: String?, isNew: Bool)
    /// A package was opened for following counts.
    case packageOpened(String, before: String?, lastPackage: String?, isNew: Bool)
    /// A package was weighed.
    case weighed(String, before: Quantity?, lastPackage: String?, isNew: Bool)
    /// The tracking reference was set.
    case tracked(before: String?)
  }

  /// An empty tally for a transfer.
  public init(target: Confirmation.Target, transfer: Transfer) {
    self.target = target
    self.transfer = transfer
  }

  /// Units asked for of a product.
  public func demand(of productID: Int) -> Quantity {
    transfer.moves.reduce(into: .zero) { if $1.productID == productID { $0 += $1.demand } }
  }

  /// Units counted of a product.
  public func counted(of productID: Int) -> Quantity {
    lines.reduce(into: .zero) { if $1.productID == productID { $0 += $1.quantity } }
  }

  /// Units asked for of all products.
  public var demand: Quantity { transfer.moves.reduce(into: .zero) { $0 += $1.demand } }
  /// Units counted of all products.
  public var counted: Quantity { lines.reduce(into: .zero) { $0 += $1.quantity } }
  /// True if all that was asked for is counted.
  public var isComplete: Bool { counted >= demand }

  /// What is left, for a verdict; with the product's own rest where one is given.
  public func left(of productID: Int? = nil) -> Verdict.Left {
    let counted = counted
    return Verdict.Left(
      product: productID.map { demand(of: $0) - self.counted(of: $0) },
      counted: counted,
      total: demand - counted
    )
  }
}
