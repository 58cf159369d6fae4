public import Floor
internal import JSON

/// What the desk looks at besides the outbox.
extension JournalReader {
  /// A tally that was closed with a confirmation.
  public struct ClosedTally: Sendable {
    /// Its row.
    public var row: Int64
    /// The transfer as it was opened, and what was counted.
    public var tally: Tally
    /// The event that closed it.
    public var closed: Int64
  }

  /// The newest tallies that were closed with a confirmation; what cannot be read is left out.
  public func closedTallies(limit: Int) throws(SQLiteError) -> [ClosedTally] {
    let statement = try database.prepare(
      """
      SELECT id, target, snapshot, counts, closed FROM tally
      WHERE closed IS NOT NULL AND outcome = 'confirmed' ORDER BY id DESC LIMIT ?
      """
    )
    try statement.bind(1, limit)
    var found: [ClosedTally] = []
    while try statement.step() {
      guard let target = Confirmation.Target(key: statement.text(1)),
        let transfer = (try? JSON.parse(statement.text(2))).flatMap({ Transfer(json: $0) }),
        let counts = try? JSON.parse(statement.text(3)),
        let tally = Tally(target: target, transfer: transfer, counts: counts)
      else { continue }
      found.append(
        ClosedTally(row: statement.int64(0), tally: tally, closed: statement.int64(4))
      )
    }
    return found
  }

  /// The event that finished the last count of each location, by the location's database id.
  public func lastCounts() throws(SQLiteError) -> [Int: Int64] {
    let statement = try database.prepare(
      "SELECT location, max(event) FROM stock_count GROUP BY location"
    )
    var found: [Int: Int64] = [:]
    while try statement.step() { found[statement.int(0)] = statement.int64(1) }
    return found
  }

  /// How often verdicts of some codes were given.
  public struct VerdictCount: Sendable {
    /// Name of the transfer that was open, if one was.
    public var transfer: String?
    /// The station.
    public var station: String
    /// The verdict's code.
    public var code: String
    /// How often.
    public var count: Int
  }

  /// Counts verdicts of these codes among the newest events.
  public func verdictCounts(
    _ codes: [String],
    newest: Int
  ) throws(SQLiteError) -> [VerdictCount] {
    let list = codes.map { "'\($0)'" }.joined(separator: ", ")
    let statement = try database.prepare(
      """
      SELECT transfer, coalesce(station, device, '?'), code, count(*) FROM event
      WHERE seq > (SELECT max(seq) FROM event) - ? AND code IN (\(list))
      GROUP BY 1, 2, 3
      """
    )
    try statement.bind(1, newest)
    var found: [VerdictCount] = []
    while try statement.step() {
      found.append(
        VerdictCount(
          transfer: statement.optionalText(0),
          station: statement.text(1),
          code: statement.text(2),
          count: statement.int(3)
        )
      )
    }
    return found
  }

  /// Names and database ids of the transfers that were closed here and not given up.
  public func closedTransfers() throws(SQLiteError) -> (names: Set<String>, ids: Set<Int>) {
    let statement = try database.prepare(
      "SELECT transfer, transfer_id FROM confirmation WHERE state <> 'discarded'"
    )
    var found: (names: Set<String>, ids: Set<Int>) = ([], [])
    while try statement.step() {
      found.names.insert(statement.text(0))
      if let id = statement.optionalInt(1) { found.ids.insert(id) }
    }
    return found
  }

  /// The last change of a confirmation's state.
  public func lastTransition() throws(SQLiteError) -> Int64 {
    let statement = try database.prepare("SELECT max(id) FROM transition")
    return try statement.step() ? statement.int64(0) : 0
  }

  /// The last event's place.
  public func lastEvent() throws(SQLiteError) -> Int64 {
    let statement = try database.prepare("SELECT max(seq) FROM event")
    return try statement.step() ? statement.int64(0) : 0
  }
}
