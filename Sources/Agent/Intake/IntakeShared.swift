internal import Dispatching
internal import Intake

/// What the intake's thread shares with the others.
final class IntakeShared: Sendable {
  /// What is known of the running agent.
  struct State {
    var brokerConnected = false
    var brokerError: String?
    var journalError: String?
    var diskIsFull = false
    var feedbackDropped = 0
    var messages = 0
    var events = 0
    var repeats = 0
    var rejected = 0
    var ignored = 0
    var odooConnected = false
    var odooError: String?
    var mirrorRefreshed: Int64?
    var mirrorError: String?
    /// Row of this boot in the journal.
    var boot: Int64 = 0
    /// The last event in the journal.
    var lastSequence: Int64 = 0
    /// Which Odoo the journal belongs to, as `OdooBinding.text`.
    var binding: String?
    /// True once a person allowed another Odoo.
    var mayRebind = false
    var isStopping = false
    var failure: String?
    /// The outbox as the journal had it when it was opened; nil until then.
    var outbox: [OutboxEntry]?
    /// Confirmations that came since, for the dispatcher.
    var closed: [OutboxEntry] = []
    var lastTurn: Int64 = 0
    /// Called when `closed` has grown.
    var whenClosed: (@Sendable () -> Void)?
  }

  let wakeUp = WakeUp()
  let mailbox: OutboxMailbox
  let state = Monitor(State())

  init() { mailbox = OutboxMailbox(wakeUp) }

  var isStopping: Bool { state.with { $0.isStopping } }
  /// True until the journal was opened once.
  var isStarting: Bool { state.with { $0.outbox == nil } }

  /// The outbox as the journal had it when it was opened; waits for that.
  ///
  /// - Parameter isOver: Asked several times a second; true gives the wait up.
  func outbox(unless isOver: () -> Bool) -> [OutboxEntry]? {
    while !isOver(), !isStopping {
      if let entries = state.wait(milliseconds: 100, { $0.outbox }) { return entries }
    }
    return nil
  }

  func note(_ change: (inout State) -> Void) { state.with(change) }

  func count(_ outcome: BatchOutcome) {
    state.with {
      $0.messages += outcome.messages
      $0.events += outcome.events
      $0.repeats += outcome.repeats
      $0.rejected += outcome.rejected
      $0.ignored += outcome.ignored
    }
  }

  func opened(_ entries: [OutboxEntry], boot: Int64, binding: String?) {
    state.change {
      $0.boot = boot
      $0.lastTurn = SystemClock.monotonic()
      guard $0.outbox == nil else {
        // After a commit of unknown outcome the journal may hold confirmations that nobody was
        // told of; the dispatcher ignores those that it has.
        $0.closed += entries
        return
      }
      $0.binding = binding
      $0.outbox = entries
    }
  }

  func closed(_ entries: [OutboxEntry]) {
    state.change { state in
      state.closed += entries
      return state.whenClosed
    }?()
  }

  /// Calls `wake` whenever there are confirmations for the dispatcher.
  func whenClosed(_ wake: @escaping @Sendable () -> Void) { state.with { $0.whenClosed = wake } }

  func stop() {
    state.change { $0.isStopping = true }
    wakeUp.signal()
  }

  func stopWith(failure: String) {
    state.change {
      $0.failure = $0.failure ?? failure
      $0.isStopping = true
    }
    wakeUp.signal()
  }
}
