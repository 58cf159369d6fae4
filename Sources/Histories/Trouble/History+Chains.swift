internal import JSON
internal import OdooSimulator

/// People divide transfers and put them together.
extension History {
  /// Puts one move of a transfer on a transfer of its own.
  func split(_ id: Int) throws -> Bool {
    let moves = try moves(of: id)
    guard moves.count > 1, let moved = moves.last else { return false }
    let row = try odoo.admin.rows(
      "stock.picking",
      [["id", "=", .int(id)]],
      ["picking_type_id", "location_id", "location_dest_id", "origin", "sale_id"]
    ).first
    var values: JSONObject = [:]
    for field in ["picking_type_id", "location_id", "location_dest_id", "sale_id"] {
      if let reference = row?[field]?.reference { values[field] = .int(reference) }
    }
    values["origin"] = row?["origin"]
    guard let new = try odoo.admin.call("stock.picking", "create", .object(values))?.int else {
      return false
    }
    try put(moved, on: new)
    return true
  }

  /// Puts the moves of another open transfer of the same kind on this one.
  func merge(_ id: Int) throws -> Bool {
    guard
      let type = try odoo.admin.rows(
        "stock.picking",
        [["id", "=", .int(id)]],
        ["picking_type_id"]
      ).first?["picking_type_id"]?.reference,
      let other = try odoo.admin.rows(
        "stock.picking",
        [
          ["picking_type_id", "=", .int(type)], ["id", "!=", .int(id)],
          ["state", "not in", ["done", "cancel"]],
        ],
        []
      ).first?["id"]?.int
    else { return false }
    let moves = try moves(of: other)
    guard !moves.isEmpty else { return false }
    for move in moves { try put(move, on: id) }
    mergedFrom.insert(other)
    return true
  }

  private func moves(of id: Int) throws -> [Int] {
    try odoo.admin.rows(
      "stock.move",
      [["picking_id", "=", .int(id)], ["state", "not in", ["done", "cancel"]]],
      []
    ).compactMap { $0["id"]?.int }
  }

  private func put(_ move: Int, on transfer: Int) throws {
    _ = try odoo.admin.call(
      "stock.move",
      "write",
      [.int(move)],
      ["picking_id": .int(transfer)]
    )
    for line in try odoo.admin.rows("stock.move.line", [["move_id", "=", .int(move)]], []) {
      _ = try odoo.admin.call(
        "stock.move.line",
        "write",
        [line["id"] ?? .null],
        ["picking_id": .int(transfer)]
      )
    }
    _ = try odoo.admin.person(["do": "assign", "transfer": .int(transfer)])
  }
}
