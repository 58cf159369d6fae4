/// What Odoo says about one transfer.
public struct OdooTransfer: Sendable, Hashable {
  /// Database id.
  public var id: Int
  /// Name and barcode.
  public var name: String
  /// Odoo's state, such as `assigned` or `done`.
  public var state: String
  /// The kind of work.
  public var step: Step
  /// The document it comes from.
  public var origin: String
  /// The transfer whose rest this is.
  public var backorderOf: Int?
  /// The carrier's tracking reference.
  public var tracking: String?
  /// How often stock moved for it; nil where the server does not tell.
  public var validations: Int?
  /// How often somebody wrote to its lines after it was done; nil where the server does not tell.
  public var editsAfterDone: Int?
  /// Reserved or done goods.
  public var lines: [Line]
  /// What is asked for, by product.
  public var demand: [String: Double]

  /// The kind of work of a transfer.
  public enum Step: String, Sendable, Hashable {
    case receive, pick, pack, ship, other
  }

  /// Reserved or done goods of one transfer.
  public struct Line: Sendable, Hashable {
    /// The product's code, see `Product.code`.
    public var product: String
    /// How much.
    public var quantity: Double
    /// Lot or serial number.
    public var lot: String?
    /// The package that the goods come in.
    public var package: String?
    /// The package that they go into.
    public var resultPackage: String?

    /// Goods of a product.
    public init(
      product: String,
      quantity: Double,
      lot: String? = nil,
      package: String? = nil,
      resultPackage: String? = nil
    ) {
      self.product = product
      self.quantity = quantity
      self.lot = lot
      self.package = package
      self.resultPackage = resultPackage
    }
  }

  /// A transfer with all its parts.
  public init(
    id: Int,
    name: String,
    state: String,
    step: Step,
    origin: String = "",
    backorderOf: Int? = nil,
    tracking: String? = nil,
    validations: Int? = nil,
    editsAfterDone: Int? = nil,
    lines: [Line] = [],
    demand: [String: Double] = [:]
  ) {
    self.id = id
    self.name = name
    self.state = state
    self.step = step
    self.origin = origin
    self.backorderOf = backorderOf
    self.tracking = tracking
    self.validations = validations
    self.editsAfterDone = editsAfterDone
    self.lines = lines
    self.demand = demand
  }
}

/// What Odoo says, as far as the demo looks at it.
public struct OdooState: Sendable, Hashable {
  /// The transfers.
  public var transfers: [OdooTransfer]
  /// Gross weight in kilograms by package; nil where this Odoo keeps none.
  public var weights: [String: Double]?
  /// True where this Odoo keeps tracking references.
  public var hasTracking: Bool
  /// Ordered and delivered quantity by order and product, where the server tells.
  public var orders: [OrderLine]

  /// One line of a sales order.
  public struct OrderLine: Sendable, Hashable {
    /// The order's name.
    public var order: String
    /// The product's code.
    public var product: String
    /// How much was ordered.
    public var ordered: Double
    /// How much was delivered.
    public var delivered: Double

    /// A line with all its parts.
    public init(order: String, product: String, ordered: Double, delivered: Double) {
      self.order = order
      self.product = product
      self.ordered = ordered
      self.delivered = delivered
    }
  }

  /// A state of these parts.
  public init(
    transfers: [OdooTransfer],
    weights: [String: Double]? = [:],
    hasTracking: Bool = true,
    orders: [OrderLine] = []
  ) {
    self.transfers = transfers
    self.weights = weights
    self.hasTracking = hasTracking
    self.orders = orders
  }
}

/// A product as it lies on the shelf.
public struct Product: Sendable, Hashable {
  /// How the demo names it: the internal reference or, without one, the id.
  public var code: String
  /// What is printed on it.
  public var barcode: String
  /// `none`, `lot` or `serial`.
  public var tracking: String
  /// Weight of one unit in kilograms.
  public var weight: Double
  /// Database id of the unit of measure.
  public var unit: Int?
}
