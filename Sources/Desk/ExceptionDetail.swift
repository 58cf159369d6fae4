public import Floor
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
  /// Database id of the transfer in Odoo, where it is known.
  public var transferID: Int?
  /// True if a call to Odoo without an answer could still be carried out when this was written.
  public var isUnsettled = false

  /// Both sides.
  public init(odoo: String, floor: String, versions: ApplyException.Versions? = nil) {
    self.odoo = odoo
    self.floor = floor
    self.versions = versions
  }

  /// What an apply plan or a search says.
  public init(_ exception: ApplyException) {
    self.init(odoo: exception.odoo, floor: exception.floor, versions: exception.versions)
    transferID = exception.transferID
    isUnsettled = exception.isUnsettled
  }

  /// How a transfer stands that somebody accepts, beside what was counted.
  public init(accepted state: String, _ versions: ApplyException.Versions) {
    func text(_ quantity: KeyPath<ApplyException.Line, Quantity?>) -> String {
      let lines = versions.lines.compactMap { line in
        line[keyPath: quantity].map { Self.text($0, line.productID, line.lot, line.package) }
      }
      return lines.isEmpty ? "nothing" : lines.joined(separator: "; ")
    }
    let odoo = versions.basis == .done ? text(\.odoo) : state
    self.init(odoo: odoo, floor: text(\.floor), versions: versions)
  }

  /// Counted lines as text.
  public static func text(_ lines: [Confirmation.Line]) -> String {
    lines.map { text($0.quantity, $0.productID, $0.lot, $0.package) }.joined(separator: "; ")
  }

  private static func text(
    _ quantity: Quantity,
    _ product: Int,
    _ lot: String?,
    _ package: String?
  ) -> String {
    "\(quantity) × product \(product)" + (lot.map { ", lot \($0)" } ?? "")
      + (package.map { ", in \($0)" } ?? "")
  }

  /// One JSON object: `odoo` and `floor` as text; where there are lines, `basis` and `lines`.
  public var json: JSON {
    var object: JSONObject = ["odoo": .string(odoo), "floor": .string(floor)]
    if let versions {
      object["basis"] = .string(versions.basis.rawValue)
      object["lines"] = .array(versions.lines.map(\.json))
    }
    if let transferID { object["transfer_id"] = .int(transferID) }
    if isUnsettled { object["unsettled"] = true }
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
    transferID = json["transfer_id"]?.int
    isUnsettled = json["unsettled"]?.bool ?? false
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
