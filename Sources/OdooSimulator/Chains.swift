internal import JSON

/// Pick, pack and ship: how one transfer brings forth or wakes the next.
extension Database {
  func link(origins: [Int], to move: Int) {
    for origin in origins {
      guard let row = store.get("stock.move", origin) else { continue }
      let now = row.refs("move_dest_ids")
      if !now.contains(move) {
        set("stock.move", origin, touch: false, ["move_dest_ids": .refs(now + [move])])
      }
    }
  }

  func addOrigin(_ origin: Int, to move: Int) {
    guard let row = store.get("stock.move", move) else { return }
    let now = row.refs("move_orig_ids")
    if !now.contains(origin) {
      set("stock.move", move, touch: false, ["move_orig_ids": .refs(now + [origin])])
    }
  }

  /// Since 18: a done move makes the next one on its way to its final location.
  ///
  /// - Returns: The moves made or enlarged.
  func push(_ done: [Int]) -> [Int] {
    var pushed: [Int] = []
    for move in done.compactMap({ store.get("stock.move", $0) }) {
      guard let last = move.ref("location_final_id"), let here = move.ref("location_dest_id"),
        here != last, move.refs("move_dest_ids").isEmpty, let type = nextType(from: here)
      else { continue }
      let target = type.text("code") == "outgoing" ? .ref(last) : type["default_location_dest_id"]
      let transfer = openTransfer(type, after: move, from: here, to: target)
      let twin = rows("stock.move", where: "picking_id", is: transfer).first {
        $0.ref("product_id") == move.ref("product_id") && !pushed.contains($0.id)
          && $0.ref("sale_line_id") == move.ref("sale_line_id")
          && !["done", "cancel", "draft"].contains($0.text("state"))
      }
      if let twin {
        let sum = (twin.double("product_uom_qty") + move.double("quantity")).rounded2
        set("stock.move", twin.id, ["product_uom_qty": .number(sum)])
        addOrigin(move.id, to: twin.id)
        link(origins: [move.id], to: twin.id)
        touch("stock.picking", transfer)
        pushed.append(twin.id)
        continue
      }
      let new = addMove(
        copy(
          move,
          [
            "picking_id": .ref(transfer), "product_uom_qty": .number(move.double("quantity")),
            "location_id": .ref(here), "location_dest_id": target, "state": .text("confirmed"),
            "move_orig_ids": .refs([move.id]), "procure_method": .text("make_to_order"),
          ]
        )
      )
      link(origins: [move.id], to: new)
      pushed.append(new)
    }
    for id in pushed { refreshMove(id) }
    return pushed
  }

  private func nextType(from location: Int) -> Record? {
    let warehouses = store.ids("stock.warehouse").compactMap { store.get("stock.warehouse", $0) }
    for warehouse in warehouses where warehouse.text("reception_steps") != "one_step" {
      let isThree = warehouse.text("reception_steps") == "three_steps"
      let stores = isThree ? "wh_qc_stock_loc_id" : "wh_input_stock_loc_id"
      let type: String? =
        warehouse.ref(stores) == location
        ? "store_type_id"
        : isThree && warehouse.ref("wh_input_stock_loc_id") == location ? "qc_type_id" : nil
      if let type { return warehouse.ref(type).flatMap { store.get("stock.picking.type", $0) } }
    }
    for warehouse in warehouses where warehouse.text("delivery_steps") != "ship_only" {
      if warehouse.ref("wh_pack_stock_loc_id") == location {
        return warehouse.ref("pack_type_id").flatMap { store.get("stock.picking.type", $0) }
      }
      if warehouse.ref("wh_output_stock_loc_id") == location {
        return warehouse.ref("out_type_id").flatMap { store.get("stock.picking.type", $0) }
      }
    }
    return nil
  }

  /// The open transfer of the same order that a move joins, or a new one.
  private func openTransfer(
    _ type: Record,
    after move: Record,
    from source: Int,
    to target: Value
  ) -> Int {
    let before = move.ref("picking_id").flatMap { store.get("stock.picking", $0) }
    let open = rows("stock.picking", where: "picking_type_id", is: type.id).first {
      $0["sale_id"] == before?["sale_id"] && $0.ref("location_id") == source
        && $0["location_dest_id"] == target && $0["origin"] == before?["origin"]
        && !$0.flag("printed")
        && ["draft", "confirmed", "waiting", "assigned"].contains($0.text("state"))
    }
    if let open { return open.id }
    var values: [String: Value] = [
      "picking_type_id": .ref(type.id), "location_id": .ref(source), "location_dest_id": target,
    ]
    for name in [
      "origin", "partner_id", "group_id", "reference_ids", "sale_id", "carrier_id",
      "scheduled_date", "move_type",
    ] { values[name] = before?[name] }
    return (try? createTransfer(values)) ?? 0
  }

  /// Wakes what waited for these moves, and reserves for what they made.
  func assignAfter(_ done: [Int], _ made: [Int]) {
    var next = made
    for move in done.compactMap({ store.get("stock.move", $0) }) {
      for id in move.refs("move_dest_ids") where !next.contains(id) { next.append(id) }
    }
    for id in next { refreshMove(id) }
    assign(next)
  }

  func confirmTransfer(_ id: Int) throws {
    for move in rows("stock.move", where: "picking_id", is: id)
    where move.text("state") == "draft" {
      set("stock.move", move.id, ["state": .text("confirmed")])
      refreshMove(move.id)
    }
    touch("stock.picking", id)
  }
}
