internal import Dispatching
internal import Floor
internal import Testing

/// Drives an outbox by hand: keeps what was started and said.
struct OutboxHarness {
  var outbox: Outbox
  var now = Duration.zero
  var random: UInt64 = 0
  var started: [String] = []
  var underWay: Set<String> = []
  var said: [Outbox.Action] = []
  var wake: Duration?

  init(_ policy: OutboxPolicy = OutboxPolicy()) { outbox = Outbox(policy: policy) }

  mutating func take(_ actions: [Outbox.Action]) {
    for action in actions {
      switch action {
      case .start(let uuid):
        started.append(uuid)
        underWay.insert(uuid)
      case .wake(let time): wake = time
      case .wait, .park, .alarm, .clear: said.append(action)
      }
    }
  }

  mutating func add(
    _ uuid: String,
    _ sequence: Int64,
    warehouse: Int = 1,
    chain: String? = nil,
    step: Transfer.Step = .ship,
    parked: Bool = false
  ) {
    let entry = OutboxEntry(
      uuid: uuid,
      sequence: sequence,
      warehouse: warehouse,
      chain: chain ?? uuid,
      step: step
    )
    take(outbox.enqueue(entry, parked: parked, now: now))
  }

  mutating func end(_ uuid: String, _ outcome: Outbox.Outcome, took: Duration? = nil) {
    underWay.remove(uuid)
    take(outbox.finished(uuid, outcome, took: took, now: now, random: random))
  }

  mutating func pass(_ time: Duration) {
    now += time
    take(outbox.tick(now: now))
  }

  /// Goes to the time that the outbox asked for; false if it asked for none.
  mutating func passToWake() -> Bool {
    guard let time = wake, time > now else { return false }
    wake = nil
    now = time
    take(outbox.tick(now: now))
    return true
  }

  /// Goes to the time that the outbox asked for, which it must have.
  mutating func wakeUp(at location: SourceLocation = #_sourceLocation) {
    if !passToWake() { Issue.record("asked for no time", sourceLocation: location) }
  }
}
