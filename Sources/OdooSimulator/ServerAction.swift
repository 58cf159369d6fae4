internal import JSON

/// A server action: the simulator runs no Python, so it knows some by the first line of their code.
enum ServerAction: Sendable {
  /// One transaction with an idempotency key in `ir.model.data`: `tm_key`, `tm_picking`, `tm_vals`.
  case confirmOnce
  /// Writes `tm_lines` of `tm_picking` and validates; a done transfer is left alone.
  case confirmLines
  /// `tallyman odoo action`: looks at a transfer, or applies a confirmation once for its key.
  case apply
  case unknown

  init(code: String) {
    let first = code.split(separator: "\n").first ?? ""
    if first.hasPrefix("# Tallyman apply v1") {
      self = .apply
    } else if first.hasPrefix("# Tallyman confirm v1") {
      self = .confirmLines
    } else if first.hasPrefix("# Tallyman confirm") {
      self = .confirmOnce
    } else {
      self = .unknown
    }
  }
}

extension Database {
  func runServerAction(_ ids: [Int]) throws -> JSON? {
    guard let id = ids.first, let row = store.get("ir.actions.server", id) else {
      throw OdooError.missing("ir.actions.server", ids.first ?? 0, user: user)
    }
    let groups = row.refs(version < .v19 ? "groups_id" : "group_ids")
    let mine = store.get("res.users", user)?.refs(version < .v19 ? "groups_id" : "group_ids") ?? []
    guard groups.isEmpty ? hasGroup("base.group_system") : !Set(groups).isDisjoint(with: mine)
    else {
      throw OdooError.access("You don't have enough access rights to run this action.")
    }
    switch serverActions[id] ?? ServerAction(code: row.text("code")) {
    case .confirmOnce: return try confirmOnce()
    case .apply: return try applyAction()
    case .confirmLines: return try confirmLines()
    case .unknown: throw OdooError.value("the simulator does not know the code of action \(id)")
    }
  }

  private func confirmOnce() throws -> JSON {
    let key = context["tm_key"]?.string ?? ""
    let transfer = context["tm_picking"]?.int.flatMap { store.get("stock.picking", $0) }
    if rules.looksUpKeys, let seen = externalID("__tallyman__", key) {
      let id = Int(seen["res_id"].double)
      let state = store.get("stock.picking", id)?.text("state")
      return ["tm": "replay", "picking": .int(id), "state": state.map { .string($0) } ?? false]
    }
    guard let transfer, !["done", "cancel"].contains(transfer.text("state")) else {
      return ["tm": "refused", "state": .string(transfer?.text("state") ?? "missing")]
    }
    add(
      "ir.model.data",
      [
        "module": .text("__tallyman__"), "name": .text(key), "model": .text("stock.picking"),
        "res_id": .int(transfer.id), "noupdate": .bool(true),
      ]
    )
    try write("stock.picking", [transfer.id], context["tm_vals"] ?? [:])
    context["skip_sms"] = true
    context["skip_backorder"] = true
    context["skip_expired"] = true
    context["picking_ids_not_to_backorder"] = context["tm_no_backorder"] ?? []
    let result = try validate([transfer.id])
    let after = try row("stock.picking", transfer.id)
    guard result == true || after.text("state") == "done" else {
      throw OdooError.user("tallyman: wizard \(result["res_model"]?.string ?? result.text)")
    }
    return [
      "tm": "done", "state": .string(after.text("state")),
      "date_done": .string(after["date_done"].moment.map(DateText.datetime) ?? "False"),
      "backorders": .array(
        rows("stock.picking", where: "backorder_id", is: after.id).map { .int($0.id) }
      ),
    ]
  }

  private func confirmLines() throws -> JSON {
    guard let id = context["tm_picking"]?.int else { return ["tm": "missing"] }
    let transfer = try row("stock.picking", id)
    if transfer.text("state") == "done" {
      return [
        "tm": "already done",
        "date_done": .string(transfer["date_done"].moment.map(DateText.datetime) ?? "False"),
      ]
    }
    for line in context["tm_lines"]?.array ?? [] {
      try write(
        "stock.move.line",
        [line[0]?.int ?? 0],
        ["quantity": line[1] ?? 0, "picked": true]
      )
    }
    context["skip_sms"] = true
    context["skip_backorder"] = true
    return ["tm": "done", "res": try validate([id])]
  }
}
