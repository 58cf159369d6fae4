/// One thing in which the journal and Odoo do not simply agree.
public struct ReconcileFinding: Hashable, Sendable {
  /// What kind of thing it is.
  public var kind: Kind
  /// False if nothing that is known explains it: a person must look at it.
  public var isExplained: Bool
  /// Name of the transfer.
  public var transfer: String
  /// Its database id.
  public var transferID: Int?
  /// The confirmation; nil for a transfer that has none.
  public var uuid: String?
  /// What is the case.
  public var sentence: String
  /// What to do; empty for nothing.
  public var advice: String
  /// Goods with both quantities, where they differ.
  public var lines: [LineDifference]
  /// The moment it is about, in milliseconds since 1970: the closing, or a write in Odoo.
  public var at: Int64?
  /// Who did it in Odoo.
  public var by: String?

  /// Kinds of findings; the raw values are stable.
  public enum Kind: String, CaseIterable, Sendable {
    /// Applied here, and open again in Odoo.
    case openAgain = "open_again"
    /// Applied here, and not in Odoo any more.
    case vanished
    /// Applied here, and Odoo has other goods; nothing says why.
    case differs
    /// Applied here, and somebody changed it in Odoo since.
    case changed = "changed_since"
    /// Applied here, and Odoo has another tracking reference.
    case tracking
    /// Goods were sent back.
    case returned
    /// Confirmed here, and not applied yet.
    case notApplied = "not_applied"
    /// Given up here by a person.
    case givenUp = "given_up"
    /// Done in Odoo, and the floor never saw it.
    case unseen
    /// Confirmed here, and the journal's row cannot be read or names no transfer.
    case unreadable
  }

  /// A finding with all its parts.
  public init(
    _ kind: Kind,
    isExplained: Bool,
    transfer: String,
    transferID: Int?,
    uuid: String?,
    sentence: String,
    advice: String = "",
    lines: [LineDifference] = [],
    at: Int64? = nil,
    by: String? = nil
  ) {
    self.kind = kind
    self.isExplained = isExplained
    self.transfer = transfer
    self.transferID = transferID
    self.uuid = uuid
    self.sentence = sentence
    self.advice = advice
    self.lines = lines
    self.at = at
    self.by = by
  }
}
