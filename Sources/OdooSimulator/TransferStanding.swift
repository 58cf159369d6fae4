/// How a transfer stands, for those who watch every call.
public struct TransferStanding: Hashable, Sendable {
  /// Odoo's state, such as `assigned`.
  public let state: String
  /// Times that a validation moved its stock.
  public let validations: Int
  /// Times that its lines were changed after it was done, so that stock moved.
  public let doneEdits: Int
}

extension OdooSimulatorAdmin {
  /// All transfers by id; costs far less than the whole state.
  public func standings() -> [Int: TransferStanding] {
    simulator.locked { database, _ in
      var all: [Int: TransferStanding] = [:]
      for id in database.store.ids("stock.picking") {
        guard let row = database.store.get("stock.picking", id) else { continue }
        all[id] = TransferStanding(
          state: row.text("state"),
          validations: Int(row["_validated"].double),
          doneEdits: Int(row["_done_edits"].double)
        )
      }
      return all
    }
  }
}
