internal import JSON

/// Batches and waves: transfers that are worked on together (`stock_picking_batch`).
extension Database {
  /// `{"transfers": ["WH/OUT/00001", …], "wave": false}` makes one; answers `{"id", "name"}`.
  func makeBatch(_ json: JSON) throws -> JSON {
    guard models["stock.picking.batch"] != nil else {
      throw SimulatorError(name: "not found", message: "the module for batches is not installed")
    }
    let isWave = json["wave"]?.bool ?? false
    let transfers = try (json["transfers"]?.array ?? []).map { try transfer($0) }
    let name = next(isWave ? "WAVE/" : "BATCH/", digits: 5)
    let batch = add(
      "stock.picking.batch",
      [
        "name": .text(name), "is_wave": .bool(isWave), "company_id": .ref(1),
        "picking_type_id": transfers.first?["picking_type_id"] ?? .empty,
      ]
    )
    for transfer in transfers { set("stock.picking", transfer.id, ["batch_id": .ref(batch)]) }
    return ["id": .int(batch), "name": .string(name)]
  }

  /// A batch is done or cancelled once all its transfers are; nobody has to start it.
  func batchState(_ batch: Record) -> String {
    let states = rows("stock.picking", where: "batch_id", is: batch.id).map { $0.text("state") }
    if states.isEmpty { return "draft" }
    if states.allSatisfy({ $0 == "cancel" }) { return "cancel" }
    return states.allSatisfy { $0 == "cancel" || $0 == "done" } ? "done" : "in_progress"
  }

  /// A transfer that is done or cancelled alone leaves its batch, unless it was the last.
  func leaveBatch(_ id: Int) {
    guard let transfer = store.get("stock.picking", id), let batch = transfer.ref("batch_id") else {
      return
    }
    let state = transfer.text("state")
    let rest = rows("stock.picking", where: "batch_id", is: batch)
    if rest.contains(where: { $0.text("state") != state }) {
      set("stock.picking", id, ["batch_id": .empty])
    }
  }
}
