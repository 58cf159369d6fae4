/// One of Odoo's `stock.picking`, as the mirror holds it and as a tally keeps it from its opening.
public struct Transfer: Hashable, Sendable {
  /// Database id in Odoo.
  public var id: Int
  /// Name and barcode, such as `WH/OUT/00012`.
  public var name: String
  /// Odoo's state.
  public var state: State
  /// What kind of work it is, and where.
  public var operation: Operation
  /// Database id of the source location.
  public var locationID: Int
  /// Database id of the destination location.
  public var destinationID: Int
  /// Display name of the customer or supplier.
  public var partner: String?
  /// The document it comes from, such as the sales order's name.
  public var origin: String?
  /// The customer's own reference of the order.
  public var customerReference: String?
  /// Scheduled date in milliseconds since 1970, UTC.
  public var scheduled: Int64?
  /// Key shared by all transfers of one order; confirmations of one chain are applied in order.
  public var chain: String
  /// Database id of the transfer whose rest this is.
  public var backorderOf: Int?
  /// Database id of the batch or wave that it belongs to.
  public var batchID: Int?
  /// Display name of the carrier that takes it.
  public var carrier: String?
  /// What kind of carrier that is (`delivery_type`), such as `fixed` or `ups`.
  public var carrierType: String?
  /// What is asked for.
  public var moves: [Move]

  /// Odoo's states of a transfer.
  public enum State: String, Sendable {
    case draft, waiting, confirmed, assigned, done
    case cancelled = "cancel"
  }

  /// An operation type (`stock.picking.type`) as far as the floor needs it.
  public struct Operation: Hashable, Sendable {
    /// Database id of the operation type.
    public var typeID: Int
    /// The work that is done.
    public var step: Step
    /// Database id of the warehouse.
    public var warehouse: Int
    /// The barcode of the operation type, such as `WH-DELIVERY` or `WHOUT`; policies name it.
    public var barcode: String?

    /// An operation of a type, step and warehouse.
    public init(typeID: Int, step: Step, warehouse: Int, barcode: String? = nil) {
      self.typeID = typeID
      self.step = step
      self.warehouse = warehouse
      self.barcode = barcode
    }
  }

  /// The step of the work; Odoo calls both pick and pack `internal`.
  public enum Step: String, Sendable {
    case receive, pick, pack, ship
    case move = "internal"
  }

  /// A transfer with all its parts.
  public init(
    id: Int,
    name: String,
    state: State,
    operation: Operation,
    locationID: Int,
    destinationID: Int,
    partner: String? = nil,
    origin: String? = nil,
    customerReference: String? = nil,
    scheduled: Int64? = nil,
    chain: String,
    backorderOf: Int? = nil,
    batchID: Int? = nil,
    carrier: String? = nil,
    carrierType: String? = nil,
    moves: [Move]
  ) {
    self.id = id
    self.name = name
    self.state = state
    self.operation = operation
    self.locationID = locationID
    self.destinationID = destinationID
    self.partner = partner
    self.origin = origin
    self.customerReference = customerReference
    self.scheduled = scheduled
    self.chain = chain
    self.backorderOf = backorderOf
    self.batchID = batchID
    self.carrier = carrier
    self.carrierType = carrierType
    self.moves = moves
  }
}

/// One of Odoo's `stock.move`: a product and how much of it is asked for.
public struct Move: Hashable, Sendable {
  /// Database id in Odoo.
  public var id: Int
  /// Database id of the product.
  public var productID: Int
  /// How much is asked for (`product_uom_qty`), in the move's unit of measure.
  public var demand: Quantity
  /// Database id of the move's unit of measure.
  public var unitID: Int?
  /// How many of the product's own unit make one of the move's, such as 12 for dozens.
  public var factor: Quantity
  /// The step of the move's unit to which Odoo rounds, such as 0.01.
  public var rounding: Quantity
  /// Database ids of the moves that take its goods on (`move_dest_ids`).
  public var nextIDs: [Int]
  /// What is reserved or done.
  public var lines: [MoveLine]

  /// Odoo's rounding of units where the mirror does not say otherwise.
  public static let usualRounding = Quantity(millionths: 10_000)

  /// A move with all its parts.
  public init(
    id: Int,
    productID: Int,
    demand: Quantity,
    unitID: Int? = nil,
    factor: Quantity = .one,
    rounding: Quantity = usualRounding,
    nextIDs: [Int] = [],
    lines: [MoveLine]
  ) {
    self.id = id
    self.productID = productID
    self.demand = demand
    self.unitID = unitID
    self.factor = factor
    self.rounding = rounding
    self.nextIDs = nextIDs
    self.lines = lines
  }
}

/// One of Odoo's `stock.move.line`: where, which lot, which package.
///
/// `quantity` is both the reservation and, once `picked`, what was done (Odoo 17 and newer).
public struct MoveLine: Hashable, Sendable {
  /// Database id in Odoo.
  public var id: Int
  /// Reserved or done quantity.
  public var quantity: Quantity
  /// True once somebody handled the line.
  public var picked: Bool
  /// The lot or serial number.
  public var lot: Reference?
  /// The package that the goods are in before.
  public var package: Reference?
  /// The package that they are in afterwards.
  public var resultPackage: Reference?
  /// Database id of the source location.
  public var locationID: Int
  /// Database id of the destination location.
  public var destinationID: Int

  /// A line with all its parts.
  public init(
    id: Int,
    quantity: Quantity,
    picked: Bool = false,
    lot: Reference? = nil,
    package: Reference? = nil,
    resultPackage: Reference? = nil,
    locationID: Int,
    destinationID: Int
  ) {
    self.id = id
    self.quantity = quantity
    self.picked = picked
    self.lot = lot
    self.package = package
    self.resultPackage = resultPackage
    self.locationID = locationID
    self.destinationID = destinationID
  }
}

/// A record of Odoo by id and name.
public struct Reference: Hashable, Sendable {
  /// Database id in Odoo.
  public var id: Int
  /// Display name.
  public var name: String

  /// A record `id` called `name`.
  public init(id: Int, name: String) {
    self.id = id
    self.name = name
  }
}

/// One of Odoo's `product.product`.
public struct Product: Hashable, Sendable {
  /// Database id in Odoo.
  public var id: Int
  /// Name shown to people.
  public var name: String
  /// Internal reference (`default_code`).
  public var reference: String?
  /// The barcode, as stored in Odoo.
  public var barcode: String?
  /// Whether lots or serial numbers are kept.
  public var tracking: Tracking
  /// Weight of one unit in kilograms.
  public var weight: Quantity
  /// Database id of its unit of measure.
  public var unitID: Int?

  /// Odoo's kinds of tracking.
  public enum Tracking: String, Sendable {
    case none, lot, serial
  }

  /// A product with all its parts.
  public init(
    id: Int,
    name: String,
    reference: String? = nil,
    barcode: String? = nil,
    tracking: Tracking = .none,
    weight: Quantity = .zero,
    unitID: Int? = nil
  ) {
    self.id = id
    self.name = name
    self.reference = reference
    self.barcode = barcode
    self.tracking = tracking
    self.weight = weight
    self.unitID = unitID
  }
}
