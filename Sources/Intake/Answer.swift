public import Dispatching
public import Floor
public import Journal
public import Odoo

/// An answer that may leave once its batch is on disk.
public struct Answer: Sendable {
  /// The event's place in the journal.
  public var sequence: Int64
  /// The id of the event that is answered.
  public var eventID: String
  /// The device that is answered.
  public var device: String
  /// The profile that forms the answer.
  public var profile: String
  /// The answer.
  public var verdict: Verdict
  /// True if the event came before and this is its stored verdict.
  public var isRepeat: Bool
}

/// What a committed batch brought.
public struct BatchOutcome: Sendable {
  /// Answers to be sent, in the order of their events.
  public var answers: [Answer] = []
  /// Confirmations that came into the outbox.
  public var closed: [OutboxEntry] = []
  /// Messages that were read.
  public var messages = 0
  /// Events that were new.
  public var events = 0
  /// Events that had come before.
  public var repeats = 0
  /// Messages that were no event or were refused before they were judged.
  public var rejected = 0
  /// Messages that carry no event, such as telemetry; they are not kept.
  public var ignored = 0
}

/// A change of the outbox that another thread wants in the journal.
public enum OutboxWork: Sendable {
  /// A confirmation changes its state.
  case change(ConfirmationChange)
  /// A call to Odoo was made.
  case call(CallRecord)
  /// Somebody has corrected a confirmation.
  case revised(Revision)
  /// An exception that is no confirmation was found, or is over.
  case finding(FindingChange)
  /// Somebody asks something of the agent.
  case request(RequestDraft)
  /// A decision is kept in the audit trail, with what it was about as JSON.
  case audit(actor: String, action: String, subject: String, reason: String?, content: String?)
  /// A name in the journal's `meta` gets a value.
  case meta(String, String)
  /// A request of an operator was handled.
  case handled(OperatorRequest, outcome: String)
  /// A confirmation is sent once more under a new identity.
  case again(Replacement)
  /// A count of stock changes its state.
  case count(CountChange)
  /// A comparison with Odoo was made.
  case reconciled(ReconcileReport)
}
