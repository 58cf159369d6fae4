internal import Floor
public import JSON
public import Odoo

/// What Odoo and the floor say about an exception, as the journal keeps it.
public struct ExceptionDetail: Hashable, Sendable {
  /// What Odoo says, as text.
  public var odoo: String
  /// What the floor says, as text.
  public var floor: String
  /// Both line by line; nil where there are no lines.
  public var versions: ApplyException.Versions?

  /// Both sides.
  public init(odoo: String, floor: String, versions: ApplyException.Versions? = nil) {
    self.odoo = odoo
    self.floor = floor
    self.versions = versions
  }

  /// What an apply plan or a search says.
  public init(_ exception: ApplyException) {
    self.init(odoo: exception.odoo, floor: exception.floor, versions: exception.versions)
  }

  /// One JSON object: `odoo` and `floor` as text; where there are lines, `basis` and `lines`.
  public var json: JSON {
    var object: JSONObject = ["odoo": .string(odoo), "floor": .string(floor)]
    if let versions {
      object["basis"] = .string(versions.basis.rawValue)
      object["lines"] = .array(versions.lines.map(\.json))
    }
    return .object(object)
  }

  /// Reads what `json` gives; what an older version has written has no lines.
  public init?(json: JSON) {
    guard let odoo = json["odoo"]?.string, let floor = json["floor"]?.string else { return nil }
    var versions: ApplyException.Versions?
    if let basis = json["basis"]?.string.flatMap(ApplyException.Basis.init(rawValue:)) {
      let lines = (json["lines"]?.array ?? []).compactMap(ApplyException.Line.init(json:))
      versions = .init(basis: basis, lines: lines)
    }
    self.init(odoo: odoo, floor: floor, versions: versions)
  }
}

extension ApplyException.Line {
  /// The line as one JSON object; absent parts are left out.
  public var json: JSON {
    var object: JSONObject = ["product": .int(productID)]
    if let product { object["name"] = .string(product) }
    if let lot { object["lot"] = .string(lot) }
    if let package { object["package"] = .string(package) }
    if let odoo { object["odoo"] = odoo.json }
    if let floor { object["floor"] = floor.json }
    return .object(object)
  }

  /// A line from its own JSON; nil without a product.
  public init?(json: JSON) {
    guard let product = json["product"]?.int else { return nil }
    self.init(
      productID: product,
      product: json["name"]?.string,
      lot: json["lot"]?.string,
      package: json["package"]?.string,
      odoo: json["odoo"].flatMap { Quantity($0) },
      floor: json["floor"].flatMap { Quantity($0) }
    )
  }
}
