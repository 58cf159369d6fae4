internal import JSON
internal import Odoo

/// Tables of records with write dates, and as much of `search_read` as a refresh needs.
struct FakeOdoo {
  var major: Int
  /// The server's clock, in seconds since `epoch`.
  var clock: Int64 = 1000
  var tables: [String: [Int: [String: JSON]]] = [:]
  var nextID = 1
  /// Calls that were answered.
  var calls: [OdooCall] = []
  /// Rows that were given.
  var rowsGiven = 0
  /// Models that Odoo refuses to give.
  var refused: Set<String> = []

  init(major: Int) {
    self.major = major
    put(
      "stock.warehouse",
      7,
      ["pick_type_id": 13, "pack_type_id": 14, "name": "W"]
    )
    for (id, code, sequence) in [
      (11, "incoming", "IN"), (12, "outgoing", "OUT"), (13, "internal", "A"),
      (14, "internal", "B"), (15, "internal", "INT"), (16, "internal", "PICK"),
      (17, "repair_operation", "RO"),
    ] {
      put(
        "stock.picking.type",
        id,
        [
          "name": .string(sequence), "code": .string(code), "sequence_code": .string(sequence),
          "barcode": .string("TM-\(sequence)"), "warehouse_id": 7, "active": true,
        ]
      )
    }
    for (id, name, size) in [(1, "Units", "1.0"), (2, "Dozens", "12.0")] {
      put(
        "uom.uom",
        id,
        ["name": .string(name), (major >= 19 ? "factor" : "factor_inv"): .number(size)]
      )
    }
  }

  var packageModel: String { major >= 19 ? "stock.package" : "stock.quant.package" }

  /// A text of the day of the tests for a second of the clock.
  static func date(_ second: Int64) -> String {
    func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "2026-11-2\(second / 86_400) "
      + "\(two(second / 3600 % 24)):\(two(second / 60 % 60)):\(two(second % 60))"
  }

  /// Writes a record, now or with the date of a transaction that began earlier.
  mutating func put(_ model: String, _ id: Int, _ values: [String: JSON], at: Int64? = nil) {
    var record = tables[model]?[id] ?? ["id": .int(id)]
    for (name, value) in values { record[name] = value }
    record["write_date"] = .string(Self.date(at ?? clock))
    tables[model, default: [:]][id] = record
  }

  mutating func make(_ model: String, _ values: [String: JSON]) -> Int {
    nextID += 1
    put(model, nextID, values)
    return nextID
  }

  mutating func answer(_ call: OdooCall) -> Result<JSON, OdooFailure> {
    calls.append(call)
    if refused.contains(call.model) {
      return .failure(OdooFailure(kind: .forbidden, name: "AccessError", message: "no"))
    }
    let domain = call.arguments["domain"]?.array ?? []
    var records = (tables[call.model] ?? [:]).values.filter { record in
      if call.context["active_test"] != false, record["active"] == false { return false }
      return domain.allSatisfy { matches(record, $0) }
    }
    if call.arguments["order"] == "write_date desc" {
      records.sort { ($0["write_date"]?.string ?? "") > ($1["write_date"]?.string ?? "") }
    } else {
      records.sort { ($0["id"]?.int ?? 0) < ($1["id"]?.int ?? 0) }
    }
    if let limit = call.arguments["limit"]?.int { records = Array(records.prefix(limit)) }
    rowsGiven += records.count
    if call.method == "search" { return .success(.array(records.map { $0["id"] ?? .null })) }
    let fields = (call.arguments["fields"]?.array ?? []).compactMap(\.string)
    return .success(
      .array(
        records.map { record in
          var row: JSONObject = ["id": record["id"] ?? .null]
          for field in fields { row[field] = record[field] ?? false }
          return .object(row)
        }
      )
    )
  }

  private func matches(_ record: [String: JSON], _ term: JSON) -> Bool {
    guard let field = term[0]?.string, let value = term[2] else { return false }
    let found = record[field] ?? false
    switch term[1]?.string {
    case "=": return found == value
    case "!=": return found != value
    case "in": return value.array?.contains(found) ?? false
    case "not in": return !(value.array?.contains(found) ?? false)
    case ">": return (found.int ?? 0) > (value.int ?? 0)
    case ">=": return (found.string ?? "") >= (value.string ?? "")
    default: return false
    }
  }
}

extension FakeOdoo {
  /// Makes an open transfer with moves of one line each.
  mutating func order(
    type: Int = 12,
    moves: Int = 1,
    _ values: [String: JSON] = [:]
  ) -> Int {
    var all: [String: JSON] = [
      "name": .string("T\(nextID + 1)"), "state": "assigned", "picking_type_id": .int(type),
      "location_id": 8, "location_dest_id": 5, "scheduled_date": "2026-11-24 06:00:00",
    ]
    for (name, value) in values { all[name] = value }
    let picking = make("stock.picking", all)
    for _ in 0..<moves { _ = addMove(picking) }
    return picking
  }

  mutating func addMove(_ picking: Int) -> Int {
    let move = make(
      "stock.move",
      [
        "picking_id": .int(picking), "product_id": 44, "product_uom": 1,
        "product_uom_qty": .number("5.0"), "state": "assigned",
      ]
    )
    _ = addLine(picking, move)
    return move
  }

  mutating func addLine(_ picking: Int, _ move: Int) -> Int {
    make(
      "stock.move.line",
      [
        "picking_id": .int(picking), "move_id": .int(move), "product_uom_id": 1,
        "quantity": .number("5.0"), "picked": false, "location_id": 8, "location_dest_id": 5,
        "state": "assigned",
      ]
    )
  }

  func ids(_ model: String, of picking: Int) -> [Int] {
    (tables[model] ?? [:]).filter { $0.value["picking_id"] == .int(picking) }.keys.sorted()
  }

  /// Ends a transfer as a validation or a cancellation does.
  mutating func close(_ picking: Int, _ state: String) {
    put("stock.picking", picking, ["state": .string(state)])
    for id in ids("stock.move", of: picking) { put("stock.move", id, ["state": .string(state)]) }
    for id in ids("stock.move.line", of: picking) {
      if state == "cancel" {
        tables["stock.move.line"]?[id] = nil
      } else {
        put("stock.move.line", id, ["state": .string(state)])
      }
    }
  }

  mutating func delete(_ picking: Int) {
    for model in ["stock.move", "stock.move.line"] {
      for id in ids(model, of: picking) { tables[model]?[id] = nil }
    }
    tables["stock.picking"]?[picking] = nil
  }

  /// Open transfers as text, one line each, to be compared with the mirror's.
  func openText() -> [String] {
    (tables["stock.picking"] ?? [:]).values
      .filter { !["done", "cancel"].contains($0["state"]?.string) }
      .map { picking in
        let id = picking["id"]?.int ?? 0
        let moves = ids("stock.move", of: id).map { move -> String in
          let record = tables["stock.move"]?[move]
          let lines = ids("stock.move.line", of: id)
            .filter { tables["stock.move.line"]?[$0]?["move_id"] == .int(move) }
            .map { line in
              "\(line)=\(tables["stock.move.line"]?[line]?["quantity"]?.int ?? -1)"
            }
          return "\(move):\(record?["product_uom_qty"]?.int ?? -1)\(lines)"
        }
        return "\(id) \(picking["state"]?.string ?? "") \(moves)"
      }
      .sorted()
  }
}
