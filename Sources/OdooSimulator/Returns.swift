internal import JSON

/// What the return wizard of a done transfer does.
extension Database {
  /// Brings all goods of a done transfer back to where they came from; answers the id of the
  /// transfer that did it.
  func makeReturn(_ transfer: Record) throws -> Int {
    let id = try createTransfer([
      "partner_id": transfer["partner_id"], "return_id": .ref(transfer.id),
      "picking_type_id": transfer["picking_type_id"],
      "location_id": transfer["location_dest_id"], "location_dest_id": transfer["location_id"],
      "origin": .text("Return of \(transfer.text("name"))"),
    ])
    for move in rows("stock.move", where: "picking_id", is: transfer.id)
    where move.text("state") == "done" {
      _ = addMove(
        copy(
          move,
          [
            "picking_id": .ref(id), "product_uom_qty": .number(move.double("quantity")),
            "location_id": move["location_dest_id"], "location_dest_id": move["location_id"],
            "procure_method": .text("make_to_stock"), "origin_returned_move_id": .ref(move.id),
          ]
        )
      )
    }
    try confirmTransfer(id)
    assign(rows("stock.move", where: "picking_id", is: id).map(\.id))
    context["skip_sms"] = true
    context["skip_expired"] = true
    context["skip_backorder"] = true
    _ = try validate([id])
    return id
  }
}
