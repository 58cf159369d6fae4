internal import JSON

/// `button_validate`: the checks, the questions it may ask, and the validation itself.
extension Database {
  /// Validates transfers; answers `true`, a wizard's action, or a client action.
  func validate(_ ids: [Int]) throws -> JSON {
    try require("write", "stock.picking")
    var transfers = try ids.map { try row("stock.picking", $0) }
    if version >= .v19, !rules.validatesTwice {
      transfers.removeAll { $0.text("state") == "done" }
      if transfers.isEmpty { return true }
    }
    for transfer in transfers where transfer.text("state") == "draft" {
      try confirmTransfer(transfer.id)
      for move in openMoves(transfer.id) where move.double("quantity") == 0 {
        try setQuantity(of: move.id, to: move.double("product_uom_qty"))
      }
    }
    let ids = transfers.map(\.id)
    if rules.validatesTwice { reopen(ids) }
    try checkSanity(ids)
    pickAllWhereNothingIsPicked(ids)
    if let question = question(ids) { return question }
    try finish(ids)
    return printAction(ids) ?? true
  }

  func openMoves(_ transfer: Int) -> [Record] {
    rows("stock.move", where: "picking_id", is: transfer)
      .filter { !["done", "cancel"].contains($0.text("state")) }
  }

  private func checkSanity(_ ids: [Int]) throws {
    let several = ids.count > 1
    for id in ids {
      let moves = rows("stock.move", where: "picking_id", is: id)
      if moves.isEmpty, rows("stock.move.line", where: "picking_id", is: id).isEmpty {
        throw OdooError.user(
          "You can\u{2019}t validate an empty transfer. "
            + "Please add some products to move before proceeding."
        )
      }
      let open = openMoves(id)
      if !several, open.allSatisfy({ $0.double("quantity") == 0 }) { throw nothingToValidate }
      try checkLotsGiven(id, open)
    }
  }

  private var nothingToValidate: OdooError {
    .user(
      version < .v19
        ? "You cannot validate a transfer if no quantities are reserved. "
          + "To force the transfer, encode quantities."
        : "Transfer trouble alert! Validating a zero quantity transfer? "
          + "You're not moving invisible goods around are you?\n"
          + "Set some quantities and let's get moving!"
    )
  }

  private func checkLotsGiven(_ id: Int, _ moves: [Record]) throws {
    guard let transfer = store.get("stock.picking", id),
      let type = transfer.ref("picking_type_id").flatMap({ store.get("stock.picking.type", $0) }),
      type.flag("use_create_lots") || type.flag("use_existing_lots")
    else { return }
    let lines = moves.flatMap { rows("stock.move.line", where: "move_id", is: $0.id) }
    let anyPicked = lines.contains { $0.flag("picked") }
    let bare = lines.filter { line in
      (line.flag("picked") || !anyPicked) && line.double("quantity") != 0
        && line.ref("lot_id") == nil && line.text("lot_name").isEmpty
        && tracking(line.ref("product_id")) != "none"
    }
    guard !bare.isEmpty else { return }
    let products = Set(bare.compactMap { $0.ref("product_id") }).sorted()
      .map { displayName("product.product", $0) }.joined(separator: ", ")
    throw OdooError.user("You need to supply a Lot/Serial number for products \(products).")
  }

  /// When no move is picked, everything reserved is taken as done.
  private func pickAllWhereNothingIsPicked(_ ids: [Int]) {
    for id in ids {
      let moves = openMoves(id)
      guard moves.contains(where: { $0.double("quantity") != 0 }),
        !moves.contains(where: { $0.flag("picked") })
      else { continue }
      for move in moves {
        for line in rows("stock.move.line", where: "move_id", is: move.id) {
          set("stock.move.line", line.id, ["picked": .bool(true)])
        }
        set("stock.move", move.id, ["picked": .bool(true)])
      }
    }
  }

