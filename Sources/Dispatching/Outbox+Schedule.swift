internal import Floor

extension Outbox {
  /// Starts what may start, and says when to look again.
  mutating func schedule(_ now: Duration) -> [Action] {
    var actions: [Action] = []
    switch line {
    case .open(let window, _):
      while inFlight.count < min(window, policy.parallel), let uuid = next(now) {
        actions.append(start(uuid))
      }
    case .broken(let until, let failures):
      if now >= until, let uuid = next(now, isProbe: true) {
        line = .probing(uuid, failures: failures)
        actions.append(start(uuid))
      }
    case .denied(let until):
      if now >= until, let uuid = next(now, isProbe: true) {
        line = .probingKey(uuid)
        actions.append(start(uuid))
      }
    case .probing, .probingKey, .offline: break
    }
    if let time = wakeTime(now) { actions.append(.wake(at: time)) }
    return actions
  }

  private mutating func start(_ uuid: String) -> Action {
    guard let item = items[uuid] else { return .start(uuid) }
    items[uuid]?.turn = .inFlight
    inFlight.insert(uuid)
    busyWarehouses.insert(item.entry.warehouse)
    busyChains.insert(item.entry.chain)
    if item.unserved == 0 { items[uuid]?.answersBefore = answers }
    return .start(uuid)
  }

  /// The confirmation whose turn it is.
  private func next(_ now: Duration, isProbe: Bool = false) -> String? {
    var best: (key: TurnKey, uuid: String)?
    for chain in chains.values {
      guard let uuid = chain.first, let item = items[uuid], isDue(item, now),
        !busyWarehouses.contains(item.entry.warehouse), !busyChains.contains(item.entry.chain)
      else { continue }
      let key = TurnKey(item, policy: policy, isProbe: isProbe, now: now)
      if let found = best, !(key < found.key) { continue }
      best = (key, uuid)
    }
    return best?.uuid
  }

  private func isDue(_ item: Item, _ now: Duration) -> Bool {
    switch item.turn {
    case .ready: true
    case .waiting(let until): until <= now
    case .inFlight, .parked: false
    }
  }

  /// The next time at which something may start that may not start now.
  private func wakeTime(_ now: Duration) -> Duration? {
    var earliest: Duration?
    func note(_ time: Duration) {
      guard time > now else { return }
      earliest = min(earliest ?? time, time)
    }
    switch line {
    case .broken(let until, _), .denied(let until): note(until)
    case .open, .probing, .probingKey, .offline: break
    }
    for chain in chains.values {
      guard let uuid = chain.first, case .waiting(let until)? = items[uuid]?.turn else { continue }
      note(until)
    }
    return earliest
  }
}

/// Whose turn it is before another: the smaller key's.
private struct TurnKey: Comparable {
  /// Times that Odoo could not serve it; counts only where the line itself is tried.
  let unserved: Int
  /// Steps of urgency, less those that waiting has made up for.
  let rank: Int64
  let sequence: Int64

  init(_ item: Outbox.Item, policy: OutboxPolicy, isProbe: Bool, now: Duration) {
    unserved = isProbe ? item.unserved : 0
    let urgency: Int64 =
      switch item.entry.step {
      case .ship: 0
      case .pack: 1
      case .pick, .receive, .move: 2
      }
    let step = policy.aging.wholeMilliseconds
    rank = urgency - (step > 0 ? (now - item.since).wholeMilliseconds / step : 0)
    sequence = item.entry.sequence
  }

  static func < (a: TurnKey, b: TurnKey) -> Bool {
    (a.unserved, a.rank, a.sequence) < (b.unserved, b.rank, b.sequence)
  }
}

extension Duration {
  /// Milliseconds, cut to whole ones.
  fileprivate var wholeMilliseconds: Int64 {
    components.seconds &* 1000 &+ components.attoseconds / 1_000_000_000_000_000
  }
}
