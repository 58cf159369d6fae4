internal import JSON

/// Inventory adjustments: a counted quantity on a quant, applied in a second step.
///
/// As in Odoo: writing the counted quantity fixes the difference against the stock of that moment;
/// stock that moves afterwards makes it outdated, and applying it then asks a question and does
/// nothing. `action_apply_inventory` on a quant without a counted quantity sets its stock to zero
/// since 18; the wizard with the reason leaves such quants alone.
extension Database {
  func isOutdated(_ quant: Record) -> Bool {
    quant.flag("inventory_quantity_set")
      && (quant.double("inventory_quantity") - quant.double("inventory_diff_quantity")
        - quant.double("quantity")).rounded2 != 0
  }

  func writeQuant(_ id: Int, _ values: [String: Value]) throws {
    let fixed = ["product_id", "location_id", "lot_id", "package_id", "owner_id"]
    if contextFlag("inventory_mode"), fixed.contains(where: { values[$0] != nil }) {
      throw OdooError.user("Quant's editing is restricted, you can't do this operation.")
    }
    set("stock.quant", id, values)
    guard let counted = values["inventory_quantity"] else { return }
    let quant = try row("stock.quant", id)
    set(
      "stock.quant",
      id,
      [
        "inventory_quantity_set": .bool(true),
        "inventory_diff_quantity": .number(
          (counted.double - quant.double("quantity")).rounded2
        ),
      ]
    )
  }

  /// Creating in inventory mode writes on the quant that is there already.
  func createCounted(_ values: [String: Value]) throws -> Int {
    let wanted = Record(id: 0, values: values)
    guard let key = wanted.stockKey else {
      throw OdooError.validation("A quant needs a product and a location.")
    }
    let id =
      quant(key)?.id
      ?? add(
        "stock.quant",
        [
          "product_id": .ref(key.product), "location_id": .ref(key.location),
          "lot_id": .ref(key.lot), "package_id": .ref(key.package), "quantity": .number(0),
          "in_date": .moment(now), "company_id": .ref(1),
        ]
      )
    try writeQuant(id, ["inventory_quantity": values["inventory_quantity"] ?? .number(0)])
    set("stock.quant", id, ["user_id": .ref(user)])
    return id
  }

  /// `action_apply` of the wizard: only quants that have a counted quantity.
  func applyNamed(_ ids: [Int]) throws -> JSON? {
    guard let wizard = try ids.first.map({ try row("stock.inventory.adjustment.name", $0) }) else {
      return nil
    }
    context["inventory_name"] = .string(wizard.text("inventory_adjustment_name"))
    let counted = wizard.refs("quant_ids").filter {
      store.get("stock.quant", $0)?.flag("inventory_quantity_set") ?? false
    }
    return try applyInventory(counted)
  }

  func applyInventory(_ ids: [Int]) throws -> JSON? {
    try require("write", "stock.quant")
    let quants = try ids.map { try row("stock.quant", $0) }
    guard !quants.contains(where: isOutdated) else {
      return [
        "type": "ir.actions.act_window", "res_model": "stock.inventory.conflict",
        "name": "Conflict in Inventory Adjustment", "target": "new",
      ]
    }
    guard !quants.isEmpty else { return nil }
    // 17 asks for the group; the tree of 18 that is at hand does not.
    if version == .v17, user != 1, !hasGroup("stock.group_stock_manager") {
      throw OdooError.user("Only a stock manager can validate an inventory adjustment.")
    }
    for quant in quants {
      let isSet = quant.flag("inventory_quantity_set")
      let forgotten = version == .v17 ? 0 : -quant.double("quantity")
      try adjust(quant, by: isSet ? quant.double("inventory_diff_quantity") : forgotten)
    }
    return nil
  }

  private func adjust(_ quant: Record, by difference: Double) throws {
    guard let key = quant.stockKey, let loss = location(usage: "inventory") else { return }
    let gains = difference > 0
    let title =
      context["inventory_name"]?.string
      ?? (difference == 0 ? "Product Quantity Confirmed" : "Product Quantity Updated")
    var move: [String: Value] = [
      "product_id": .ref(key.product), "product_uom": .ref(1),
      "product_uom_qty": .number(abs(difference)), "is_inventory": .bool(true),
      "location_id": .ref(gains ? loss : key.location),
      "location_dest_id": .ref(gains ? key.location : loss), "picked": .bool(true),
    ]
    move[version < .v19 ? "name" : "inventory_name"] = .text(title)
    if let unit = store.get("product.product", key.product)?.ref("uom_id") {
      move["product_uom"] = .ref(unit)
    }
    let id = add("stock.move", move)
    set(
      "stock.move",
      id,
      ["state": .text("done"), "date": .moment(now), "quantity": .number(abs(difference))]
    )
    set(
      "stock.quant",
      quant.id,
      [
        "inventory_quantity": .number(0), "inventory_diff_quantity": .number(0),
        "inventory_quantity_set": .bool(false), "user_id": .empty,
      ]
    )
    add(
      "stock.move.line",
      [
        "move_id": .ref(id), "product_id": .ref(key.product),
        "product_uom_id": move["product_uom"] ?? .empty,
        "lot_id": .ref(key.lot), "quantity": .number(abs(difference)), "picked": .bool(true),
        "package_id": gains ? .empty : .ref(key.package),
        "result_package_id": gains ? .ref(key.package) : .empty,
        "location_id": move["location_id"] ?? .empty,
        "location_dest_id": move["location_dest_id"] ?? .empty,
        "state": .text("done"), "date": .moment(now), "company_id": .ref(1),
      ]
    )
    addStock(key, difference)
    addStock(
      StockKey(product: key.product, location: loss, lot: key.lot, package: nil),
      -difference
    )
  }

  func reference(of move: Record) -> String? {
    if let transfer = move.ref("picking_id") {
      return store.get("stock.picking", transfer)?.text("name")
    }
    let name = version < .v19 ? move.text("name") : move.text("inventory_name")
    return move.flag("is_inventory") && !name.isEmpty ? name : nil
  }
}
