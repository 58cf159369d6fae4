internal import Floor
internal import JSON

extension Journal {
  /// The id that answers carry for an event without one of its own.
  public static func answerID(_ sequence: Int64) -> String { "e\(sequence)" }

  /// The sequence of an id made by `answerID`.
  public static func sequence(ofAnswerID id: String) -> Int64? {
    id.hasPrefix("e") ? Int64(id.dropFirst()) : nil
  }

  /// Adds an event to the open batch; returns its sequence.
  public func append(_ row: EventRow, _ stamp: Stamp) throws(SQLiteError) -> Int64 {
    let sequence = nextSequence
    let statement = statements.addEvent
    try statement.bind(1, sequence)
    try statement.bind(2, row.id)
    try statement.bind(3, row.key)
    try statement.bind(4, Int64(bitPattern: row.hash))
    try statement.bind(5, stamp.boot)
    try statement.bind(6, stamp.monotonic)
    try statement.bind(7, stamp.wall)
    try statement.bind(8, stamp.synced)
    try statement.bind(9, row.topic)
    try statement.bind(10, row.device)
    try statement.bind(11, row.station)
    try statement.bind(12, row.profile)
    try statement.bind(13, row.kind?.rawValue)
    try statement.bind(14, row.deviceTime)
    try statement.bind(15, row.payload)
    try statement.bind(16, row.size)
    try statement.bind(17, row.generation)
    try statement.bind(18, Int64(row.packetID))
    try statement.bind(19, row.transfer)
    try statement.bind(20, row.verdict.code.rawValue)
    try statement.bind(21, row.verdict.json.text)
    try statement.run()
    nextSequence += 1
    return sequence
  }

  /// The event with that identity, if there is one.
  public func event(key: String) throws(SQLiteError) -> KnownEvent? {
    let statement = statements.findKey
    defer { statement.reset() }
    try statement.bind(1, key)
    return try statement.step() ? Self.known(statement) : nil
  }

  /// The event of a row of `JournalStatements.known`; nil if its verdict cannot be read.
  private static func known(_ statement: Statement) -> KnownEvent? {
    let sequence = statement.int64(0)
    guard let verdict = verdict(statement.text(2)) else { return nil }
    return KnownEvent(
      sequence: sequence,
      hash: UInt64(bitPattern: statement.int64(1)),
      verdict: verdict,
      id: statement.optionalText(3) ?? answerID(sequence),
      device: statement.optionalText(5),
      profile: statement.optionalText(6),
      station: statement.optionalText(4)
    )
  }

  static func verdict(_ text: String) -> Verdict? {
    (try? JSON.parse(text)).flatMap { Verdict(json: $0) }
  }

  /// Notes that an event came once more.
  public func noteRepeat(of sequence: Int64) throws(SQLiteError) {
    try statements.addRepeat.bind(1, sequence)
    try statements.addRepeat.run()
  }

  /// The last deliveries of a session generation, newest last.
  public func deliveries(
    generation: Int64,
    limit: Int
  ) throws(SQLiteError) -> [Delivery] {
    let statement = try database.prepare(
      """
      SELECT packet, topic, hash, seq FROM
        (SELECT * FROM event ORDER BY seq DESC LIMIT ?2)
      WHERE generation = ?1 ORDER BY seq
      """
    )
    try statement.bind(1, generation)
    try statement.bind(2, limit)
    var found: [Delivery] = []
    while try statement.step() {
      found.append(
        Delivery(
          packetID: UInt16(truncatingIfNeeded: statement.int64(0)),
          topic: statement.text(1),
          hash: UInt64(bitPattern: statement.int64(2)),
          sequence: statement.int64(3)
        )
      )
    }
    return found
  }

  /// Events after `sequence` with what is needed to answer them again.
  ///
  /// - Returns: Oldest first, at most `limit`, with the boot and monotonic time of each.
  public func unanswered(
    after sequence: Int64,
    limit: Int
  ) throws(SQLiteError) -> [(event: KnownEvent, boot: Int64, monotonic: Int64)] {
    let statement = try database.prepare(
      """
      SELECT \(JournalStatements.known), boot, mono FROM event
      WHERE seq > ?1 AND device IS NOT NULL ORDER BY seq LIMIT ?2
      """
    )
    try statement.bind(1, sequence)
    try statement.bind(2, limit)
    var found: [(event: KnownEvent, boot: Int64, monotonic: Int64)] = []
    while try statement.step() {
      if let event = Self.known(statement) {
        found.append((event, statement.int64(7), statement.int64(8)))
      }
    }
    return found
  }
}
