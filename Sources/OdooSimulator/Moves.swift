internal import JSON

/// Moves and transfers: their states follow from the lines.
extension Database {
  @discardableResult
  func addMove(_ values: [String: Value]) -> Int {
    let product = values["product_id"]?.ref
    let defaults: [String: Value] = [
      "name": .text(product.map { displayName("product.product", $0) } ?? ""),
      "product_uom": product.flatMap { store.get("product.product", $0) }?["uom_id"] ?? .ref(1),
      "product_uom_qty": .number(0), "quantity": .number(0),
      "picked": .bool(false), "state": .text("draft"), "company_id": .ref(company(of: values)),
      "sequence": .int(10), "procure_method": .text("make_to_stock"),
      "propagate_cancel": .bool(true),
      "date": .moment(now), "priority": .text("0"),
    ]
    var all = values.merging(defaults) { given, _ in given }
    all["_ratio"] = .number(ratio(of: all["product_uom"]?.ref, product: product))
    if version >= .v19 { all["name"] = nil }
    if let transfer = values["picking_id"]?.ref {
      all["picking_type_id"] = store.get("stock.picking", transfer)?["picking_type_id"] ?? .empty
    }
    return add("stock.move", all)
  }

  func finishNewMove(_ id: Int) {
    guard let move = store.get("stock.move", id), let transfer = move.ref("picking_id") else {
      return
    }
    set(
      "stock.move",
      id,
      [
        "origin": store.get("stock.picking", transfer)?["origin"] ?? .empty,
        "_ratio": .number(ratio(of: move.ref("product_uom"), product: move.ref("product_id"))),
      ]
    )
    touch("stock.picking", transfer)
    refreshTransfer(transfer)
  }

  func writeMove(_ id: Int, _ values: [String: Value]) throws {
    // Since 11, and whether or not it is another unit; the nested write of the agent leans on it.
    if values["product_uom"] != nil, try row("stock.move", id).text("state") == "done" {
      throw OdooError.user(
        "You cannot change the UoM for a stock move that has been set to 'Done'."
      )
    }
    var plain = values
    let quantity = plain.removeValue(forKey: "quantity")
    let picked = plain.removeValue(forKey: "picked")
    set("stock.move", id, plain)
    if plain["product_uom_qty"] != nil {
      touch("stock.picking", try row("stock.move", id).ref("picking_id"))
    }
    if let quantity { try setQuantity(of: id, to: quantity.double) }
    if let picked {
      for line in rows("stock.move.line", where: "move_id", is: id) {
        set("stock.move.line", line.id, ["picked": picked])
      }
      set("stock.move", id, ["picked": picked])
    }
    refreshMove(id)
  }

  /// A quantity written on the move is spread over its lines.
  func setQuantity(of id: Int, to wanted: Double) throws {
    let move = try row("stock.move", id)
    let lines = rows("stock.move.line", where: "move_id", is: id)
    var difference = (wanted - move.double("quantity")).rounded2
    if difference < 0 {
      for line in lines.reversed() where difference < 0 {
        let taken = min(line.double("quantity"), -difference)
        difference = (difference + taken).rounded2
        let rest = (line.double("quantity") - taken).rounded2
        if rest == 0 && move.text("state") != "done" {
          try removeLine(line.id)
        } else {
          try writeLine(line.id, ["quantity": .number(rest)])
        }
      }
    } else if difference > 0 {
      if move.text("state") != "done" { difference -= reserve(move, upTo: difference) }
      guard difference > 0 else { return }
      let now = rows("stock.move.line", where: "move_id", is: id)
      if let last = now.last, tracking(move.ref("product_id")) != "serial" {
        let sum = (last.double("quantity") + difference).rounded2
        try writeLine(last.id, ["quantity": .number(sum)])
      } else {
        _ = try createLine(["move_id": .ref(id), "quantity": .number(difference.rounded2)])
      }
    }
  }

