public import Odoo

extension Outbox {
  /// What the driver has to do.
  public enum Action: Hashable, Sendable {
    /// Begin an attempt of this confirmation, and report its end to `finished`.
    case start(String)
    /// Call `tick` at this monotonic time, instead of any time that was asked for before.
    case wake(at: Duration)
    /// Note that the confirmation waits, with the attempts that it has used up.
    case wait(String, until: Duration, attempts: Int)
    /// Put the confirmation on the exception desk: it has failed too often.
    case park(String, Cause)
    /// Tell the operator; comes once for as long as it lasts.
    case alarm(Alarm)
    /// What was told is over.
    case clear(Alarm)
  }

  /// Why the outbox itself gives a confirmation up.
  public enum Cause: String, CaseIterable, Sendable {
    /// Every attempt failed, though Odoo answers others.
    case keepsFailing = "keeps_failing"
  }

  /// What an operator has to know.
  public enum Alarm: String, Sendable {
    /// Odoo cannot be reached, or cannot serve; the outbox goes on by itself.
    case unreachable
    /// Odoo refuses the user or the key; nothing goes on until somebody renews it.
    case denied
  }

  /// How an attempt ended.
  public enum Outcome: Hashable, Sendable {
    /// Odoo agrees, shown by reading it back.
    case applied
    /// A person must decide; the rest of the chain waits behind it.
    case parked
    /// To be tried again.
    case later(Reason, retryAfter: Duration? = nil)
  }

  /// Why an attempt has to be made again.
  public enum Reason: Hashable, Sendable {
    /// Odoo could not be reached.
    case unreachable
    /// Odoo or its database could not serve.
    case unavailable
    /// No answer came in time; the next attempt reads first.
    case unanswered
    /// Odoo answered that it cannot be done now, such as for a concurrent transaction.
    case conflict
    /// Odoo refused the user or the key.
    case denied
    /// Odoo has not made the transfer yet that the confirmation is for.
    case notYet
    /// An earlier call got no answer and may still be carried out; to be looked at again when the
    /// attempt asks for it.
    case unsettled

    /// The reason that a failed call gives.
    public init(_ kind: OdooFailure.Kind) {
      self =
        switch kind {
        case .unreachable: .unreachable
        case .unavailable: .unavailable
        case .unanswered: .unanswered
        case .denied: .denied
        case .conflict, .forbidden, .refused, .missing, .contract: .conflict
        }
    }
  }

  /// Whether Odoo can be reached, for the console.
  public enum Connection: String, Sendable {
    /// Confirmations flow.
    case open
    /// Odoo could not be reached or could not serve; it is tried from time to time.
    case broken
    /// Odoo refused the user or the key; it is tried from time to time.
    case denied
    /// The box itself has no network; nothing is tried.
    case offline
  }

  /// Where a confirmation stands, for the console.
  public enum Standing: Hashable, Sendable {
    /// It is its turn as soon as there is room.
    case ready
    /// It waits for its next attempt.
    case waiting(until: Duration)
    /// It waits behind an earlier one of its chain.
    case behind(String)
    /// An attempt is under way.
    case inFlight
    /// A person must decide.
    case parked
  }
}
