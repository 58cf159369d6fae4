/// One kind of work in the warehouse.
public enum Step: String, Sendable, Hashable, CaseIterable {
  case receive, pick, pack, ship
}

/// The way of an order through the warehouse.
public enum Route: String, Sendable, Hashable, CaseIterable {
  case receipt, oneStep, twoSteps, threeSteps

  /// Its steps, in order.
  public var steps: [Step] {
    switch self {
    case .receipt: [.receive]
    case .oneStep: [.ship]
    case .twoSteps: [.pick, .ship]
    case .threeSteps: [.pick, .pack, .ship]
    }
  }

  /// The step after one of its steps.
  func step(after step: Step) -> Step? {
    guard let index = steps.firstIndex(of: step), index + 1 < steps.count else { return nil }
    return steps[index + 1]
  }

  /// The step before one of its steps.
  func step(before step: Step) -> Step? {
    guard let index = steps.firstIndex(of: step), index > 0 else { return nil }
    return steps[index - 1]
  }

  /// The warehouse that works this way.
  public var warehouse: String {
    switch self {
    case .receipt, .oneStep: "WH"
    case .twoSteps: "PS"
    case .threeSteps: "TM3"
    }
  }
}

/// An order or receipt as it was placed, and what is to become of it.
public struct Order: Sendable, Hashable {
  /// What is asked for of one product.
  public struct Line: Sendable, Hashable {
    /// The article's code.
    public var article: String
    /// How many units.
    public var units: Int
  }

  /// What becomes of an order.
  public enum Fate: Sendable, Hashable {
    /// It is worked on in the shift.
    case worked
    /// Nobody has time for it.
    case left
    /// There is no stock for it.
    case withoutStock
    /// Somebody cancels it in Odoo just before the shift.
    case cancelled
    /// Somebody does it in Odoo just before the shift.
    case doneInOdoo
  }

  /// Units that are not found at the first step.
  public struct Shortage: Sendable, Hashable {
    /// The article's code.
    public var article: String
    /// How many units are missing.
    public var units: Int
    /// True where they are found later and fetched.
    public var isFetched: Bool
  }

  /// The running number in the plan.
  public var number: Int
  /// The way through the warehouse.
  public var route: Route
  /// What is asked for; each article once.
  public var lines: [Line]
  /// What becomes of it.
  public var fate = Fate.worked
  /// What is not found at first.
  public var shortage: Shortage?
}

/// What Odoo has made of an order.
public struct MadeOrder: Sendable, Hashable {
  /// The order as it was placed.
  public var order: Order
  /// The order's name, or what the receipt says where it comes from.
  public var name: String
  /// Its transfers, by step; those that Odoo makes later are not there.
  public var transfers: [Step: MadeTransfer]
  /// The batch in which its first transfer is picked.
  public var batch: String?

  /// An order with its transfers.
  public init(order: Order, name: String, transfers: [Step: MadeTransfer]) {
    self.order = order
    self.name = name
    self.transfers = transfers
  }
}

/// A transfer that Odoo has made.
public struct MadeTransfer: Sendable, Hashable {
  /// Its name, which is printed as a barcode.
  public var name: String
  /// What is reserved, with lots and source packages.
  public var reserved: [Goods: Int]

  /// A transfer with its reservation.
  public init(name: String, reserved: [Goods: Int]) {
    self.name = name
    self.reserved = reserved
  }
}

/// Goods of one kind in one place.
public struct Goods: Sendable, Hashable, Comparable {
  /// The article's code.
  public var article: String
  /// Lot or serial number.
  public var lot: String?
  /// The package that they came in.
  public var source: String?
  /// The package that they went into.
  public var package: String?

  /// Goods of an article.
  public init(_ article: String, lot: String? = nil, source: String? = nil, package: String? = nil)
  {
    self.article = article
    self.lot = lot
    self.source = source
    self.package = package
  }

  private var key: [String] { [article, lot ?? "", source ?? "", package ?? ""] }

  /// By article, lot and packages.
  public static func < (left: Goods, right: Goods) -> Bool {
    left.key.lexicographicallyPrecedes(right.key)
  }

  /// For people.
  public var text: String {
    article + (lot.map { " lot \($0)" } ?? "") + (source.map { " out of \($0)" } ?? "")
      + (package.map { " in \($0)" } ?? "")
  }
}
