/// An exception that is no confirmation: something in Odoo's plans or on the floor that a person
/// should look at.
public struct FindingDraft: Hashable, Sendable {
  /// What tells it from all others; the same fact has the same identity each time it is seen.
  public var identity: String
  /// Code of the exception.
  public var code: String
  /// Name of the transfer, where it is about one.
  public var transfer: String?
  /// What was found.
  public var sentence: String
  /// What Odoo and the floor say, as JSON.
  public var detail: String

  /// A finding that is not in the journal yet.
  public init(
    identity: String,
    code: String,
    transfer: String?,
    sentence: String,
    detail: String
  ) {
    self.identity = identity
    self.code = code
    self.transfer = transfer
    self.sentence = sentence
    self.detail = detail
  }
}

/// A finding as the journal keeps it.
public struct FindingRecord: Sendable {
  /// Its number; people call it `F` with the number.
  public var id: Int64
  /// What was found.
  public var draft: FindingDraft
  /// Its state.
  public var state: State
  /// When it was found first, in milliseconds since 1970.
  public var since: Int64
  /// When its state changed last.
  public var changed: Int64
  /// Who changed it last: `agent` or a person.
  public var actor: String
  /// Why.
  public var reason: String?

  /// Its name for people.
  public var name: String { "F\(id)" }

  /// What became of it.
  public enum State: String, Sendable {
    /// Somebody has to look at it.
    case open
    /// Somebody has; it is not told again while it stays true.
    case dropped
    /// It is not true any more.
    case gone
  }
}

/// A change of a finding.
public enum FindingChange: Sendable {
  /// It was found, or is otherwise than before.
  case found(FindingDraft)
  /// It is not true any more.
  case gone(identity: String)
  /// Somebody has dealt with it.
  case dropped(id: Int64, actor: String, reason: String)
}

extension Journal {
  /// Stores a change of a finding, with its line in the audit trail.
  public func apply(_ change: FindingChange, _ stamp: Stamp) throws(SQLiteError) {
    switch change {
    case .found(let draft): try add(draft, stamp)
    case .gone(let identity):
      let find = try database.prepare(
        "SELECT id FROM finding WHERE identity = ? AND state <> 'gone'"
      )
      try find.bind(1, identity)
      guard try find.step() else { return }
      let id = find.int64(0)
      find.reset()
      try end(id, .gone, actor: "agent", reason: "It is not true any more.", stamp)
    case .dropped(let id, let actor, let reason):
      try end(id, .dropped, actor: actor, reason: reason, stamp)
    }
  }

  private func add(_ draft: FindingDraft, _ stamp: Stamp) throws(SQLiteError) {
    let update = try database.prepare(
      """
      UPDATE finding SET sentence = ?2, detail = ?3, transfer = ?4
      WHERE identity = ?1 AND state <> 'gone' RETURNING id
      """
    )
    try update.bind(1, draft.identity)
    try update.bind(2, draft.sentence)
    try update.bind(3, draft.detail)
    try update.bind(4, draft.transfer)
    let isKnown = try update.step()
    update.reset()
    guard !isKnown else { return }
    let insert = try database.prepare(
      """
      INSERT INTO finding(identity, code, transfer, sentence, detail, state, since, changed, actor)
      VALUES(?1, ?2, ?3, ?4, ?5, 'open', ?6, ?6, 'agent')
      """
    )
    try insert.bind(1, draft.identity)
    try insert.bind(2, draft.code)
    try insert.bind(3, draft.transfer)
    try insert.bind(4, draft.sentence)
    try insert.bind(5, draft.detail)
    try insert.bind(6, stamp.wall)
    try insert.run()
    try audit(
      actor: "agent",
      action: "found \(draft.code)",
      subject: "F\(database.lastInsertRowID)",
      reason: draft.sentence,
      stamp
    )
  }

  private func end(
    _ id: Int64,
    _ state: FindingRecord.State,
    actor: String,
    reason: String,
    _ stamp: Stamp
  ) throws(SQLiteError) {
    let update = try database.prepare(
      "UPDATE finding SET state = ?2, changed = ?3, actor = ?4, reason = ?5 WHERE id = ?1"
    )
    try update.bind(1, id)
    try update.bind(2, state.rawValue)
    try update.bind(3, stamp.wall)
    try update.bind(4, actor)
    try update.bind(5, reason)
    try update.run()
    try audit(
      actor: actor,
      action: state.rawValue,
      subject: "F\(id)",
      reason: reason,
      stamp
    )
  }
}

extension JournalReader {
  /// Findings, oldest first: those that are open, or also those that were dealt with.
  ///
  /// - Parameter states: The states that are asked for.
  public func findings(
    _ states: Set<FindingRecord.State> = [.open],
    limit: Int = 1000
  ) throws(SQLiteError) -> [FindingRecord] {
    let list = states.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")
    let statement = try database.prepare(
      "\(Self.findingColumns) WHERE state IN (\(list)) ORDER BY id LIMIT ?"
    )
    try statement.bind(1, limit)
    return try findings(statement)
  }

  /// The finding of that number; nil if there is none.
  public func finding(_ id: Int64) throws(SQLiteError) -> FindingRecord? {
    let statement = try database.prepare("\(Self.findingColumns) WHERE id = ?")
    try statement.bind(1, id)
    return try findings(statement).first
  }

  /// The number in a finding's name, such as `F12`; nil if it is no such name.
  public static func findingNumber(_ name: String) -> Int64? {
    guard let first = name.utf8.first, first == UInt8(ascii: "F") || first == UInt8(ascii: "f")
    else { return nil }
    return Int64(name.dropFirst())
  }

  private static let findingColumns =
    """
    SELECT id, identity, code, transfer, sentence, detail, state, since, changed, actor, reason
    FROM finding
    """

  private func findings(_ statement: Statement) throws(SQLiteError) -> [FindingRecord] {
    var found: [FindingRecord] = []
    while try statement.step() {
      found.append(
        FindingRecord(
          id: statement.int64(0),
          draft: FindingDraft(
            identity: statement.text(1),
            code: statement.text(2),
            transfer: statement.optionalText(3),
            sentence: statement.text(4),
            detail: statement.text(5)
          ),
          state: FindingRecord.State(rawValue: statement.text(6)) ?? .open,
          since: statement.int64(7),
          changed: statement.int64(8),
          actor: statement.text(9),
          reason: statement.optionalText(10)
        )
      )
    }
    return found
  }
}
