public import Dispatching
public import Floor
internal import JSON

/// The state of a confirmation in the outbox.
public enum ConfirmationState: String, CaseIterable, Sendable {
  /// Not tried yet, or to be tried again.
  case pending
  /// A call that may write was or is about to be sent, and its end is not known; on disk before the
  /// first byte leaves.
  case sending
  /// Waits for Odoo, for another confirmation, or for its back-off.
  case waiting
  /// Odoo agrees, shown by reading it back.
  case applied
  /// A person must decide.
  case parked
  /// Given up by a person, with a reason.
  case discarded
  /// A person has accepted what Odoo has instead; both versions are kept.
  case accepted

  /// True if nothing is to be done about it any more.
  public var isFinished: Bool {
    switch self {
    case .applied, .discarded, .accepted: true
    case .pending, .sending, .waiting, .parked: false
    }
  }

  /// The finished states, as a list of SQL.
  static let finished = "('applied', 'discarded', 'accepted')"
}

/// A change of a confirmation's state.
public struct ConfirmationChange: Sendable {
  /// The confirmation.
  public var uuid: String
  /// The new state.
  public var state: ConfirmationState
  /// Category of the exception, when parked.
  public var category: String?
  /// One sentence for people.
  public var reason: String?
  /// What Odoo and the floor say, as JSON.
  public var detail: String?
  /// Attempts that ended without a decision.
  public var attempts: Int
  /// The transfer's id, once a remainder is bound.
  public var transferID: Int?
  /// Database ids of the backorders that Odoo made.
  public var backorders: [Int]?
  /// Database ids of the moves that take on what was validated (`move_dest_ids`).
  public var nextMoves: [Int]?
  /// Who did it: `agent` or a person.
  public var actor: String

  /// A change of a confirmation.
  public init(
    uuid: String,
    state: ConfirmationState,
    category: String? = nil,
    reason: String? = nil,
    detail: String? = nil,
    attempts: Int,
    transferID: Int? = nil,
    backorders: [Int]? = nil,
    nextMoves: [Int]? = nil,
    actor: String = "agent"
  ) {
    self.uuid = uuid
    self.state = state
    self.category = category
    self.reason = reason
    self.detail = detail
    self.attempts = attempts
    self.transferID = transferID
    self.backorders = backorders
    self.nextMoves = nextMoves
    self.actor = actor
  }
}

/// One call to Odoo that was made for a confirmation.
public struct CallRecord: Sendable {
  /// The confirmation.
  public var uuid: String
  /// Which attempt, from 1.
  public var attempt: Int
  /// The model.
  public var model: String
  /// The method.
  public var method: String
  /// The records, as text.
  public var ids: String
  /// How long it took in microseconds.
  public var micros: Int64
  /// `ok`, or what the failure means.
  public var outcome: String
  /// The failure's name and message.
  public var detail: String?

  /// A call of a confirmation.
  public init(
    uuid: String,
    attempt: Int,
    model: String,
    method: String,
    ids: String,
    micros: Int64,
    outcome: String,
    detail: String?
  ) {
    self.uuid = uuid
    self.attempt = attempt
    self.model = model
    self.method = method
    self.ids = ids
    self.micros = micros
    self.outcome = outcome
    self.detail = detail
  }
}

extension Journal {
  /// Adds a confirmation that the event `sequence` closed; returns its place in the outbox.
  public func add(
    _ confirmation: Confirmation,
    at station: String,
    by sequence: Int64,
    _ stamp: Stamp
  ) throws(SQLiteError) -> OutboxEntry {
    let statement = statements.addConfirmation
    var transferID: Int?
    if case .transfer(let id) = confirmation.target { transferID = id }
    try statement.bind(1, confirmation.uuid)
    try statement.bind(2, confirmation.target.key)
    try statement.bind(3, confirmation.transferName)
    try statement.bind(4, transferID)
    try statement.bind(5, confirmation.warehouse)
    try statement.bind(6, confirmation.chain)
    try statement.bind(7, confirmation.step.rawValue)
    try statement.bind(8, confirmation.json.text)
    try statement.bind(9, sequence)
    try statement.bind(10, station)
    try statement.bind(11, stamp.wall)
    try statement.run()
    let place = database.lastInsertRowID
    try index(confirmation, place)
    try transition(confirmation.uuid, .pending, reason: nil, actor: "floor", stamp)
    return OutboxEntry(
      uuid: confirmation.uuid,
      sequence: place,
      warehouse: confirmation.warehouse,
      chain: confirmation.chain,
      step: confirmation.step,
      operation: confirmation.operation,
      scheduled: confirmation.scheduled,
      closed: stamp.synced ? stamp.wall : nil
    )
  }

  /// Stores which packages, lots and serial numbers a confirmation names.
  func index(_ confirmation: Confirmation, _ place: Int64) throws(SQLiteError) {
    let names = Set(confirmation.lines.compactMap(\.lot))
      .union(confirmation.lines.compactMap(\.package)).union(confirmation.packages.map(\.name))
    for name in names {
      try statements.addName.bind(1, name)
      try statements.addName.bind(2, place)
      try statements.addName.run()
    }
  }

