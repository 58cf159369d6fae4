/// What an operator asked of the agent, on the command line or over the API.
public struct OperatorRequest: Sendable {
  /// Its row.
  public var id: Int64
  /// Who asked.
  public var actor: String
  /// What is to be done.
  public var action: Action
  /// The confirmation, or the id of a finding.
  public var uuid: String
  /// Why; always there for a discard.
  public var reason: String?
  /// An edit, as JSON.
  public var content: String?

  /// What an operator may ask for.
  public enum Action: String, Sendable {
    /// Try a parked or waiting confirmation again now.
    case retry
    /// Give a confirmation up.
    case discard
    /// Correct a parked confirmation, and try it again.
    case edit
    /// Close a parked confirmation as Odoo has it.
    case accept
    /// Apply what fits of a parked confirmation; the rest becomes a finding.
    case split
    /// Let the journal speak to another Odoo than before; no confirmation belongs to it.
    case rebind
    /// Send what was applied once more, under a new identity: Odoo was restored from a backup.
    case applyAgain = "apply_again"
    /// Apply a count of stock though much differs.
    case approve
    /// Make the nightly comparison now; no confirmation belongs to it.
    case reconcile
  }
}

extension JournalReader {
  /// Requests that were not handled yet, oldest first.
  public func openRequests() throws(SQLiteError) -> [OperatorRequest] {
    let statement = try database.prepare(
      """
      SELECT id, actor, action, confirmation, reason, content FROM request
      WHERE handled IS NULL ORDER BY id
      """
    )
    var found: [OperatorRequest] = []
    while try statement.step() {
      guard let action = OperatorRequest.Action(rawValue: statement.text(2)) else { continue }
      found.append(
        OperatorRequest(
          id: statement.int64(0),
          actor: statement.text(1),
          action: action,
          uuid: statement.text(3),
          reason: statement.optionalText(4),
          content: statement.optionalText(5)
        )
      )
    }
    return found
  }

  /// What came of a request; nil while it is not handled.
  public func outcome(ofRequest token: String) throws(SQLiteError) -> String? {
    let statement = try database.prepare("SELECT handled FROM request WHERE token = ?")
    try statement.bind(1, token)
    return try statement.step() ? statement.optionalText(0) : nil
  }

  /// A line of the audit trail.
  public struct Audit: Sendable {
    /// When, in milliseconds since 1970.
    public var at: Int64
    /// Who.
    public var actor: String
    /// What was done, and what came of it.
    public var action: String
    /// Why.
    public var reason: String?
    /// What was there before and after, as JSON.
    public var content: String?
  }

  /// The audit trail of a confirmation or a finding, oldest first.
  public func audits(of subject: String) throws(SQLiteError) -> [Audit] {
    let statement = try database.prepare(
      "SELECT at, actor, action, reason, content FROM audit WHERE subject = ? ORDER BY id"
    )
    try statement.bind(1, subject)
    var found: [Audit] = []
    while try statement.step() {
      found.append(
        Audit(
          at: statement.int64(0),
          actor: statement.text(1),
          action: statement.text(2),
          reason: statement.optionalText(3),
          content: statement.optionalText(4)
        )
      )
    }
    return found
  }
}

/// A request before the agent has it.
public struct RequestDraft: Sendable {
  /// What is to be done.
  public var action: OperatorRequest.Action
  /// The confirmation, or the id of a finding.
  public var subject: String
  /// Who asks.
  public var actor: String
  /// Why.
  public var reason: String?
  /// An edit, as JSON.
  public var content: String?
  /// Random text by which its outcome is found.
  public var token: String?

  /// A request by `actor`.
  public init(
    _ action: OperatorRequest.Action,
    _ subject: String,
    actor: String,
    reason: String? = nil,
    content: String? = nil,
    token: String? = nil
  ) {
    self.action = action
    self.subject = subject
    self.actor = actor
    self.reason = reason
    self.content = content
    self.token = token
  }

  func add(to database: Database, at: Int64) throws(SQLiteError) {
    let statement = try database.prepare(
      """
      INSERT INTO request(at, actor, action, confirmation, reason, content, token)
      VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)
      """
    )
    try statement.bind(1, at)
    try statement.bind(2, actor)
    try statement.bind(3, action.rawValue)
    try statement.bind(4, subject)
    try statement.bind(5, reason)
    try statement.bind(6, content)
    try statement.bind(7, token)
    try statement.run()
  }
}

extension Journal {
  /// Marks a request as handled, with what came of it, and audits it.
  public func handled(
    _ request: OperatorRequest,
    _ outcome: String,
    _ stamp: Stamp
  ) throws(SQLiteError) {
    let mark = try database.prepare("UPDATE request SET handled = ?2 WHERE id = ?1")
    try mark.bind(1, request.id)
    try mark.bind(2, outcome)
    try mark.run()
    try audit(
      actor: request.actor,
      action: "\(request.action.rawValue): \(outcome)",
      subject: request.uuid,
      reason: request.reason,
      stamp
    )
  }

  /// Adds a request, to be carried out and marked as handled later.
  public func add(_ draft: RequestDraft, _ stamp: Stamp) throws(SQLiteError) {
    try draft.add(to: database, at: stamp.wall)
  }

  /// Adds a line to the audit trail.
  public func audit(
    actor: String,
    action: String,
    subject: String,
    reason: String?,
    content: String? = nil,
    _ stamp: Stamp
  ) throws(SQLiteError) {
    let add = try database.prepare(
      "INSERT INTO audit(at, actor, action, subject, reason, content) VALUES(?1, ?2, ?3, ?4, ?5, ?6)"
    )
    try add.bind(1, stamp.wall)
    try add.bind(2, actor)
    try add.bind(3, action)
    try add.bind(4, subject)
    try add.bind(5, reason)
    try add.bind(6, content)
    try add.run()
  }
}
