extension JournalReader {
  /// All transfers that are held at stations, by their names: in work, in a batch or load, or put
  /// aside.
  public func heldTransfers() throws(SQLiteError) -> [String: String] {
    let statement = try database.prepare(
      "SELECT transfer, station FROM tally WHERE closed IS NULL ORDER BY id"
    )
    var found: [String: String] = [:]
    while try statement.step() { found[statement.text(0)] = statement.text(1) }
    return found
  }
}