  /// The confirmations that name a package, lot or serial number, unless they were discarded, in
  /// the order of their closing.
  public func closures(naming name: String) throws(SQLiteError) -> [Closure] {
    try statements.findNamed.bind(1, name)
    return try closures(statements.findNamed)
  }

  /// The confirmations of a chain that were not discarded, in the order of their closing.
  public func closures(ofChain chain: String) throws(SQLiteError) -> [Closure] {
    try statements.closuresOfChain.bind(1, chain)
    return try closures(statements.closuresOfChain)
  }

  private func closures(_ statement: Statement) throws(SQLiteError) -> [Closure] {
    defer { statement.reset() }
    var found: [Closure] = []
    while try statement.step() {
      if let closure = Self.closure(statement) { found.append(closure) }
    }
    return found
  }

  /// A closure from content, state and backorders.
  private static func closure(_ statement: Statement) -> Closure? {
    guard
      let confirmation = (try? JSON.parse(statement.text(0))).flatMap({ Confirmation(json: $0) })
    else { return nil }
    return Closure(
      confirmation: confirmation,
      applied: ConfirmationState(rawValue: statement.text(1))?.isFinished ?? false,
      backorders: (try? JSON.parse(statement.text(2)))?.array?.compactMap(\.int) ?? []
    )
  }

  /// The confirmation that closed `target`, unless it was discarded; of several the newest.
  ///
  /// A transfer was also closed by a confirmation that had another target and was bound to it since.
  public func closure(of target: Confirmation.Target) throws(SQLiteError) -> Closure? {
    try statements.findClosure.bind(1, target.key)
    if let found = try closures(statements.findClosure).first { return found }
    guard case .transfer(let id) = target else { return nil }
    try statements.findBinding.bind(1, id)
    return try closures(statements.findBinding).first
  }

  /// Stores a change of state and its transition.
  public func apply(_ change: ConfirmationChange, _ stamp: Stamp) throws(SQLiteError) {
    let statement = statements.setState
    try statement.bind(1, change.uuid)
    try statement.bind(2, change.state.rawValue)
    try statement.bind(3, change.category)
    try statement.bind(4, change.reason)
    try statement.bind(5, change.detail)
    try statement.bind(6, change.attempts)
    try statement.bind(7, stamp.wall)
    try statement.bind(8, change.transferID)
    try statement.bind(9, change.backorders.map { JSON.array($0.map { .int($0) }).text })
    try statement.bind(10, change.nextMoves.map { JSON.array($0.map { .int($0) }).text })
    try statement.run()
    try transition(
      change.uuid,
      change.state,
      reason: change.reason,
      actor: change.actor,
      stamp
    )
  }

  private func transition(
    _ uuid: String,
    _ state: ConfirmationState,
    reason: String?,
    actor: String,
    _ stamp: Stamp
  ) throws(SQLiteError) {
    let statement = statements.addTransition
    try statement.bind(1, uuid)
    try statement.bind(2, stamp.wall)
    try statement.bind(3, state.rawValue)
    try statement.bind(4, reason)
    try statement.bind(5, actor)
    try statement.run()
  }

  /// Stores a call to Odoo.
  public func add(_ call: CallRecord, _ stamp: Stamp) throws(SQLiteError) {
    let statement = statements.addCall
    try statement.bind(1, call.uuid)
    try statement.bind(2, stamp.wall)
    try statement.bind(3, call.attempt)
    try statement.bind(4, call.model)
    try statement.bind(5, call.method)
    try statement.bind(6, call.ids)
    try statement.bind(7, call.micros)
    try statement.bind(8, call.outcome)
    try statement.bind(9, call.detail)
    try statement.run()
  }

  /// The confirmations that are not finished, oldest first, with their states.
  public func outbox() throws(SQLiteError) -> [(entry: OutboxEntry, state: ConfirmationState)] {
    let statement = try database.prepare(
      """
      SELECT c.uuid, c.seq, c.warehouse, c.chain, c.step, c.attempts, c.state,
        CASE WHEN json_valid(c.content) THEN json_extract(c.content, '$.operation') END,
        CASE WHEN json_valid(c.content) THEN json_extract(c.content, '$.scheduled') END,
        CASE WHEN e.synced THEN c.closed END
      FROM confirmation c LEFT JOIN event e ON e.seq = c.event
      WHERE c.state NOT IN \(ConfirmationState.finished) ORDER BY c.seq
      """
    )
    var found: [(entry: OutboxEntry, state: ConfirmationState)] = []
    while try statement.step() {
      guard let step = Transfer.Step(rawValue: statement.text(4)),
        let state = ConfirmationState(rawValue: statement.text(6))
      else { continue }
      found.append(
        (
          OutboxEntry(
            uuid: statement.text(0),
            sequence: statement.int64(1),
            warehouse: statement.int(2),
            chain: statement.text(3),
            step: step,
            attempts: statement.int(5),
            operation: statement.optionalText(7),
            scheduled: statement.optionalInt64(8),
            closed: statement.optionalInt64(9)
          ), state
        )
      )
    }
    return found
  }
}
