internal import JSON

/// Sale orders and receipts: where transfers come from.
extension Database {
  struct Demand {
    let product: Int
    let quantity: Double
    /// The unit of measure; nil for the product's own.
    var unit: Int?
  }

  /// Makes a sale order and confirms it; answers its id.
  func makeOrder(
    warehouse: Record,
    lines: [Demand],
    partner: Int?,
    carrier: Int?,
    confirm: Bool
  ) throws -> Int {
    let name = next("S", digits: 5)
    let order = add(
      "sale.order",
      [
        "name": .text(name), "state": .text("draft"), "partner_id": .ref(partner),
        "warehouse_id": .ref(warehouse.id), "carrier_id": .ref(carrier),
        "date_order": .moment(now), "company_id": .ref(1),
      ]
    )
    for line in lines {
      add(
        "sale.order.line",
        [
          "order_id": .ref(order), "product_id": .ref(line.product),
          "product_uom_qty": .number(line.quantity), "_unit": .ref(line.unit),
          "name": .text(displayName("product.product", line.product)),
        ]
      )
    }
    if confirm { try confirmOrder(order) }
    return order
  }

  func confirmOrder(_ id: Int) throws {
    let order = try row("sale.order", id)
    set("sale.order", id, ["state": .text("sale")])
    guard let warehouse = order.ref("warehouse_id").flatMap({ store.get("stock.warehouse", $0) })
    else { return }
    let lines = rows("sale.order.line", where: "order_id", is: id)
    try procure(order, warehouse, lines.map { ($0, $0.double("product_uom_qty")) })
  }

  /// Makes the moves for order lines; before 18 the whole chain, since 18 its first step.
  private func procure(
    _ order: Record,
    _ warehouse: Record,
    _ lines: [(line: Record, quantity: Double)]
  ) throws {
    let steps = steps(of: warehouse)
    let wanted = version.chainsAreMadeAtOnce ? steps : Array(steps.prefix(1))
    let last = location(usage: "customer")
    let header = orderHeader(order)
    var transfers: [Int] = []
    for step in wanted {
      let target: Int? = step.type == steps.last?.type ? last : step.to
      transfers.append(try openTransfer(order, step, to: target, header))
    }
    var next: [Int?] = lines.map { _ in nil }
    for (index, step) in wanted.enumerated().reversed() {
      for (number, (line, quantity)) in lines.enumerated() {
        let target: Int? = step.type == steps.last?.type ? last : step.to
        var values: [String: Value] = [
          "picking_id": .ref(transfers[index]), "product_id": line["product_id"],
          "product_uom_qty": .number(quantity), "location_id": .ref(step.from),
          "location_dest_id": .ref(target), "state": .text("confirmed"),
          "sale_line_id": index == wanted.count - 1 || !version.chainsAreMadeAtOnce
            ? .ref(line.id) : .empty,
          "warehouse_id": .ref(warehouse.id), "origin": order["name"],
          "move_dest_ids": .refs(next[number].map { [$0] } ?? []),
          "procure_method": .text(index == 0 ? "make_to_stock" : "make_to_order"),
        ]
        values.merge(header) { $1 }
        if let unit = line.ref("_unit") { values["product_uom"] = .ref(unit) }
        values["sale_id"] = nil
        values["carrier_id"] = nil
        if version >= .v18 { values["location_final_id"] = .ref(last) }
        let move = addMove(values)
        if let after = next[number] { addOrigin(move, to: after) }
        next[number] = move
      }
    }
    for transfer in transfers {
      for move in rows("stock.move", where: "picking_id", is: transfer) { refreshMove(move.id) }
    }
    let first = next.compactMap { $0 }
    mergeTwins(first)
    assign(first.filter { store.get("stock.move", $0) != nil })
  }

  private func orderHeader(_ order: Record) -> [String: Value] {
    let name = order["name"]
    let header: [String: Value] = [
      "partner_id": order["partner_id"], "origin": name, "sale_id": .ref(order.id),
      "carrier_id": order["carrier_id"],
    ]
    return header.merging(group(named: name.text)) { $1 }
  }

