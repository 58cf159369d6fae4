/// What an operator asked of the agent, from another process.
public struct OperatorRequest: Sendable {
  /// Its row.
  public var id: Int64
  /// Who asked.
  public var actor: String
  /// What is to be done.
  public var action: Action
  /// The confirmation.
  public var uuid: String
  /// Why; always there for a discard.
  public var reason: String?

  /// What an operator may ask for.
  public enum Action: String, Sendable {
    /// Try a parked or waiting confirmation again now.
    case retry
    /// Give a confirmation up.
    case discard
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
      SELECT id, actor, action, confirmation, reason FROM request
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
          reason: statement.optionalText(4)
        )
      )
    }
    return found
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

  /// Adds a line to the audit trail.
  public func audit(
    actor: String,
    action: String,
    subject: String,
    reason: String?,
    _ stamp: Stamp
  ) throws(SQLiteError) {
    let add = try database.prepare(
      "INSERT INTO audit(at, actor, action, subject, reason) VALUES(?1, ?2, ?3, ?4, ?5)"
    )
    try add.bind(1, stamp.wall)
    try add.bind(2, actor)
    try add.bind(3, action)
    try add.bind(4, subject)
    try add.bind(5, reason)
    try add.run()
  }
}
