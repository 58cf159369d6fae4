internal import Odoo

/// The log-in to Odoo, shared by the threads that call it.
///
/// The mirror's thread logs in; the others use its session, and tell when it stopped working.
final class OdooLink: Sendable {
  struct State {
    var connected: OdooLogin.Connected?
    /// The fields that the server has, as it told them at the log-in.
    var fields: OdooFields?
    /// The server action to apply with, once it was found to work.
    var action: Int?
    /// Grows with every log-in, so that a late failure of an old session does not end a new one.
    var generation = 0
    /// Why Odoo refuses us; a person must act.
    var isDenied = false
    /// True while a backlog goes to Odoo.
    var isDraining = false
    /// Asks the mirror's thread for a refresh at once.
    var wantsRefresh = false
    /// Asks the reconciliation's thread to begin at once.
    var wantsReconciliation = false
    var isStopping = false
    var stoppedAt: Int64 = 0
  }

  let state = Monitor(State())
  /// Every request to Odoo passes it.
  let gate: RequestGate

  /// - Parameter requestsPerSecond: Most requests in any second; nil for no limit.
  init(requestsPerSecond: Int? = nil) { gate = RequestGate(perSecond: requestsPerSecond) }

  /// Milliseconds that a running call gets to end by itself when the agent stops.
  static let grace: Int64 = 5000

  var isStopping: Bool { state.with { $0.isStopping } }

  /// True once a running call should be broken off.
  var isCancelled: Bool {
    state.with { $0.isStopping && SystemClock.monotonic() - $0.stoppedAt > Self.grace }
  }

  func stop() {
    state.change {
      if !$0.isStopping { $0.stoppedAt = SystemClock.monotonic() }
      $0.isStopping = true
    }
  }

  func loggedIn(_ connected: OdooLogin.Connected, _ fields: OdooFields, action: Int? = nil) {
    state.change {
      $0.action = action
      $0.connected = connected
      $0.fields = fields
      $0.generation += 1
      $0.isDenied = false
    }
  }

  /// The session of `generation` was refused or its server went away.
  func lost(generation: Int, denied: Bool) {
    state.change {
      guard $0.generation == generation else { return }
      $0.connected = nil
      $0.isDenied = denied
    }
  }

  func wantRefresh() { state.change { $0.wantsRefresh = true } }
}
