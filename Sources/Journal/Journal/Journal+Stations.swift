public import Floor
internal import JSON

extension Journal {
  /// A station with the rows of its tallies.
  public struct StoredStation {
    /// The station.
    public var station: Station
    /// Rows of its tallies, by target.
    public var rows: [Confirmation.Target: Int64]
  }

  /// The stations as they were after the last committed batch.
  public func stations() throws(SQLiteError) -> [String: StoredStation] {
    var tallies: [String: [(row: Int64, tally: Tally)]] = [:]
    let open = try database.prepare(
      """
      SELECT station, id, target, snapshot, counts FROM tally WHERE closed IS NULL ORDER BY id
      """
    )
    while try open.step() {
      guard let tally = Self.tally(open) else { continue }
      tallies[open.text(0), default: []].append((open.int64(1), tally))
    }
    let statement = try database.prepare(
      """
      SELECT name, last_closed, resync, state, tally.target
      FROM station LEFT JOIN tally ON tally.id = station.tally AND tally.closed IS NULL
      """
    )
    var found: [String: StoredStation] = [:]
    while try statement.step() {
      let held = tallies.removeValue(forKey: statement.text(0)) ?? []
      var state = (try? JSON.parse(statement.text(3)))?.object ?? JSONObject()
      // Written before stations had a state: the one tally was the one in work.
      if state["active"] == nil, let target = statement.optionalText(4) {
        state["active"] = .string(target)
      }
      found[statement.text(0)] = StoredStation(
        station: Station(
          tallies: held.map(\.tally),
          state: .object(state),
          lastClosed: statement.optionalText(1),
          needsResync: statement.bool(2)
        ),
        rows: Dictionary(held.map { ($0.tally.target, $0.row) }, uniquingKeysWith: { $1 })
      )
    }
    return found
  }

  private static func tally(_ statement: Statement) -> Tally? {
    guard let target = Confirmation.Target(key: statement.text(2)),
      let snapshot = (try? JSON.parse(statement.text(3))).flatMap({ Transfer(json: $0) }),
      let counts = try? JSON.parse(statement.text(4))
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

  /// Stores that a tally is held at another station now.
  public func move(_ row: Int64, to station: String) throws(SQLiteError) {
    try statements.moveTally.bind(1, row)
    try statements.moveTally.bind(2, station)
    try statements.moveTally.run()
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

  /// Stores a station, with the row of the tally in work.
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
    try statement.bind(5, station.state.text)
    try statement.run()
  }
}
