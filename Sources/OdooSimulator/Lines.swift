internal import JSON

/// Move lines: what is reserved, and at the same time what has been done.
extension Database {
  func writeLine(_ id: Int, _ values: [String: Value]) throws {
    let before = try row("stock.move.line", id)
    var after = before
    after.values.merge(values) { $1 }
    if values["product_uom_id"] != nil {
      let unit = after.ref("product_uom_id")
      after["_ratio"] = .number(ratio(of: unit, product: after.ref("product_id")))
    }
    try checkLot(after)
    let moved =
      before.text("state") == "done" && Self.movesStock.contains { before[$0] != after[$0] }
    if moved {
      try refuseAccounting()
      try moveStock(before, sign: -1)
      store.put("stock.move.line", after)
      try moveStock(after, sign: 1)
      countDoneEdit(after)
    } else {
      store.put("stock.move.line", after)
    }
    touch("stock.move.line", id)
    let quiet = Set(values.keys).isSubset(of: ["lot_id", "lot_name", "result_package_id"])
    if !quiet { touch("stock.move", after.ref("move_id")) }
    let onlyPicked = Set(values.keys).isSubset(of: ["picked"])
    if version.linesTouchTransfers, !onlyPicked { touch("stock.picking", after.ref("picking_id")) }
    if before["quantity"] != after["quantity"]
      || before["result_package_id"] != after["result_package_id"]
    {
      reweigh(after.ref("picking_id"))
    }
    refreshMove(after.ref("move_id"), touchTransfer: version.linesTouchTransfers)
    if moved { try checkSerials([after]) }
  }

  private static let movesStock = [
    "quantity", "lot_id", "package_id", "result_package_id", "location_id", "location_dest_id",
  ]

  func createLine(_ values: [String: Value]) throws -> Int {
    var values = values
    let transfer = values["picking_id"]?.ref.flatMap { store.get("stock.picking", $0) }
    var move = values["move_id"]?.ref.flatMap { store.get("stock.move", $0) }
    if move == nil, let transfer, let product = values["product_id"]?.ref {
      let id = try linkableMove(transfer, product, values)
      move = store.get("stock.move", id)
    }
    values["move_id"] = .ref(move?.id)
    values["picking_id"] = .ref(transfer?.id ?? move?.ref("picking_id"))
    for name in ["product_id", "location_id", "location_dest_id"] where values[name] == nil {
      values[name] = move?[name] ?? transfer?[name] ?? .empty
    }
    for name in ["product_id", "location_id", "location_dest_id"] where values[name]?.ref == nil {
      throw OdooError.validation(
        "The operation cannot be completed: Missing required value for the field '\(name)'"
      )
    }
    let product = values["product_id"]?.ref
    let own = product.flatMap { store.get("product.product", $0) }?["uom_id"] ?? .ref(1)
    let defaults: [String: Value] = [
      "product_uom_id": move?["product_uom"] ?? own, "company_id": .ref(company(of: values)),
      "quantity": .number(0),
      "picked": .bool(false), "date": .moment(now),
    ]
    values.merge(defaults) { given, _ in given }
    values["_ratio"] = .number(ratio(of: values["product_uom_id"]?.ref, product: product))
    values["state"] = move?["state"] ?? .text("draft")
    let id = add("stock.move.line", values)
    let line = try row("stock.move.line", id)
    try checkLot(line)
    if line.text("state") == "done" {
      try refuseAccounting()
      try moveStock(line, sign: 1)
      if line.double("quantity") != 0 { countDoneEdit(line) }
    }
    lineSetChanged(line)
    if line.text("state") == "done" { try checkSerials([line]) }
    return id
  }

  func removeLine(_ id: Int) throws {
    let line = try row("stock.move.line", id)
    if ["done", "cancel"].contains(line.text("state")) {
      throw OdooError.user(
        version < .v19
          ? "You can not delete product moves if the picking is done. "
            + "You can only correct the done quantities."
          : "Deleting product moves after the transfer is done?\n\nThat would be like going back "
            + "in time to revert all operations triggered after this move. Who knows what the end "
            + "result would be, So let's not do it.\n\n"
            + "Try changing the \u{201C}done\u{201D} quantity to 0 instead."
      )
    }
    store.remove("stock.move.line", id)
    lineSetChanged(line)
  }

  private func lineSetChanged(_ line: Record) {
    touch("stock.move", line.ref("move_id"))
    if version.linesTouchTransfers { touch("stock.picking", line.ref("picking_id")) }
    refreshMove(line.ref("move_id"), touchTransfer: version.linesTouchTransfers)
    reweigh(line.ref("picking_id"))
  }

  /// Since 19 the weight of a transfer is stored: a written one holds until its lines or packages
  /// change.
  func reweigh(_ transfer: Int?) {
    guard version >= .v19, let row = transfer.flatMap({ store.get("stock.picking", $0) }) else {
      return
    }
    let weight = Value.number(shippingWeight(of: row))
    if row["shipping_weight"] != weight {
      set("stock.picking", row.id, touch: false, ["shipping_weight": weight])
    }
  }

  /// The move of the transfer that a line without a move belongs to, or a new one without demand.
  private func linkableMove(
    _ transfer: Record,
    _ product: Int,
    _ values: [String: Value]
  ) throws -> Int {
    let moves = rows("stock.move", where: "picking_id", is: transfer.id)
      .filter { $0.ref("product_id") == product && $0.text("state") != "cancel" }
    if let short = moves.first(where: { $0.double("quantity") < $0.double("product_uom_qty") }) {
      return short.id
    }
    if let first = moves.first { return first.id }
    let done = transfer.text("state") == "done"
    return addMove([
      "product_id": .ref(product), "picking_id": .ref(transfer.id),
      "location_id": values["location_id"] ?? transfer["location_id"],
      "location_dest_id": values["location_dest_id"] ?? transfer["location_dest_id"],
      "state": .text(done ? "done" : transfer.text("state") == "draft" ? "draft" : "assigned"),
      "origin": transfer["origin"],
    ])
  }

  private func checkLot(_ line: Record) throws {
    guard let lot = line.ref("lot_id").flatMap({ store.get("stock.lot", $0) }),
      lot.ref("product_id") != line.ref("product_id")
    else { return }
    throw OdooError.validation(
      version < .v19
        ? "The Lot/Serial number (\(lot.text("name"))) is linked to another product."
        : "The Lot/Serial number (\(lot.text("name"))) is linked to another product."
    )
  }

  /// Before 19 stock_account makes a journal entry of the difference, which an Inventory user may not.
  private func refuseAccounting() throws {
    guard version < .v19, !hasGroup("sales_team.group_sale_salesman") else { return }
    throw accessError("access", "account.move", "Journal Entry")
  }

  private func countDoneEdit(_ line: Record) {
    guard let transfer = line.ref("picking_id").flatMap({ store.get("stock.picking", $0) }) else {
      return
    }
    let edits = Int(transfer["_done_edits"].double) + 1
    set("stock.picking", transfer.id, touch: false, ["_done_edits": .int(edits)])
  }
}
