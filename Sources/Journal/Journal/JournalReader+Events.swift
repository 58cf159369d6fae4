public import Floor
internal import JSON

/// An event as it is shown to people.
public struct EventRecord: Sendable {
  /// Its place in the journal.
  public var sequence: Int64
  /// The id that answers carry.
  public var id: String
  /// When it was written, in milliseconds since 1970; corrected by the clock's first
  /// synchronisation of that boot.
  public var at: Int64
  /// True if that time can be trusted.
  public var isTimeProven: Bool
  /// Its topic.
  public var topic: String
  /// The device.
  public var device: String?
  /// The station.
  public var station: String?
  /// The profile that decoded it.
  public var profile: String?
  /// What it says; nil for a message that is no event.
  public var kind: String?
  /// The device's own time in milliseconds since 1970.
  public var deviceTime: Int64?
  /// The payload as it was kept.
  public var payload: [UInt8]
  /// Size of the payload as it came.
  public var size: Int
  /// Name of the transfer.
  public var transfer: String?
  /// The answer; nil if it cannot be read.
  public var verdict: Verdict?
  /// How often it came again.
  public var repeats: Int
}

/// Which events are wanted.
public struct EventFilter: Sendable {
  /// Only of this device.
  public var device: String?
  /// Only of this station.
  public var station: String?
  /// Only about this transfer.
  public var transfer: String?
  /// Only with this verdict.
  public var code: String?
  /// Only messages that were no events.
  public var rejectedOnly = false
  /// At most so many, the newest.
  public var limit = 50

  /// All events.
  public init() {}
}

extension JournalReader {
  private static let columns =
    """
    seq, event.id AS id, wall, synced, topic, device, station, profile, kind, device_time, payload, size,
    transfer, verdict, repeats, clock_offset, mono
    """

  /// Events, oldest first.
  public func events(_ filter: EventFilter) throws(SQLiteError) -> [EventRecord] {
    let statement = try database.prepare(
      """
      SELECT * FROM (
        SELECT \(Self.columns) FROM event LEFT JOIN boot ON boot.id = event.boot
        WHERE (?1 IS NULL OR device = ?1) AND (?2 IS NULL OR station = ?2)
          AND (?3 IS NULL OR transfer = ?3 COLLATE NOCASE) AND (?4 IS NULL OR code = ?4)
          AND (?5 = 0 OR kind IS NULL)
        ORDER BY seq DESC LIMIT ?6)
      ORDER BY seq
      """
    )
    try statement.bind(1, filter.device)
    try statement.bind(2, filter.station)
    try statement.bind(3, filter.transfer)
    try statement.bind(4, filter.code)
    try statement.bind(5, filter.rejectedOnly)
    try statement.bind(6, filter.limit)
    return try eventRecords(statement)
  }

  /// The events that answers call `id`; several devices may use one id.
  public func events(id: String) throws(SQLiteError) -> [EventRecord] {
    let statement = try database.prepare(
      """
      SELECT \(Self.columns) FROM event LEFT JOIN boot ON boot.id = event.boot
      WHERE event.id = ?1 OR (event.id IS NULL AND seq = ?2) ORDER BY seq
      """
    )
    try statement.bind(1, id)
    try statement.bind(2, Journal.sequence(ofAnswerID: id))
    return try eventRecords(statement)
  }

  /// Number of events in the journal, rejected ones included.
  public func eventCount() throws(SQLiteError) -> Int {
    Int(try database.integer("SELECT count(*) FROM event") ?? 0)
  }

  /// Open transfers by station.
  public func openTallies() throws(SQLiteError) -> [(station: String, transfer: String)] {
    let statement = try database.prepare(
      """
      SELECT name, tally.transfer FROM station JOIN tally ON tally.id = station.tally ORDER BY name
      """
    )
    var found: [(station: String, transfer: String)] = []
    while try statement.step() { found.append((statement.text(0), statement.text(1))) }
    return found
  }

  private func eventRecords(_ statement: Statement) throws(SQLiteError) -> [EventRecord] {
    var found: [EventRecord] = []
    while try statement.step() {
      let sequence = statement.int64(0)
      let offset = statement.optionalInt64(15)
      found.append(
        EventRecord(
          sequence: sequence,
          id: statement.optionalText(1) ?? Journal.answerID(sequence),
          at: offset.map { $0 + statement.int64(16) } ?? statement.int64(2),
          isTimeProven: offset != nil || statement.bool(3),
          topic: statement.text(4),
          device: statement.optionalText(5),
          station: statement.optionalText(6),
          profile: statement.optionalText(7),
          kind: statement.optionalText(8),
          deviceTime: statement.optionalInt64(9),
          payload: statement.bytes(10),
          size: statement.int(11),
          transfer: statement.optionalText(12),
          verdict: Journal.verdict(statement.text(13)),
          repeats: statement.int(14)
        )
      )
    }
    return found
  }
}
