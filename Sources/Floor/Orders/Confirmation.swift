/// A closed tally: what was done on the floor, to be made true in Odoo exactly once.
public struct Confirmation: Hashable, Sendable {
  /// Random identity; part of the external ids of the records that are made for it in Odoo.
  public var uuid: String
  /// Which transfer it validates.
  public var target: Target
  /// Name of the transfer, for people.
  public var transferName: String
  /// Database id of the warehouse; one validation at a time runs in each.
  public var warehouse: Int
  /// Confirmations of one chain are applied in the order in which they were closed.
  public var chain: String
  /// The step of the work; decides urgency.
  public var step: Transfer.Step
  /// Barcode of the operation type, which a site's cut-offs go by.
  public var operation: String?
  /// The transfer's scheduled date in milliseconds since 1970, UTC; decides urgency.
  public var scheduled: Int64?
  /// What was counted; one entry per product, lot, source package and package.
  public var lines: [Line]
  /// Packages that were filled or weighed here.
  public var packages: [Package]
  /// The carrier's tracking reference.
  public var tracking: String?
  /// What becomes of the demand that was not counted.
  public var rest: Rest
  /// The demand of each move as it was at closing, to see what changed in Odoo meanwhile; empty
  /// where it was not known.
  public var seen: [SeenMove]
  /// What a supervisor let pass.
  public var overrides: [Override]
  /// What was left behind when somebody corrected it; nil if nobody has.
  public var edition: Edition?

  /// Identity of the records that are made for it in Odoo: another one after each correction, so
  /// that nothing which an earlier content has sent is taken for this one (hazard `replayed-key`).
  public var key: String { edition?.key ?? uuid }

  /// A confirmation that was corrected.
  public struct Edition: Hashable, Sendable {
    /// Identity of what is made in Odoo since the last correction.
    public var key: String
    /// Names of packages that earlier contents may have put goods into.
    public var packages: [String]

    /// An edition that goes by `key` in Odoo.
    public init(key: String, packages: [String]) {
      self.key = key
      self.packages = packages
    }
  }

  /// Something that was let pass although a rule refuses it.
  public struct Override: Hashable, Sendable {
    /// The code of the verdict that it would have been.
    public var code: String
    /// Who let it pass.
    public var by: String
    /// What it was about: a product, lot or package.
    public var subject: String

    /// `subject` was let pass by `by`, against `code`.
    public init(code: String, by: String, subject: String) {
      self.code = code
      self.by = by
      self.subject = subject
    }
  }

  /// The transfer that a confirmation validates.
  public enum Target: Hashable, Sendable {
    /// A transfer that is known in Odoo by this id.
    case transfer(Int)
    /// The backorder of the confirmation with this uuid, once Odoo has made it.
    case remainder(of: String)
    /// The transfer of this step that takes on what the confirmation with this uuid has validated,
    /// once Odoo has made it (`move_dest_ids`).
    case next(of: String, Transfer.Step)
    /// The transfer of this name, which the mirror did not know at closing.
    case named(String)
  }

  /// What becomes of the demand that was not counted.
  public enum Rest: String, Sendable {
    case backorder, drop
  }

  /// Goods that were counted.
  public struct Line: Hashable, Sendable {
    /// Database id of the product.
    public var productID: Int
    /// Name of the lot or serial number.
    public var lot: String?
    /// Name of the package that the goods came in.
    public var sourcePackage: String?
    /// Name of the package that they are in now.
    public var package: String?
    /// How much, in the unit of measure of the move.
    public var quantity: Quantity
    /// When a lot that came in expires, in milliseconds since 1970, UTC; as its label says.
    public var expires: Int64?

    /// Goods of a product.
    public init(
      productID: Int,
      lot: String? = nil,
      sourcePackage: String? = nil,
      package: String? = nil,
      quantity: Quantity,
      expires: Int64? = nil
    ) {
      self.expires = expires
      self.productID = productID
      self.lot = lot
      self.sourcePackage = sourcePackage
      self.package = package
      self.quantity = quantity
    }
  }

  /// A package that was filled or weighed here.
  public struct Package: Hashable, Sendable {
    /// Its name or SSCC.
    public var name: String
    /// Gross weight in kilograms.
    public var weight: Quantity?
    /// Database id of its package type.
    public var typeID: Int?
    /// Name of the package that it was put into.
    public var parent: String?

    /// A package called `name`, of `weight` kilograms.
    public init(
      name: String,
      weight: Quantity? = nil,
      typeID: Int? = nil,
      parent: String? = nil
    ) {
      self.name = name
      self.weight = weight
      self.typeID = typeID
      self.parent = parent
    }
  }

  /// Demand of one move at closing.
  public struct SeenMove: Hashable, Sendable {
    /// Database id of the move; nil for a remainder, whose moves do not exist yet.
    public var moveID: Int?
    /// Database id of the product.
    public var productID: Int
    /// How much was asked for.
    public var demand: Quantity

    /// How many of the product's own unit make one of the move's.
    public var factor: Quantity
    /// The step of the move's unit to which Odoo rounds.
    public var rounding: Quantity

    /// Demand of a product.
    public init(
      moveID: Int?,
      productID: Int,
      demand: Quantity,
      factor: Quantity = .one,
      rounding: Quantity = Move.usualRounding
    ) {
      self.moveID = moveID
      self.productID = productID
      self.demand = demand
      self.factor = factor
      self.rounding = rounding
    }
  }

  /// A confirmation with all its parts.
  public init(
    uuid: String,
    target: Target,
    transferName: String,
    warehouse: Int,
    chain: String,
    step: Transfer.Step,
    operation: String? = nil,
    scheduled: Int64? = nil,
    lines: [Line],
    packages: [Package] = [],
    tracking: String? = nil,
    rest: Rest = .backorder,
    seen: [SeenMove],
    overrides: [Override] = [],
    edition: Edition? = nil
  ) {
    self.uuid = uuid
    self.target = target
    self.transferName = transferName
    self.warehouse = warehouse
    self.chain = chain
    self.step = step
    self.operation = operation
    self.scheduled = scheduled
    self.lines = lines
    self.packages = packages
    self.tracking = tracking
    self.rest = rest
    self.seen = seen
    self.overrides = overrides
    self.edition = edition
  }
}