  private func openTransfer(
    _ order: Record,
    _ step: Step,
    to target: Int?,
    _ header: [String: Value]
  ) throws -> Int {
    let open = rows("stock.picking", where: "sale_id", is: order.id).first {
      $0.ref("picking_type_id") == step.type && $0.ref("location_id") == step.from
        && ["draft", "confirmed", "waiting", "assigned"].contains($0.text("state"))
    }
    if let open { return open.id }
    var values = header
    values["picking_type_id"] = .ref(step.type)
    values["location_id"] = .ref(step.from)
    values["location_dest_id"] = .ref(target)
    return try createTransfer(values)
  }

  /// A raised order line makes a move that merges into the open one of the same transfer.
  private func mergeTwins(_ moves: [Int]) {
    for move in moves.compactMap({ store.get("stock.move", $0) }) {
      guard move.refs("move_dest_ids").isEmpty, let transfer = move.ref("picking_id") else {
        continue
      }
      let twin = rows("stock.move", where: "picking_id", is: transfer).first {
        $0.id != move.id && $0["product_id"] == move["product_id"]
          && $0["sale_line_id"] == move["sale_line_id"] && move.ref("sale_line_id") != nil
          && !["done", "cancel", "draft"].contains($0.text("state"))
      }
      guard let twin else { continue }
      let sum = (twin.double("product_uom_qty") + move.double("product_uom_qty")).rounded2
      store.remove("stock.move", move.id)
      set("stock.move", twin.id, ["product_uom_qty": .number(sum)])
      refreshMove(twin.id)
      touch("stock.picking", transfer)
      assign([twin.id])
    }
  }

  struct Step {
    let type: Int
    let from: Int
    let to: Int?
  }

  private func steps(of warehouse: Record) -> [Step] {
    guard let stock = warehouse.ref("lot_stock_id"), let out = warehouse.ref("out_type_id") else {
      return []
    }
    let output = warehouse.ref("wh_output_stock_loc_id")
    let pack = warehouse.ref("wh_pack_stock_loc_id")
    switch warehouse.text("delivery_steps") {
    case "pick_ship":
      guard let output, let pick = warehouse.ref("pick_type_id") else { return [] }
      return [Step(type: pick, from: stock, to: output), Step(type: out, from: output, to: nil)]
    case "pick_pack_ship":
      guard let output, let pack, let pickType = warehouse.ref("pick_type_id"),
        let packType = warehouse.ref("pack_type_id")
      else { return [] }
      return [
        Step(type: pickType, from: stock, to: pack), Step(type: packType, from: pack, to: output),
        Step(type: out, from: output, to: nil),
      ]
    default: return [Step(type: out, from: stock, to: nil)]
    }
  }

  func cancelOrder(_ id: Int) throws {
    for transfer in rows("stock.picking", where: "sale_id", is: id) {
      let open = openMoves(transfer.id).map(\.id)
      try cancelMoves(open)
    }
    set("sale.order", id, ["state": .text("cancel")])
  }

  /// Sets the ordered quantity of a line; more is procured, less is taken from open moves.
  func changeOrder(_ id: Int, product: Int, to quantity: Double) throws {
    let order = try row("sale.order", id)
    let lines = rows("sale.order.line", where: "order_id", is: id)
    guard let line = lines.first(where: { $0.ref("product_id") == product }),
      let warehouse = order.ref("warehouse_id").flatMap({ store.get("stock.warehouse", $0) })
    else { throw OdooError.user("The order has no line of that product.") }
    let more = (quantity - line.double("product_uom_qty")).rounded2
    set("sale.order.line", line.id, ["product_uom_qty": .number(quantity)])
    if more > 0 {
      try procure(order, warehouse, [(line, more)])
      return
    }
    var less = -more
    let open = rows("stock.move", where: "sale_line_id", is: line.id)
      .filter { !["done", "cancel"].contains($0.text("state")) }
    for move in open where less > 0 {
      let taken = min(less, move.double("product_uom_qty"))
      less = (less - taken).rounded2
      let rest = (move.double("product_uom_qty") - taken).rounded2
      unreserve([move.id], touchTransfers: true)
      try writeMove(move.id, ["product_uom_qty": .number(rest)])
      if rest == 0 { try cancelMoves([move.id]) } else { assign([move.id]) }
    }
  }
}
