internal import Floor
internal import JSON
internal import OdooSimulator
internal import TestKit

extension History {
  /// Somebody may act right before a call.
  func interfere(_ uuid: String, _ step: CallStep) {
    guard let deed = people.draw(step, &choices),
      let plan = orders.first(where: { $0.chain == box.disk[uuid]?.content.chain })
    else { return }
    guard
      let transfer = try? openTransfers(plan, preferred: box.process?.flights[uuid]?.transfer)
        .first
    else { return }
    // Odoo refuses some of it, as it would refuse a person.
    guard (try? act(deed, plan, transfer)) == true else { return }
    people.did(deed, step, chain: plan.chain, transfer: transfer)
    coverage.count(.deed(deed), step)
    trace("somebody: \(deed.rawValue), transfer \(transfer)")
    executions += 1
    witness.look(odoo, executions)
  }

  /// Transfers of a chain that are open, the preferred one first.
  func openTransfers(_ plan: OrderPlan, preferred: Int?) throws -> [Int] {
    let own: JSON =
      plan.origin.isEmpty
      ? ["id", "in", .array(([plan.first] + [preferred].compactMap(\.self)).map { .int($0) })]
      : ["origin", "=", .string(plan.origin)]
    let found = try odoo.admin.rows(
      "stock.picking",
      [own, ["state", "not in", ["done", "cancel"]]],
      []
    ).compactMap { $0["id"]?.int }
    return found.filter { $0 == preferred } + found.filter { $0 != preferred }
  }

  func act(_ deed: Deed, _ plan: OrderPlan, _ id: Int) throws -> Bool {
    let admin = odoo.admin
    switch deed {
    case .validate: try admin.person(["do": "validate", "transfer": .int(id)])
    case .validatePart:
      try admin.person(["do": "validate", "transfer": .int(id), "backorder": false])
    case .setQuantity: return try setLine(id, ["quantity": .int(choices.int(0...3))])
    case .setPicked: return try setLine(id, ["picked": .bool(choices.chance(70))])
    case .setLot: return try setLot(plan, id)
    case .addLine: return try addLine(id)
    case .raiseDemand: return try changeDemand(plan, by: choices.int(1...2))
    case .cutDemand: return try changeDemand(plan, by: -choices.int(1...2))
    case .cancelTransfer: try admin.person(["do": "cancel", "transfer": .int(id)])
    case .cancelOrder:
      guard !plan.origin.isEmpty else { return false }
      try admin.person(["do": "cancel_order", "order": .string(plan.origin)])
    case .unreserve: try admin.person(["do": "unreserve", "transfer": .int(id)])
    case .reserve: try admin.person(["do": "assign", "transfer": .int(id)])
    case .reserveAnew:
      try admin.person(["do": "unreserve", "transfer": .int(id)])
      try admin.person(["do": "assign", "transfer": .int(id)])
    case .split: return try split(id)
    case .merge: return try merge(id)
    case .takeSerial: return try takeSerial(plan)
    case .createPackage:
      let names = hands.all.flatMap(\.goods).compactMap(\.package).filter { $0.hasPrefix("BOX") }
      guard let name = names.last else { return false }
      _ = try admin.call(packageModel, "create", ["name": .string(name)])
    }
    return true
  }

  var packageModel: String { scenery.major < 19 ? "stock.quant.package" : "stock.package" }

  private func lines(_ id: Int) throws -> [JSON] {
    try odoo.admin.rows(
      "stock.move.line",
      [["picking_id", "=", .int(id)]],
      ["product_id", "lot_id"]
    )
  }

  private func setLine(_ id: Int, _ values: JSONObject) throws -> Bool {
    let lines = try lines(id)
    guard !lines.isEmpty else { return false }
    var deed = values
    deed["do"] = "set_line"
    deed["line"] = choices.element(of: lines)["id"]
    try odoo.admin.person(.object(deed))
    return true
  }

  private func setLot(_ plan: OrderPlan, _ id: Int) throws -> Bool {
    guard let resin = article("RESIN"),
      let line = try lines(id).first(where: { $0["product_id"]?.reference == resin.id }),
      let lot = try odoo.admin.rows(
        "stock.lot",
        [
          ["product_id", "=", .int(resin.id)], ["id", "!=", .int(line["lot_id"]?.reference ?? 0)],
        ],
        []
      ).first?["id"]
    else { return false }
    try odoo.admin.person(["do": "set_line", "line": line["id"] ?? .null, "lot_id": lot])
    return true
  }

  private func addLine(_ id: Int) throws -> Bool {
    guard let product = try demand(of: id).first?.productID,
      article(product)?.tracking == Scenery.Article.Tracking.none
    else { return false }
    try odoo.admin.person([
      "do": "add_line", "transfer": .int(id), "product": .int(product), "quantity": 1,
      "picked": .bool(choices.chance(70)),
    ])
    return true
  }

  private func changeDemand(_ plan: OrderPlan, by difference: Int) throws -> Bool {
    guard !plan.origin.isEmpty else { return false }
    let order = try odoo.admin.rows("sale.order", [["name", "=", .string(plan.origin)]], []).first
    guard let id = order?["id"] else { return false }
    let rows = try odoo.admin.rows(
      "sale.order.line",
      [["order_id", "=", id]],
      ["product_id", "product_uom_qty"]
    )
    guard let row = rows.first, let product = row["product_id"]?.reference,
      let now = row["product_uom_qty"]?.double
    else { return false }
    try odoo.admin.person([
      "do": "change_order", "order": .string(plan.origin), "product": .int(product),
      "quantity": .double(max(0, now + Double(difference))),
    ])
    return true
  }

  /// Another order wants a serial number that was counted here or is reserved here.
  private func takeSerial(_ plan: OrderPlan) throws -> Bool {
    guard let drill = article("DRILL"), plan.house.code != "RC" else { return false }
    let counted = hands.closings[plan.chain]?.flatMap(\.goods).compactMap { goods in
      goods.product == drill.code ? goods.lot : nil
    }
    guard let serial = counted?.last,
      let lot = try odoo.admin.rows(
        "stock.lot",
        [["name", "=", .string(serial)], ["product_id", "=", .int(drill.id)]],
        []
      ).first?["id"]
    else { return false }
    let order = try odoo.admin.order(warehouse: plan.house.code, [(drill.code, 1)])
    guard let transfer = order["transfers"]?.array?.first,
      let line = transfer.at(pointer: "/moves/0/lines/0/id")
    else { return false }
    try odoo.admin.person(["do": "set_line", "line": line, "lot_id": lot, "picked": true])
    if choices.chance(50) {
      try odoo.admin.person(["do": "validate", "transfer": transfer["id"] ?? .null])
    }
    return true
  }
}

extension JSON {
  /// The id of a many2one, read with or without its name.
  var reference: Int? { int ?? self[0]?.int }
}
