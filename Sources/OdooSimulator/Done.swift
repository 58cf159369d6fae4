internal import JSON

/// What a validation does to moves, lines, stock, and what is left.
extension Database {
  /// Validates without a question; by policy and context what is left becomes a backorder or not.
  func finish(_ ids: [Int]) throws {
    let dropped = Set(contextIDs("picking_ids_not_to_backorder"))
    for id in ids {
      let policy = backorderPolicy(id)
      let drop = policy == "never" || (dropped.contains(id) && policy != "always")
      try finish(id, drop: drop)
    }
  }

  private func finish(_ transfer: Int, drop: Bool) throws {
    let todo = openMoves(transfer)
    for move in todo where move.flag("picked") {
      for line in rows("stock.move.line", where: "move_id", is: move.id)
      where !line.flag("picked") || line.double("quantity") == 0 {
        store.remove("stock.move.line", line.id)
      }
      refreshMove(move.id)
    }
    var doing: [Int] = []
    var left: [Int] = []
    for move in todo.compactMap({ store.get("stock.move", $0.id) }) {
      if move.flag("picked"), move.double("quantity") > 0 {
        doing.append(move.id)
      } else {
        left.append(move.id)
      }
    }
    guard !doing.isEmpty else {
      // Odoo then moves nothing and makes no backorder; the transfer stays as it is.
      if drop { try cancelMoves(left) }
      return
    }
    try checkExtraProducts(transfer, doing)
    if !drop { left += doing.compactMap { split($0) } }
    let lines = doing.flatMap { rows("stock.move.line", where: "move_id", is: $0) }
    for line in lines { try finishLine(line.id) }
    try checkSerials(lines.compactMap { store.get("stock.move.line", $0.id) })
    for id in doing {
      set("stock.move", id, ["state": .text("done"), "date": .moment(now), "picked": .bool(true)])
    }
    let next = push(doing)
    if drop || !rules.makesBackorders {
      try cancelMoves(left)
    } else if !left.isEmpty {
      try makeBackorder(transfer, left)
    }
    fillContainers(lines)
    close(transfer)
    leaveBatch(transfer)
    assignAfter(doing, next)
    assign(left)
  }

  /// Since 19 a moved package ends up in its destination container, or in none.
  private func fillContainers(_ lines: [Record]) {
    guard version >= .v19 else { return }
    for package in Set(lines.compactMap { $0.ref("result_package_id") }) {
      let container = store.get("stock.package", package)?["package_dest_id"] ?? .empty
      set(
        "stock.package",
        package,
        ["parent_package_id": container, "package_dest_id": .empty]
      )
    }
  }

  private func close(_ id: Int) {
    guard let transfer = store.get("stock.picking", id) else { return }
    refreshTransfer(id)
    var values: [String: Value] = [
      "date_done": .moment(now), "priority": .text("0"),
      "_validated": .int(Int(transfer["_validated"].double) + 1),
    ]
    if version < .v19 { values["date"] = .moment(now) }
    set("stock.picking", id, values)
  }

  private func finishLine(_ id: Int) throws {
    var line = try row("stock.move.line", id)
    let product = line.ref("product_id")
    if tracking(product) != "none", line.ref("lot_id") == nil {
      line["lot_id"] = try .ref(lot(for: line))
      set("stock.move.line", id, ["lot_id": line["lot_id"]])
    }
    set("stock.move.line", id, ["state": .text("done"), "date": .moment(now)])
    try moveStock(try row("stock.move.line", id), sign: 1)
  }

  /// Finds or makes the lot that the line names.
  ///
  /// Up to 18 only where the operation type may create lots; 19 makes an unknown one anywhere.
  private func lot(for line: Record) throws -> Int? {
    let name = line.text("lot_name")
    guard let product = line.ref("product_id") else { return nil }
    let type = line.ref("picking_id").flatMap { store.get("stock.picking", $0) }?
      .ref("picking_type_id").flatMap { store.get("stock.picking.type", $0) }
    guard let type, type.flag("use_create_lots") || type.flag("use_existing_lots") else {
      return nil
    }
    guard !name.isEmpty, type.flag("use_create_lots") || version >= .v19 else {
      throw OdooError.user(
        "You need to supply a Lot/Serial Number for product:"
          + (version < .v18 ? " \n - " : "\n- ") + displayName("product.product", product)
      )
    }
    let twin = rows("stock.lot", where: "product_id", is: product)
      .first { $0.text("name") == name }
    if let twin { return twin.id }
    var values: [String: Value] = [
      "name": .text(name), "product_id": .ref(product), "company_id": .ref(1),
    ]
    // product_expiry hands the date of the line on to the lot that it makes.
    if store.get("product.product", product)?.flag("use_expiration_date") ?? false {
      values["expiration_date"] = line["expiration_date"]
    }
    return add("stock.lot", values)
  }

