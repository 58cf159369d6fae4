public import Floor

/// A confirmation as a reconciliation looks at it: what the journal says became of it.
public struct ReconcileEntry: Hashable, Sendable {
  /// Identity of the confirmation.
  public var uuid: String
  /// Name of the transfer, for people.
  public var transfer: String
  /// Database id of the transfer it was bound to; nil while it is not known.
  public var transferID: Int?
  /// What was counted; nil if the journal's row cannot be read.
  public var content: Confirmation?
  /// What became of it here.
  public var standing: Standing
  /// The journal's sentence about its state.
  public var reason: String?
  /// Who brought it into its state: `agent`, or a person.
  public var actor: String
  /// When it was closed on the floor, in milliseconds since 1970 by the box's clock.
  public var closed: Int64
  /// When it came into its state, in milliseconds since 1970 by the box's clock.
  public var changed: Int64

  /// What became of a confirmation here.
  public enum Standing: Hashable, Sendable {
    /// Odoo agreed, shown by reading it back.
    case applied
    /// It waits for Odoo, or is being sent.
    case waiting
    /// It waits for a person's decision.
    case parked
    /// A person gave it up.
    case givenUp
  }

  /// A confirmation with all that is known of it.
  public init(
    uuid: String,
    transfer: String,
    transferID: Int?,
    content: Confirmation?,
    standing: Standing,
    reason: String?,
    actor: String,
    closed: Int64,
    changed: Int64
  ) {
    self.uuid = uuid
    self.transfer = transfer
    self.transferID = transferID
    self.content = content
    self.standing = standing
    self.reason = reason
    self.actor = actor
    self.closed = closed
    self.changed = changed
  }
}
