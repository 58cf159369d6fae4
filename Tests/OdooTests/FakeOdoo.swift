import Floor
import JSON
import Odoo

/// A few of Odoo's records and methods, as far as an apply plan can see them.
final class FakeOdoo {
  struct Picking {
    var id: Int
    var name: String
    var state = "assigned"
    var tracking: String?
    var backorders: [Int] = []
    var validations = 0
  }

  struct Move {
    var id: Int
    var pickingID: Int
    var productID: Int
    var demand: Quantity
    var state = "assigned"
    var next: [Int] = []
    var unit = 1
  }

  struct Line {
    var id: Int
    var pickingID: Int
    var moveID: Int
    var productID: Int
    var quantity: Quantity
    var picked = false
    var lotID: Int?
    var lotName: String?
    var packageID: Int?
    var resultPackageID: Int?
    var state = "assigned"
    var unit = 1
  }

  struct Named {
    var id: Int
    var name: String
    var productID: Int?
    var locationID: Int?
    var weight = Quantity.zero
  }

  /// What stock moved under; the sum of all that was done or changed afterwards.
  struct Key: Hashable, CustomStringConvertible {
    var product: Int
    var lot: String?
    var package: String?
    var description: String { "\(product)/\(lot ?? "-")/\(package ?? "-")" }
  }

  let version: OdooVersion
  var pickings: [Picking] = []
  var moves: [Move] = []
  var lines: [Line] = []
  var lots: [Named] = []
  var packages: [Named] = []
  var externalIDs: [String: Int] = [:]
  var moved: [Key: Quantity] = [:]
  var isReceipt = false
  /// The answer of `button_validate` instead of `true`.
  var validationAnswer: JSON = true
  /// A wizard that keeps `button_validate` from doing anything.
  var wizard: JSON?
  private var nextID = 5000

  init(version: OdooVersion) { self.version = version }

  func newID() -> Int {
    nextID += 1
    return nextID
  }

  func call(_ call: OdooCall) -> Result<JSON, OdooFailure> {
    let before = (pickings, moves, lines, lots, packages, externalIDs, moved)
    let result = perform(call)
    if case .failure = result {
      (pickings, moves, lines, lots, packages, externalIDs, moved) = before
    }
    return result
  }

  private func perform(_ call: OdooCall) -> Result<JSON, OdooFailure> {
    switch (call.model, call.method) {
    case (_, "search_read"): searchRead(call)
    case (_, "web_search_read"): webSearchRead(call)
    case ("stock.picking", "write"): writePicking(call)
    case ("stock.picking", "button_validate"): validate(call)
    case ("stock.quant.package", "write"), ("stock.package", "write"): writePackage(call)
    case (_, "load"): load(call)
    case (_, "create"): create(call)
    default: fail(.contract, "builtins.AttributeError", call.method)
    }
  }

  func fail(
    _ kind: OdooFailure.Kind,
    _ name: String,
    _ message: String
  ) -> Result<JSON, OdooFailure> {
    .failure(OdooFailure(kind: kind, name: name, message: message))
  }

  // MARK: Reading

  private func searchRead(_ call: OdooCall) -> Result<JSON, OdooFailure> {
    guard let rows = rows(call.model) else {
      return fail(.refused, "odoo.exceptions.UserError", "Object \(call.model) doesn't exist")
    }
    let domain = call.arguments["domain"]?.array ?? []
    let names = (call.arguments["fields"]?.array ?? []).compactMap(\.string)
    var out: [JSON] = []
    for row in rows {
      let matches = domain.allSatisfy { leaf in
        let value = row[leaf[0]?.string ?? ""] ?? .null
        return leaf[1] == "in"
          ? leaf[2]?.array?.contains(value) ?? false : leaf[2] == value
      }
      guard matches else { continue }
      var picked: JSONObject = ["id": row["id"] ?? .null]
      for name in names {
        guard let value = row[name] else {
          return fail(.contract, "builtins.ValueError", "Invalid field '\(name)'")
        }
        picked[name] = value
      }
      out.append(.object(picked))
    }
    return .success(.array(out))
  }