  /// sale_stock adds a line to the order for a product that was not ordered; a stock user may not.
  private func checkExtraProducts(_ transfer: Int, _ moves: [Int]) throws {
    guard let order = store.get("stock.picking", transfer)?.ref("sale_id") else { return }
    for move in moves.compactMap({ store.get("stock.move", $0) })
    where move.ref("sale_line_id") == nil && usage(move.ref("location_dest_id")) == "customer" {
      guard hasGroup("sales_team.group_sale_salesman") else {
        throw accessError("create", "sale.order.line", "Sales Order Line")
      }
      let line = add(
        "sale.order.line",
        [
          "order_id": .ref(order), "product_id": move["product_id"],
          "product_uom_qty": .number(0), "name": move["name"],
        ]
      )
      set("stock.move", move.id, ["sale_line_id": .ref(line)])
    }
  }

  /// Cuts the move to what was done; answers the new move with the rest, nil if there is none.
  private func split(_ id: Int) -> Int? {
    guard rules.makesBackorders, let move = store.get("stock.move", id) else { return nil }
    let quantity = move.double("quantity")
    let rest = (move.double("product_uom_qty") - quantity).rounded2
    guard rest > 0 else { return nil }
    let new = addMove(
      copy(
        move,
        [
          "product_uom_qty": .number(rest), "state": .text("confirmed"),
          "move_orig_ids": move["move_orig_ids"], "move_dest_ids": move["move_dest_ids"],
        ]
      )
    )
    link(origins: move.refs("move_orig_ids"), to: new)
    for destination in move.refs("move_dest_ids") { addOrigin(new, to: destination) }
    set("stock.move", id, ["product_uom_qty": .number(quantity)])
    return new
  }

  /// The values of a move that is made after another one.
  func copy(_ move: Record, _ values: [String: Value]) -> [String: Value] {
    var all: [String: Value] = [:]
    for name in [
      "name", "product_id", "product_uom", "picking_id", "location_id", "location_dest_id",
      "location_final_id", "group_id", "reference_ids", "warehouse_id", "partner_id", "origin",
      "sale_line_id", "procure_method", "sequence", "description_picking",
    ] { all[name] = move[name] }
    return all.merging(values) { $1 }
  }

  private func makeBackorder(_ id: Int, _ moves: [Int]) throws {
    let transfer = try row("stock.picking", id)
    let address = store.get("res.users", user)?.text("email") ?? ""
    if version < .v19, user != 1, address.isEmpty {
      throw OdooError.user(
        "Unable to send message, please configure the sender's email address."
      )
    }
    var values: [String: Value] = ["backorder_id": .ref(id)]
    for name in [
      "origin", "picking_type_id", "partner_id", "location_id", "location_dest_id", "group_id",
      "reference_ids", "sale_id", "carrier_id", "scheduled_date", "move_type", "company_id",
    ] { values[name] = transfer[name] }
    let backorder = try createTransfer(values)
    for move in moves {
      set("stock.move", move, ["picking_id": .ref(backorder)])
      for line in rows("stock.move.line", where: "move_id", is: move) {
        set("stock.move.line", line.id, ["picking_id": .ref(backorder)])
      }
      refreshMove(move)
    }
    refreshTransfer(backorder)
  }

  func cancelMoves(_ ids: [Int]) throws {
    for id in ids {
      guard let move = store.get("stock.move", id), move.text("state") != "cancel" else { continue }
      if move.text("state") == "done" {
        throw OdooError.user(
          "You cannot cancel a stock move that has been set to 'Done'. "
            + "Create a return in order to reverse the moves which took place."
        )
      }
      for line in rows("stock.move.line", where: "move_id", is: id) {
        store.remove("stock.move.line", line.id)
      }
      set("stock.move", id, ["state": .text("cancel"), "picked": .bool(false)])
      refreshMove(id)
      touch("stock.picking", move.ref("picking_id"))
      for next in move.refs("move_dest_ids").compactMap({ store.get("stock.move", $0) }) {
        let dead = next.refs("move_orig_ids")
          .allSatisfy { store.get("stock.move", $0)?.text("state") == "cancel" }
        if dead, move.flag("propagate_cancel") { try cancelMoves([next.id]) }
      }
    }
  }
}
