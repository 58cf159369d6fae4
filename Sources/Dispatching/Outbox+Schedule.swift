internal import Floor

extension Outbox {
  /// Starts what may start, and says when to look again.
  mutating func schedule(_ now: Duration) -> [Action] {
    promote(now)
    var actions: [Action] = []
    switch line {
    case _ where now < notBefore: break
    case .open(let window, _):
      while inFlight.count < min(window, policy.parallel), let uuid = next() {
        actions.append(start(uuid))
      }
    case .broken(let until, let failures):
      if now >= until, let uuid = nextProbe() {
        line = .probing(uuid, failures: failures)
        actions.append(start(uuid))
      }
    case .denied(let until):
      if now >= until, let uuid = nextProbe() {
        line = .probingKey(uuid)
        actions.append(start(uuid))
      }
    case .probing, .probingKey, .offline: break
    }
    if let time = wakeTime(now) { actions.append(.wake(at: time)) }
    return actions
  }

  /// Puts a confirmation where it is looked for, if it is the first of its chain.
  ///
  /// To be called whenever one has become ready, waiting, or the first. What is in the heaps and
  /// does not hold any more is dropped when it comes to the top.
  mutating func line(up uuid: String) {
    guard let item = items[uuid], chains[item.entry.chain]?.first == uuid else { return }
    switch item.turn {
    case .ready: ready[item.entry.warehouse, default: Heap()].add(TurnKey(item, policy))
    case .waiting(let until): waiting.add(WaitKey(until: until, uuid: uuid))
    case .inFlight, .parked: break
    }
  }

  /// Makes those ready whose wait is over.
  private mutating func promote(_ now: Duration) {
    while let key = waiting.first, key.until <= now {
      waiting.removeFirst()
      guard items[key.uuid]?.turn == .waiting(until: key.until) else { continue }
      items[key.uuid]?.turn = .ready
      line(up: key.uuid)
    }
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
  private mutating func next() -> String? {
    var best: TurnKey?
    // A copy of the keys: iterating over the dictionary itself would make each change copy it.
    for warehouse in Array(ready.keys) where !busyWarehouses.contains(warehouse) {
      guard let key = first(of: warehouse) else { continue }
      if let found = best, !(key < found) { continue }
      best = key
    }
    return best?.uuid
  }

  /// The first of a warehouse that may start, after dropping what does not hold any more.
  private mutating func first(of warehouse: Int) -> TurnKey? {
    while let key = ready[warehouse]?.first {
      if let item = items[key.uuid], item.turn == .ready,
        chains[item.entry.chain]?.first == key.uuid, !busyChains.contains(item.entry.chain)
      {
        return key
      }
      ready[warehouse]?.removeFirst()
    }
    ready[warehouse] = nil
    return nil
  }

  /// The confirmation that tries the line: the one that Odoo has failed to serve least often.
  ///
  /// Looks at all of them; that is for once in a wait of seconds.
  private func nextProbe() -> String? {
    // Attempts from before the line broke may still be under way when it is tried.
    guard inFlight.count < policy.parallel else { return nil }
    var best: (unserved: Int, key: TurnKey)?
    for chain in chains.values {
      guard let uuid = chain.first, let item = items[uuid], item.turn == .ready,
        !busyWarehouses.contains(item.entry.warehouse), !busyChains.contains(item.entry.chain)
      else { continue }
      let found = (unserved: item.unserved, key: TurnKey(item, policy))
      if let best, !(found < best) { continue }
      best = found
    }
    return best?.key.uuid
  }

  /// The next time at which something may start that may not start now.
  private mutating func wakeTime(_ now: Duration) -> Duration? {
    while let key = waiting.first, items[key.uuid]?.turn != .waiting(until: key.until) {
      waiting.removeFirst()
    }
    let due = waiting.first?.until
    switch line {
    case .broken(let until, _), .denied(let until):
      let next = max(until, notBefore)
      return next > now ? next : due
    case .open where now < notBefore: return notBefore
    case .open, .probing, .probingKey, .offline: return due
    }
  }
}

/// Whose turn it is before another: the smaller key's.
struct TurnKey: Comparable, Sendable {
  /// When it came in, put off by its lack of urgency or put forward by its cut-off, both within
  /// bounds; so waiting makes up for urgency, and nothing that came later can pass for ever.
  let due: Duration
  let sequence: Int64
  let uuid: String

  init(_ item: Outbox.Item, _ policy: OutboxPolicy) {
    let steps =
      switch item.entry.step {
      case .ship: 0
      case .pack: 1
      case .pick, .receive, .move: 2
      }
    let usual = item.since + policy.aging * steps
    due =
      item.cutOff.map { min(usual, max($0, item.since) - policy.headStart) } ?? usual
    sequence = item.entry.sequence
    uuid = item.entry.uuid
  }

  static func < (a: TurnKey, b: TurnKey) -> Bool {
    (a.due, a.sequence, a.uuid) < (b.due, b.sequence, b.uuid)
  }
}

/// A confirmation that waits until a time.
struct WaitKey: Comparable, Sendable {
  let until: Duration
  let uuid: String

  static func < (a: WaitKey, b: WaitKey) -> Bool { (a.until, a.uuid) < (b.until, b.uuid) }
}