  /// What Odoo asks before it validates; nil where nothing is to be asked.
  private func question(_ ids: [Int]) -> JSON? {
    if !contextFlag("skip_backorder") {
      let asking = ids.filter { isIncomplete($0) && backorderPolicy($0) == "ask" }
      if !asking.isEmpty {
        return action(
          "stock.backorder.confirmation",
          "Create Backorder?",
          ids,
          [
            "default_show_transfers": .bool(ids.count > 1),
            "default_pick_ids": .array(asking.map { [4, .int($0)] }),
          ]
        )
      }
    }
    if !contextFlag("skip_sms"), wantsSMS(ids) {
      return action("confirm.stock.sms", "SMS", ids, [:])
    }
    if !contextFlag("skip_expired"), hasExpiredLots(ids) {
      return action("expiry.picking.confirmation", "Confirmation", ids, [:])
    }
    return nil
  }

  private func action(
    _ model: String,
    _ name: String,
    _ ids: [Int],
    _ more: JSONObject
  ) -> JSON {
    var inner = context
    inner["button_validate_picking_ids"] = .array(ids.map { .int($0) })
    for member in more.members { inner[member.name] = member.value }
    return [
      "name": .string(name), "type": "ir.actions.act_window", "view_mode": "form",
      "res_model": .string(model), "views": [[1, "form"]], "view_id": 1, "target": "new",
      "context": .object(inner),
    ]
  }

  func backorderPolicy(_ transfer: Int) -> String {
    let type = store.get("stock.picking", transfer)?.ref("picking_type_id")
    let text = type.flatMap { store.get("stock.picking.type", $0) }?.text("create_backorder") ?? ""
    return text.isEmpty ? "ask" : text
  }

  private func isIncomplete(_ transfer: Int) -> Bool {
    openMoves(transfer).contains { move in
      let demand = move.double("product_uom_qty")
      if demand > 0 && !move.flag("picked") { return true }
      let picked = rows("stock.move.line", where: "move_id", is: move.id)
        .filter { $0.flag("picked") }
      return inUnit(of: move, picked) < demand
    }
  }

  private func wantsSMS(_ ids: [Int]) -> Bool {
    guard let company = store.get("res.company", 1),
      company.flag(version < .v19 ? "stock_move_sms_validation" : "stock_text_confirmation"),
      !company.flag("has_received_warning_stock_sms")
    else { return false }
    return ids.contains { id in
      let partner = store.get("stock.picking", id)?.ref("partner_id")
        .flatMap { store.get("res.partner", $0) }
      let phone = (partner?.text("phone") ?? "") + (partner?.text("mobile") ?? "")
      return isOutgoing(id) && !phone.isEmpty
    }
  }

  private func hasExpiredLots(_ ids: [Int]) -> Bool {
    ids.flatMap { rows("stock.move.line", where: "picking_id", is: $0) }
      .contains { $0.double("quantity") != 0 && isExpired($0.ref("lot_id")) }
  }

  func isOutgoing(_ transfer: Int) -> Bool {
    let type = store.get("stock.picking", transfer)?.ref("picking_type_id")
    return type.flatMap { store.get("stock.picking.type", $0) }?.text("code") == "outgoing"
  }

  private func printAction(_ ids: [Int]) -> JSON? {
    let printing = ids.contains { id in
      let type = store.get("stock.picking", id)?.ref("picking_type_id")
      return type.flatMap { store.get("stock.picking.type", $0) }?.flag("auto_print_delivery_slip")
        ?? false
    }
    guard printing else { return nil }
    return [
      "type": "ir.actions.client", "tag": "do_multi_print",
      "context": .object(context), "params": ["reports": [], "anotherAction": false],
    ]
  }

  /// Only for a negative control: makes a done transfer validatable again.
  private func reopen(_ ids: [Int]) {
    for move in ids.flatMap({ rows("stock.move", where: "picking_id", is: $0) })
    where move.text("state") == "done" {
      set("stock.move", move.id, ["state": .text("assigned")])
      refreshMove(move.id)
    }
  }
}
