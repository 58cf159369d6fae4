public import Floor
internal import JSON

/// A confirmation whose content somebody has corrected.
public struct Revision: Sendable {
  /// What it says now, under a new key.
  public var confirmation: Confirmation
  /// What it said before.
  public var before: Confirmation
  /// What was decided, such as `edit`.
  public var decision: String
  /// Who decided it.
  public var actor: String
  /// Why.
  public var reason: String?
  /// What Odoo and the floor said, as JSON.
  public var detail: String?

  /// A revision by `actor`.
  public init(
    _ confirmation: Confirmation,
    before: Confirmation,
    decision: String,
    actor: String,
    reason: String?,
    detail: String?
  ) {
    self.confirmation = confirmation
    self.before = before
    self.decision = decision
    self.actor = actor
    self.reason = reason
    self.detail = detail
  }
}

extension Journal {
  /// Puts a corrected content in the place of the old one, which the audit trail keeps; the
  /// confirmation is to be tried again.
  public func apply(_ revision: Revision, _ stamp: Stamp) throws(SQLiteError) {
    let confirmation = revision.confirmation
    let statement = try database.prepare(
      "UPDATE confirmation SET content = ?2 WHERE uuid = ?1"
    )
    try statement.bind(1, confirmation.uuid)
    try statement.bind(2, confirmation.json.text)
    try statement.run()
    let place = try database.prepare("SELECT seq FROM confirmation WHERE uuid = ?")
    try place.bind(1, confirmation.uuid)
    if try place.step() {
      let sequence = place.int64(0)
      let forget = try database.prepare("DELETE FROM confirmation_name WHERE confirmation = ?")
      try forget.bind(1, sequence)
      try forget.run()
      try index(confirmation, sequence)
    }
    try apply(
      ConfirmationChange(
        uuid: confirmation.uuid,
        state: .pending,
        reason: revision.reason ?? revision.decision,
        attempts: 0,
        actor: revision.actor
      ),
      stamp
    )
    let content: JSON = [
      "before": revision.before.json, "after": confirmation.json,
      "exception": revision.detail.flatMap { try? JSON.parse($0) } ?? .null,
    ]
    try audit(
      actor: revision.actor,
      action: "\(revision.decision): content replaced",
      subject: confirmation.uuid,
      reason: revision.reason,
      content: content.text,
      stamp
    )
  }
}
