public import Floor
internal import JSON

/// A confirmation with all that is known about it.
public struct ConfirmationRecord: Sendable {
  /// Its place in the outbox.
  public var sequence: Int64
  /// Its identity.
  public var uuid: String
  /// Name of the transfer.
  public var transfer: String
  /// Database id of the transfer, where it is known.
  public var transferID: Int?
  /// The order's chain.
  public var chain: String
  /// Database id of the warehouse.
  public var warehouse: Int
  /// The step of the work.
  public var step: String
  /// Its state.
  public var state: ConfirmationState
  /// Category of the exception.
  public var category: String?
  /// One sentence about the state.
  public var reason: String?
  /// What Odoo and the floor say, as JSON.
  public var detail: String?
  /// Attempts without a decision.
  public var attempts: Int
  /// The event that closed it.
  public var event: Int64
  /// Where it was closed.
  public var station: String
  /// When it was closed, in milliseconds since 1970.
  public var closed: Int64
  /// When its state changed last.
  public var changed: Int64
  /// Database ids of the backorders.
  public var backorders: [Int]
  /// Database ids of the moves that take on what was validated; empty until it is applied.
  public var nextMoves: [Int]
  /// The confirmation that took its place; nil for none.
  public var replacedBy: String?
  /// What was counted; nil if the row cannot be read.
  public var content: Confirmation?
}

extension JournalReader {
  static let confirmationColumns =
    """
    seq, uuid, transfer, transfer_id, chain, warehouse, step, state, category, reason, detail,
    attempts, event, station, closed, changed, backorders, content, next_moves, replaced_by
    """

  /// Confirmations, oldest first: those that are not finished, or all.
  public func confirmations(
    all: Bool = false,
    limit: Int = 1000
  ) throws(SQLiteError) -> [ConfirmationRecord] {
    let filter = all ? "" : "WHERE state NOT IN \(ConfirmationState.finished)"
    let statement = try database.prepare(
      "SELECT \(Self.confirmationColumns) FROM confirmation \(filter) ORDER BY seq LIMIT ?"
    )
    try statement.bind(1, limit)
    return try records(statement)
  }

  /// Confirmations of a transfer's name, or with a uuid or the beginning of one.
  public func confirmations(of key: String) throws(SQLiteError) -> [ConfirmationRecord] {
    let statement = try database.prepare(
      """
      SELECT \(Self.confirmationColumns) FROM confirmation
      WHERE transfer = ?1 COLLATE NOCASE OR (length(?1) >= 6 AND substr(uuid, 1, length(?1)) = ?1)
      ORDER BY seq
      """
    )
    try statement.bind(1, key)
    return try records(statement)
  }

  /// The confirmation with exactly that uuid; nil if there is none.
  public func confirmation(_ uuid: String) throws(SQLiteError) -> ConfirmationRecord? {
    let statement = try database.prepare(
      "SELECT \(Self.confirmationColumns) FROM confirmation WHERE uuid = ?"
    )
    try statement.bind(1, uuid)
    return try records(statement).first
  }

  /// The confirmation that an event closed.
  public func confirmations(closedBy event: Int64) throws(SQLiteError) -> [ConfirmationRecord] {
    let statement = try database.prepare(
      "SELECT \(Self.confirmationColumns) FROM confirmation WHERE event = ?"
    )
    try statement.bind(1, event)
    return try records(statement)
  }

  /// Transfers that confirmations other than one are about, unless those were discarded.
  public func boundTransfers(except uuid: String) throws(SQLiteError) -> Set<Int> {
    let statement = try database.prepare(
      """
      SELECT DISTINCT transfer_id FROM confirmation
      WHERE transfer_id IS NOT NULL AND state <> 'discarded' AND uuid <> ?
      """
    )
    try statement.bind(1, uuid)
    var found: Set<Int> = []
    while try statement.step() { found.insert(statement.int(0)) }
    return found
  }