  private func webSearchRead(_ call: OdooCall) -> Result<JSON, OdooFailure> {
    let specification = call.arguments["specification"] ?? [:]
    var plain = call
    plain.arguments["fields"] = .array(
      (specification.object?.members ?? []).map { .string($0.name) }
    )
    return searchRead(plain).map { found in
      let records = (found.array ?? []).map { nest($0, call.model, specification) }
      return ["length": .int(records.count), "records": .array(records)]
    }
  }

  /// Puts records in the place of ids where the specification asks for their fields.
  private func nest(_ record: JSON, _ model: String, _ specification: JSON) -> JSON {
    var object = record.object ?? [:]
    for member in specification.object?.members ?? [] {
      guard let inner = member.value["fields"], let related = relation(member.name) else {
        continue
      }
      let all = rows(related) ?? []
      func find(_ id: JSON) -> JSON? {
        guard let row = all.first(where: { $0["id"] == id }) else { return nil }
        var picked: JSONObject = ["id": id]
        for name in inner.object?.members.map(\.name) ?? [] { picked[name] = row[name] ?? .null }
        return nest(.object(picked), related, inner)
      }
      let value = object[member.name] ?? .null
      if let ids = value.array {
        object[member.name] = .array(ids.compactMap(find))
      } else if value.int != nil {
        object[member.name] = find(value) ?? false
      }
    }
    return .object(object)
  }

  private func relation(_ field: String) -> String? {
    switch field {
    case "move_ids": "stock.move"
    case "move_line_ids": "stock.move.line"
    case "backorder_ids": "stock.picking"
    case "lot_id": "stock.lot"
    case "package_id", "result_package_id": packageModel
    case "product_uom", "product_uom_id": "uom.uom"
    default: nil
    }
  }

  private func rows(_ model: String) -> [JSON]? {
    switch model {
    case "stock.picking": pickings.map(row)
    case "stock.move": moves.map(row)
    case "stock.move.line": lines.map(row)
    case "stock.lot":
      lots.map {
        [
          "id": .int($0.id), "name": .string($0.name), "product_id": .int($0.productID),
          "company_id": 1,
        ]
      }
    case packageModel:
      packages.map {
        [
          "id": .int($0.id), "name": .string($0.name), "location_id": id($0.locationID),
          "shipping_weight": $0.weight.json,
        ]
      }
    case "uom.uom":
      [
        ["id": 1, "factor": 1, "factor_inv": 1, "rounding": .number("0.01")],
        ["id": 2, "factor": 12, "factor_inv": 12, "rounding": .number("0.01")],
      ]
    case "product.product":
      (1...9).map { ["id": .int($0), "display_name": .string("Item \($0)")] }
    default: nil
    }
  }

  private var packageModel: String {
    version.major >= 19 ? "stock.package" : "stock.quant.package"
  }

  private func id(_ value: Int?) -> JSON { value.map { .int($0) } ?? false }

  private func row(_ picking: Picking) -> JSON {
    [
      "id": .int(picking.id), "name": .string(picking.name), "state": .string(picking.state),
      "company_id": 1, "location_id": 8, "location_dest_id": 9,
      "backorder_ids": .array(picking.backorders.map { .int($0) }),
      "carrier_tracking_ref": picking.tracking.map { .string($0) } ?? false,
      "move_ids": .array(moves.filter { $0.pickingID == picking.id }.map { .int($0.id) }),
      "move_line_ids": .array(lines.filter { $0.pickingID == picking.id }.map { .int($0.id) }),
    ]
  }

  private func row(_ move: Move) -> JSON {
    [
      "id": .int(move.id), "picking_id": .int(move.pickingID),
      "product_id": .int(move.productID), "product_uom_qty": move.demand.json,
      "product_uom": .int(move.unit),
      "state": .string(move.state), "location_id": 8, "location_dest_id": 9,
      "move_dest_ids": .array(move.next.map { .int($0) }),
    ]
  }

  private func row(_ line: Line) -> JSON {
    [
      "id": .int(line.id), "picking_id": .int(line.pickingID), "move_id": .int(line.moveID),
      "product_id": .int(line.productID), "quantity": line.quantity.json,
      "product_uom_id": .int(line.unit),
      "picked": .bool(line.picked), "lot_id": id(line.lotID),
      "lot_name": line.lotName.map { .string($0) } ?? false, "package_id": id(line.packageID),
      "result_package_id": id(line.resultPackageID), "location_id": 81, "location_dest_id": 9,
      "state": .string(line.state),
    ]
  }
}