  /// Brings quantity, picked and state of a move in line with its lines, then its transfer.
  func refreshMove(_ id: Int?, touchTransfer: Bool = true) {
    guard let id, let move = store.get("stock.move", id) else { return }
    let lines = rows("stock.move.line", where: "move_id", is: id)
    let quantity = inUnit(of: move, lines)
    var values: [String: Value] = ["quantity": .number(quantity)]
    if !lines.isEmpty { values["picked"] = .bool(lines.contains { $0.flag("picked") }) }
    let state = move.text("state")
    if !["draft", "done", "cancel"].contains(state) {
      values["state"] = .text(openState(move, quantity))
    }
    if values.contains(where: { move[$0.key] != $0.value }) {
      set("stock.move", id, touch: true, values)
    }
    let new = values["state"] ?? move["state"]
    for line in lines where line["state"] != new {
      set("stock.move.line", line.id, touch: false, ["state": new])
    }
    if let transfer = move.ref("picking_id") { refreshTransfer(transfer, touch: touchTransfer) }
  }

  /// The quantities of lines in the unit of their move.
  func inUnit(of move: Record, _ lines: [Record]) -> Double {
    lines.reduce(0) { $0 + $1.double("quantity") * $1.ratio / move.ratio }.rounded2
  }

  private func openState(_ move: Record, _ quantity: Double) -> String {
    let demand = move.double("product_uom_qty")
    if quantity >= demand && (quantity > 0 || demand == 0) { return "assigned" }
    if quantity > 0 { return "partially_available" }
    let open = move.refs("move_orig_ids").contains { id in
      !["done", "cancel"].contains(store.get("stock.move", id)?.text("state") ?? "cancel")
    }
    return open ? "waiting" : "confirmed"
  }

  /// The state of a transfer follows from its moves.
  func refreshTransfer(_ id: Int, touch: Bool = true) {
    guard let transfer = store.get("stock.picking", id) else { return }
    let moves = rows("stock.move", where: "picking_id", is: id)
    let state = transferState(moves)
    guard transfer.text("state") != state else { return }
    set("stock.picking", id, touch: touch, ["state": .text(state)])
  }

  private func transferState(_ moves: [Record]) -> String {
    let states = moves.map { $0.text("state") }
    if states.isEmpty || states.contains("draft") { return "draft" }
    if states.allSatisfy({ $0 == "cancel" }) { return "cancel" }
    if states.allSatisfy({ $0 == "cancel" || $0 == "done" }) { return "done" }
    if states.contains("assigned") || states.contains("partially_available") { return "assigned" }
    return states.contains("waiting") ? "waiting" : "confirmed"
  }

  func writeTransfer(_ id: Int, _ values: [String: Value]) {
    guard !values.isEmpty else {
      touch("stock.picking", id)
      return
    }
    set("stock.picking", id, values)
  }

  func createTransfer(_ values: [String: Value]) throws -> Int {
    guard let type = values["picking_type_id"]?.ref.flatMap({ store.get("stock.picking.type", $0) })
    else {
      throw OdooError.validation(
        "The operation cannot be completed: Missing required value for the field "
          + "'Operation Type' (picking_type_id)."
      )
    }
    var all: [String: Value] = [
      "name": .text(transferName(type)), "state": .text("draft"), "move_type": .text("direct"),
      "priority": .text("0"), "company_id": type["company_id"], "is_locked": .bool(true),
      "location_id": type["default_location_src_id"],
      "location_dest_id": type["default_location_dest_id"],
      "scheduled_date": .moment(now), "date": .moment(now),
    ]
    if version >= .v19 { all["date"] = nil }
    all.merge(values) { $1 }
    if all["location_id"]?.ref == nil {
      all["location_id"] = .ref(location(usage: "supplier"))
    }
    if all["location_dest_id"]?.ref == nil {
      all["location_dest_id"] = .ref(location(usage: "customer"))
    }
    return add("stock.picking", all)
  }

  func transferName(_ type: Record) -> String {
    let code = type.ref("warehouse_id").flatMap { store.get("stock.warehouse", $0) }?.text("code")
    return next("\(code ?? "WH")/\(type.text("sequence_code"))/", digits: 5)
  }

  func location(usage: String) -> Int? {
    store.ids("stock.location").first { self.usage($0) == usage }
  }
}
