internal import JSON

/// What the administration does to the world: orders, receipts, people.
extension Database {
  func makeOrders(_ json: JSON) throws -> JSON {
    let lines = try demands(json)
    let warehouse = try warehouse(json["warehouse"])
    let partner = json["customer"]?.string.flatMap { name in
      store.ids("res.partner").first { store.get("res.partner", $0)?.text("name") == name }
    }
    let carrier = json["carrier"]?.string.flatMap { name in
      store.ids("delivery.carrier").first {
        store.get("delivery.carrier", $0)?.text("name") == name
      }
    }
    var orders: [JSON] = []
    for _ in 0..<(json["count"]?.int ?? 1) {
      let order = try makeOrder(
        warehouse: warehouse,
        lines: lines,
        partner: partner ?? 2,
        carrier: carrier,
        confirm: json["confirm"]?.bool ?? true
      )
      orders.append(describeOrder(order))
    }
    return ["orders": .array(orders)]
  }

  func describeOrder(_ id: Int) -> JSON {
    let transfers = rows("stock.picking", where: "sale_id", is: id)
    return [
      "id": .int(id), "name": .string(store.get("sale.order", id)?.text("name") ?? ""),
      "transfers": .array(transfers.map(describeTransfer)),
    ]
  }

  func makeReceipts(_ json: JSON) throws -> JSON {
    let lines = try demands(json)
    let warehouse = try warehouse(json["warehouse"])
    var receipts: [JSON] = []
    for _ in 0..<(json["count"]?.int ?? 1) {
      let id = try makeReceipt(
        warehouse: warehouse,
        lines: lines,
        partner: 3,
        origin: json["origin"]?.string
      )
      receipts.append(describeTransfer(try row("stock.picking", id)))
    }
    return ["transfers": .array(receipts)]
  }

  private func demands(_ json: JSON) throws -> [Demand] {
    try (json["lines"]?.array ?? []).map {
      Demand(
        product: try product($0["product"]),
        quantity: $0["quantity"]?.double ?? 1,
        unit: try unit($0["unit"])
      )
    }
  }

  /// Something a person does in Odoo's own screens, as an administrator.
  func person(_ json: JSON) throws -> JSON {
    switch json["do"]?.string {
    case "validate":
      let id = try transfer(json["transfer"]).id
      context["skip_sms"] = true
      context["skip_expired"] = true
      context["skip_backorder"] = true
      if json["backorder"]?.bool == false { context["picking_ids_not_to_backorder"] = [.int(id)] }
      _ = try validate([id])
      return describeTransfer(try row("stock.picking", id))
    case "cancel":
      let id = try transfer(json["transfer"]).id
      try cancelMoves(rows("stock.move", where: "picking_id", is: id).map(\.id))
      leaveBatch(id)
      return describeTransfer(try row("stock.picking", id))
    case "return":
      let id = try makeReturn(transfer(json["transfer"]))
      return describeTransfer(try row("stock.picking", id))
    case "unreserve":
      let id = try transfer(json["transfer"]).id
      unreserve(openMoves(id).map(\.id), touchTransfers: version.linesTouchTransfers)
      return describeTransfer(try row("stock.picking", id))
    case "assign":
      let id = try transfer(json["transfer"]).id
      assign(openMoves(id).map(\.id), touchTransfers: version.linesTouchTransfers)
      return describeTransfer(try row("stock.picking", id))
    case "set_line":
      let line = json["line"]?.int ?? 0
      var values = json.object ?? JSONObject()
      values["do"] = nil
      values["line"] = nil
      try write("stock.move.line", [line], .object(values))
      let id = try row("stock.move.line", line).ref("picking_id") ?? 0
      return describeTransfer(try row("stock.picking", id))
    case "add_line":
      let id = try transfer(json["transfer"]).id
      _ = try create(
        "stock.move.line",
        [
          "picking_id": .int(id), "product_id": .int(try product(json["product"])),
          "quantity": json["quantity"] ?? 1, "picked": json["picked"] ?? false,
        ]
      )
      return describeTransfer(try row("stock.picking", id))
    case "remove_line":
      let line = try row("stock.move.line", json["line"]?.int ?? 0)
      try removeLine(line.id)
      return describeTransfer(try row("stock.picking", line.ref("picking_id") ?? 0))
    case "cancel_order":
      let id = try order(json["order"])
      try cancelOrder(id)
      return describeOrder(id)
    case "change_order":
      let id = try order(json["order"])
      try changeOrder(id, product: product(json["product"]), to: json["quantity"]?.double ?? 0)
      return describeOrder(id)
    default:
      throw SimulatorError(
        name: "unknown deed",
        message: "expected do: validate, cancel, return, unreserve, assign, set_line, add_line, "
          + "remove_line, cancel_order, change_order"
      )
    }
  }
}
