/// What has been counted here for one transfer since it was opened.
///
/// Quantities are in the products' own units. Invariants: `lines` are sorted by product, lot,
/// source package and package, with no two alike and none at zero; per product their sum exceeds
/// the demand only as far as the policy or a supervisor allowed; undoing the last entry of
/// `history` restores the state before it exactly.
public struct Tally: Hashable, Sendable {
  /// Which transfer of Odoo it will validate.
  public let target: Confirmation.Target
  /// The transfer as the mirror had it at opening; the tally is judged against this copy, so that
  /// verdicts can be replayed from the journal alone.
  public let transfer: Transfer
  /// True if the lines of `transfer` are what the step before has brought, so that nothing else can
  /// be here.
  public let isArrival: Bool
  /// What was counted.
  public internal(set) var lines: [Confirmation.Line] = []
  /// Packages that were filled or weighed.
  public internal(set) var packages: [Confirmation.Package] = []
  /// What the next scan meets.
  public internal(set) var marks = Marks()
  /// What a supervisor let pass.
  public internal(set) var overrides: [Confirmation.Override] = []
  /// What can be taken back, oldest first.
  public internal(set) var history: [Change] = []

  /// Entries of `history` that are kept; older ones cannot be taken back.
  public static let historyLimit = 20

  /// The small things that a scan sets and the next one meets.
  public struct Marks: Hashable, Sendable {
    /// The carrier's tracking reference.
    public var tracking: String?
    /// The package that following counts go into.
    public var openPackage: String?
    /// The package that was touched last; a weight without a package lands on it.
    public var lastPackage: String?
    /// A tracked product that was scanned and whose lot or serial number is still missing.
    public var awaitingLot: AwaitingLot?

    /// Nothing is set.
    public init() {}
  }

  /// A product that waits for its lot.
  public struct AwaitingLot: Hashable, Sendable {
    /// Database id of the product.
    public var productID: Int
    /// Units that the scan stands for.
    public var quantity: Quantity
    /// The package that they come out of, where it is known.
    public var sourcePackage: String?
    /// When the lot expires, as its label says, in milliseconds since 1970, UTC.
    public var expires: Int64?

    /// Units of a product.
    public init(
      productID: Int,
      quantity: Quantity,
      sourcePackage: String? = nil,
      expires: Int64? = nil
    ) {
      self.productID = productID
      self.quantity = quantity
      self.sourcePackage = sourcePackage
      self.expires = expires
    }
  }

  /// One accepted change, with what is needed to take it back.
  public struct Change: Hashable, Sendable {
    /// Goods that were added.
    public var added: [Confirmation.Line] = []
    /// Goods that were taken away, as when they went into a package.
    public var removed: [Confirmation.Line] = []
    /// Packages that became new, or were otherwise before.
    public var packages: [PackageChange] = []
    /// The marks before, if they changed.
    public var marks: Marks?
    /// How many overrides were added.
    public var overrides = 0

    /// Nothing changed.
    public init() {}
  }

  /// How a package was before.
  public struct PackageChange: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// How it was; nil if it is new.
    public var before: Confirmation.Package?
  }

  /// An empty tally for a transfer.
  public init(target: Confirmation.Target, transfer: Transfer, isArrival: Bool = false) {
    self.target = target
    self.transfer = transfer
    self.isArrival = isArrival
  }

  /// True if it is not known what is asked for.
  public var isBlind: Bool {
    if case .named = target { true } else { false }
  }

  /// Units asked for of a product; what the step before has brought, if that is less.
  public func demand(of productID: Int) -> Quantity {
    var asked = Quantity.zero
    var arrived = Quantity.zero
    for move in transfer.moves where move.productID == productID {
      asked += move.inProductUnits(move.demand)
      if isArrival { for line in move.lines { arrived += move.inProductUnits(line.quantity) } }
    }
    return isArrival ? min(asked, arrived) : asked
  }

  /// Units counted of a product.
  public func counted(of productID: Int) -> Quantity {
    lines.reduce(into: .zero) { if $1.productID == productID { $0 += $1.quantity } }
  }

  /// Units asked for of all products.
  public var demand: Quantity {
    guard isArrival else {
      return transfer.moves.reduce(into: .zero) { $0 += $1.inProductUnits($1.demand) }
    }
    return products.reduce(into: .zero) { $0 += demand(of: $1) }
  }
  /// True if a quantity is no more than another one in the unit of the move, to which the step
  /// before was rounded: one piece of a dozen arrived as 0.08 dozens, which is less than a piece.
  func isAll(_ quantity: Quantity, of whole: Quantity, _ productID: Int) -> Bool {
    guard let move = transfer.moves.first(where: { $0.productID == productID }) else {
      return false
    }
    return move.inMoveUnits(quantity) <= move.inMoveUnits(whole)
  }

  /// Units counted of all products.
  public var counted: Quantity { lines.reduce(into: .zero) { $0 += $1.quantity } }

  /// Products that are asked for, each once.
  public var products: [Int] {
    var found: [Int] = []
    for move in transfer.moves where !found.contains(move.productID) {
      found.append(move.productID)
    }
    return found
  }

  /// Units that are missing, over all products; what is too much of one makes up for no other.
  public var missing: Quantity {
    products.reduce(into: .zero) { $0 += max(.zero, demand(of: $1) - counted(of: $1)) }
  }

  /// True if all that was asked for is counted.
  public var isComplete: Bool { !isBlind && missing == .zero }

  /// True if nothing was counted, weighed or noted.
  public var isUntouched: Bool { lines.isEmpty && packages.isEmpty && marks == Marks() }

  /// What is left, for a verdict; with the product's own rest where one is given.
  public func left(of productID: Int? = nil) -> Verdict.Left {
    Verdict.Left(
      product: productID.map { max(.zero, demand(of: $0) - counted(of: $0)) },
      counted: counted,
      total: missing
    )
  }
}
