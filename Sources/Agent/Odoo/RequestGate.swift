internal import Dispatching

/// Lets requests to Odoo through at the pace that the site allows; shared by all threads.
final class RequestGate: Sendable {
  private let limit: Monitor<RequestLimit?>

  /// - Parameter perSecond: Nil for no limit.
  init(perSecond: Int?) { limit = Monitor(perSecond.map { RequestLimit(perSecond: $0) }) }

  /// Waits until a request may be sent.
  ///
  /// - Parameter isOver: Asked now and then; true lets the request go at once.
  func pass(_ caller: RequestLimit.Caller, unless isOver: () -> Bool) {
    guard limit.with({ $0?.arrive(caller) }) != nil else { return }
    while true {
      let turn = limit.with { limit -> RequestLimit.Turn in
        limit?.ask(caller, now: Self.now()) ?? .go
      }
      guard case .wait(let until) = turn else { break }
      if isOver() {
        limit.change { $0?.leave(caller) }
        return
      }
      let pause = max(1, min(200, (until - Self.now()).milliseconds))
      // Woken by whoever goes: then it may be our turn.
      let seen = limit.with { $0?.granted }
      _ = limit.wait(milliseconds: pause) { $0?.granted == seen ? nil : true }
    }
    limit.change { _ in }
  }

  private static func now() -> Duration { .milliseconds(SystemClock.monotonic()) }
}