  func records(_ statement: Statement) throws(SQLiteError) -> [ConfirmationRecord] {
    var found: [ConfirmationRecord] = []
    while try statement.step() {
      guard let state = ConfirmationState(rawValue: statement.text(7)) else { continue }
      found.append(
        ConfirmationRecord(
          sequence: statement.int64(0),
          uuid: statement.text(1),
          transfer: statement.text(2),
          transferID: statement.optionalInt(3),
          chain: statement.text(4),
          warehouse: statement.int(5),
          step: statement.text(6),
          state: state,
          category: statement.optionalText(8),
          reason: statement.optionalText(9),
          detail: statement.optionalText(10),
          attempts: statement.int(11),
          event: statement.int64(12),
          station: statement.text(13),
          closed: statement.int64(14),
          changed: statement.int64(15),
          backorders: (try? JSON.parse(statement.text(16)))?.array?.compactMap(\.int) ?? [],
          nextMoves: (try? JSON.parse(statement.text(18)))?.array?.compactMap(\.int) ?? [],
          replacedBy: statement.optionalText(19),
          content: (try? JSON.parse(statement.text(17))).flatMap { Confirmation(json: $0) }
        )
      )
    }
    return found
  }

  /// A change of a confirmation's state, as it was noted.
  public struct Transition: Sendable {
    /// When, in milliseconds since 1970.
    public var at: Int64
    /// The state.
    public var state: String
    /// Why.
    public var reason: String?
    /// Who.
    public var actor: String
  }

  /// All changes of a confirmation's state, oldest first.
  public func transitions(of uuid: String) throws(SQLiteError) -> [Transition] {
    let statement = try database.prepare(
      "SELECT at, state, reason, actor FROM transition WHERE confirmation = ? ORDER BY id"
    )
    try statement.bind(1, uuid)
    var found: [Transition] = []
    while try statement.step() {
      found.append(
        Transition(
          at: statement.int64(0),
          state: statement.text(1),
          reason: statement.optionalText(2),
          actor: statement.text(3)
        )
      )
    }
    return found
  }

  /// A call to Odoo, as it was noted.
  public struct Call: Sendable {
    /// When it was noted, in milliseconds since 1970.
    public var at: Int64
    /// What was called.
    public var record: CallRecord
  }

  /// All calls for a confirmation, oldest first.
  public func calls(of uuid: String) throws(SQLiteError) -> [Call] {
    let statement = try database.prepare(
      """
      SELECT at, attempt, model, method, ids, micros, outcome, detail FROM call
      WHERE confirmation = ? ORDER BY id
      """
    )
    try statement.bind(1, uuid)
    var found: [Call] = []
    while try statement.step() {
      found.append(
        Call(
          at: statement.int64(0),
          record: CallRecord(
            uuid: uuid,
            attempt: statement.int(1),
            model: statement.text(2),
            method: statement.text(3),
            ids: statement.text(4),
            micros: statement.int64(5),
            outcome: statement.text(6),
            detail: statement.optionalText(7)
          )
        )
      )
    }
    return found
  }

  /// The contents of confirmations of a warehouse that have not been tried or wait, oldest first.
  public func waitingContents(
    warehouse: Int,
    limit: Int
  ) throws(SQLiteError) -> [Confirmation] {
    let statement = try database.prepare(
      """
      SELECT content FROM confirmation
      WHERE state IN ('pending', 'waiting') AND warehouse = ? ORDER BY seq LIMIT ?
      """
    )
    try statement.bind(1, warehouse)
    try statement.bind(2, limit)
    var found: [Confirmation] = []
    while try statement.step() {
      if let content = (try? JSON.parse(statement.text(0))).flatMap({ Confirmation(json: $0) }) {
        found.append(content)
      }
    }
    return found
  }

  /// How many confirmations are in each state.
  public func counts() throws(SQLiteError) -> [ConfirmationState: Int] {
    let statement = try database.prepare(
      "SELECT state, count(*) FROM confirmation GROUP BY state"
    )
    var found: [ConfirmationState: Int] = [:]
    while try statement.step() {
      if let state = ConfirmationState(rawValue: statement.text(0)) {
        found[state] = statement.int(1)
      }
    }
    return found
  }

  /// Asks the agent for something; it acts within a second, or when it runs again.
  public func request(
    _ action: OperatorRequest.Action,
    _ uuid: String,
    actor: String,
    reason: String?,
    at: Int64
  ) throws(SQLiteError) {
    try request(RequestDraft(action, uuid, actor: actor, reason: reason), at: at)
  }

  /// Asks the agent for something; it acts within a second, or when it runs again.
  public func request(_ draft: RequestDraft, at: Int64) throws(SQLiteError) {
    try draft.add(to: database, at: at)
  }
}
