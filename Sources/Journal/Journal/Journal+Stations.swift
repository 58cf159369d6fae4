public import Floor
internal import JSON

extension Journal {
  /// The stations as they were after the last committed batch, with the rows of their tallies.
  public func stations() throws(SQLiteError) -> [String: (station: Station, tally: Int64?)] {
    let statement = try database.prepare(
      """
      SELECT name, last_closed, resync, tally.id, target, snapshot, counts
      FROM station LEFT JOIN tally ON tally.id = station.tally
      """
    )
    var found: [String: (station: Station, tally: Int64?)] = [:]
    while try statement.step() {
      let tally = statement.isNull(3) ? nil : Self.tally(statement)
      found[statement.text(0)] = (
        Station(
          tally: tally,
          lastClosed: statement.optionalText(1),
          needsResync: statement.bool(2)
        ),
        tally == nil ? nil : statement.int64(3)
      )
    }
    return found
  }

  private static func tally(_ statement: Statement) -> Tally? {
    guard let target = Confirmation.Target(key: statement.text(4)),
      let snapshot = (try? JSON.parse(statement.text(5))).flatMap({ Transfer(json: $0) }),
      let counts = try? JSON.parse(statement.text(6))
    else { return nil }
    return Tally(target: target, transfer: snapshot, counts: counts)
  }

  /// Stores a tally that was opened by the event `sequence`; returns its row.
  public func open(
    _ tally: Tally,
    at station: String,
    by sequence: Int64
  ) throws(SQLiteError) -> Int64 {
    let statement = statements.openTally
    try statement.bind(1, station)
    try statement.bind(2, tally.target.key)
    try statement.bind(3, tally.transfer.name)
    try statement.bind(4, tally.transfer.json.text)
    try statement.bind(5, tally.counts.text)
    try statement.bind(6, sequence)
    try statement.run()
    return database.lastInsertRowID
  }

  /// Stores what is counted now.
  public func update(_ row: Int64, _ tally: Tally) throws(SQLiteError) {
    try statements.updateTally.bind(1, row)
    try statements.updateTally.bind(2, tally.counts.text)
    try statements.updateTally.run()
  }

  /// Stores the end of a tally.
  public func close(
    _ row: Int64,
    _ tally: Tally,
    by sequence: Int64,
    outcome: TallyOutcome
  ) throws(SQLiteError) {
    let statement = statements.closeTally
    try statement.bind(1, row)
    try statement.bind(2, tally.counts.text)
    try statement.bind(3, sequence)
    try statement.bind(4, outcome.rawValue)
    try statement.run()
  }

  /// How a tally ended.
  public enum TallyOutcome: String, Sendable {
    /// It became a confirmation.
    case confirmed
    /// It was put away.
    case discarded
  }

  /// Stores a station, with the row of its open tally.
  public func put(
    _ station: Station,
    named name: String,
    tally: Int64?
  ) throws(SQLiteError) {
    let statement = statements.putStation
    try statement.bind(1, name)
    try statement.bind(2, tally)
    try statement.bind(3, station.lastClosed)
    try statement.bind(4, station.needsResync)
    try statement.run()
  }
}
