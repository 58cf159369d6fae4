public import JSON

/// Which fields the models of a server have, and what they are called in its version.
///
/// A field that Odoo does not know is a ValueError for the whole read, so nothing is asked for
/// that is not listed here.
public struct OdooFields: Hashable, Sendable {
  /// The server's version.
  public let version: OdooVersion
  /// Field names by model, as `fields_get` told them; models not in it are taken as complete.
  private var known: [String: Set<String>] = [:]

  /// The fields that every database of `version` with the usual modules has.
  public init(version: OdooVersion) {
    self.version = version
  }

  /// The model of packages: renamed in 19.
  public var packageModel: String {
    version.major >= 19 ? "stock.package" : "stock.quant.package"
  }

  /// Fields without which transfers cannot be applied, by model.
  public var required: [(model: String, fields: [String])] {
    [
      (
        "stock.picking",
        [
          "name", "state", "company_id", "backorder_ids", "move_ids", "move_line_ids",
        ]
      ),
      (
        "stock.move",
        [
          "picking_id", "product_id", "product_uom_qty", "product_uom", "state", "location_id",
          "location_dest_id", "move_dest_ids",
        ]
      ),
      (
        "stock.move.line",
        [
          "picking_id", "move_id", "product_id", "product_uom_id", "quantity", "picked", "lot_id",
          "lot_name", "package_id", "result_package_id", "location_id", "location_dest_id", "state",
        ]
      ),
      ("stock.lot", ["name", "product_id", "company_id"]),
      (packageModel, ["name", "location_id"]),
    ]
  }

  /// Fields that come with a module or a version: tracking and weights need `stock_delivery` (17:
  /// `delivery`), expiration dates `product_expiry`, containers of packages 19.
  public var optional: [(model: String, fields: [String])] {
    [
      ("stock.picking", ["carrier_tracking_ref"]),
      (
        packageModel,
        ["shipping_weight", "package_type_id"]
          + (version.major >= 19 ? ["parent_package_id", "package_dest_id"] : [])
      ),
      ("stock.move.line", ["expiration_date"]),
    ]
  }

  /// Models of which more is read where they are there: not each database has them whole, and not
  /// each user may read them.
  public var extra: [String] {
    ["stock.warehouse", "stock.package.type", "uom.uom"]
  }

  /// The call that asks for the fields of a model.
  public static func fieldsGet(_ model: String) -> OdooCall {
    OdooCall(model, "fields_get", arguments: ["attributes": ["type"]], writes: false)
  }

  /// Takes the answer of `fieldsGet` for a model.
  public mutating func learn(_ model: String, _ answer: JSON) {
    known[model] = Set((answer.object?.members ?? []).map(\.name))
  }

  /// Takes all that a schema knows.
  public mutating func learn(_ schema: OdooSchema) {
    for (model, fields) in schema.models { known[model] = Set(fields.keys) }
  }

  /// True if both know the same fields of every model that both know.
  public func agrees(with other: OdooFields) -> Bool {
    known.allSatisfy { model, fields in other.known[model].map { $0 == fields } ?? true }
  }

  /// Notes that a model is not there, or not for this user.
  public mutating func learnAbsence(of model: String) { known[model] = [] }

  /// Names of the fields of all models that were asked for.
  public var names: [String: Set<String>] { known }

  /// Names of a model's fields; nil if nobody has asked.
  public func names(of model: String) -> Set<String>? { known[model] }

  /// Fields that are asked for only where the server said that they are there.
  private static let unlikely: Set<String> = [
    "package_type_id", "parent_package_id", "package_dest_id", "expiration_date",
  ]

  /// True if a model has a field.
  public func has(_ field: String, on model: String) -> Bool {
    known[model]?.contains(field) ?? !Self.unlikely.contains(field)
  }

  /// Required fields that are not there, as `model.field`.
  public var missing: [String] {
    required.flatMap { model, fields in
      fields.filter { !has($0, on: model) }.map { "\(model).\($0)" }
    }
  }

  /// The fields to read of a model: those required and those optional ones that it has.
  func readable(_ model: String) -> [String] {
    let own = required.filter { $0.model == model }.flatMap(\.fields)
    let extra = optional.filter { $0.model == model }.flatMap(\.fields)
    return own + extra.filter { has($0, on: model) }
  }
}

extension OdooFields {
  /// True if tracking references can be written.
  var hasTracking: Bool { has("carrier_tracking_ref", on: "stock.picking") }
  /// True if packages have a weight of their own.
  var hasPackageWeight: Bool { has("shipping_weight", on: packageModel) }
  /// True if packages have a type.
  var hasPackageType: Bool { has("package_type_id", on: packageModel) }
  /// True if packages can be put into packages.
  var hasContainers: Bool { version.major >= 19 && has("package_dest_id", on: packageModel) }
  /// True if lots that a line makes get its expiration date.
  var hasExpiry: Bool { has("expiration_date", on: "stock.move.line") }
}
