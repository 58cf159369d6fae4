public import Floor
internal import JSON

/// A finished count of stock, as the journal keeps it.
public struct StockCountRecord: Sendable {
  /// The count; a line that could not be read is left out.
  public var count: StockCount
  /// The event that finished it.
  public var event: Int64
  /// The station where it was counted.
  public var station: String
  /// When it was finished, in milliseconds since 1970 by the box's clock.
  public var counted: Int64
}

extension JournalReader {
  /// The finished counts of stock, oldest first.
  ///
  /// - Parameter since: Only those that were finished then or later, in milliseconds since 1970.
  public func stockCounts(since: Int64 = 0) throws(SQLiteError) -> [StockCountRecord] {
    let statement = try database.prepare(
      """
      SELECT uuid, location, place, content, event, station, counted FROM stock_count
      WHERE counted >= ? ORDER BY id
      """
    )
    try statement.bind(1, since)
    var found: [StockCountRecord] = []
    while try statement.step() {
      let lines = (try? JSON.parse(statement.text(3)))?.array ?? []
      found.append(
        StockCountRecord(
          count: StockCount(
            uuid: statement.text(0),
            location: Location(id: statement.int(1), name: statement.text(2)),
            lines: lines.compactMap(CountSheet.Line.init(json:))
          ),
          event: statement.int64(4),
          station: statement.text(5),
          counted: statement.int64(6)
        )
      )
    }
    return found
  }

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
