internal import Dispatching
internal import Floor
internal import TestKit
internal import Testing

struct OutboxPropertyTests {
  /// A site with random confirmations, an Odoo with random faults, and the rules as checks.
  private struct Site {
    var outbox: Outbox
    var now = Duration.zero
    var wake: Duration?
    var entries: [String: OutboxEntry] = [:]
    var done: Set<String> = []
    var parked: Set<String> = []
    var ends: [(at: Duration, uuid: String)] = []
    /// Before it nothing may start: Odoo has asked so, or somebody was refused.
    var closedUntil: Duration?
    /// What was alarmed and not cleared.
    var alarms: Set<Outbox.Alarm> = []
    let parallel: Int

    init(parallel: Int) {
      self.parallel = parallel
      outbox = Outbox(policy: OutboxPolicy(parallel: parallel, conflictLimit: 4, unservedLimit: 6))
    }

    mutating func add(_ choices: inout Choices) throws {
      let number = entries.count + 1
      let entry = OutboxEntry(
        uuid: "e\(number)",
        sequence: Int64(number),
        warehouse: choices.int(1...3),
        chain: "c\(choices.int(1...6))",
        step: choices.element(of: [.ship, .pack, .pick, .receive, .move])
      )
      entries[entry.uuid] = entry
      try take(outbox.enqueue(entry, now: now), &choices)
    }

    mutating func take(_ actions: [Outbox.Action], _ choices: inout Choices) throws {
      for action in actions {
        switch action {
        case .start(let uuid):
          try require(now >= closedUntil ?? now, "\(uuid) starts though Odoo asked to wait")
          guard let entry = entries[uuid] else { throw PropertyFailure("unknown \(uuid)") }
          try require(!done.contains(uuid) && !parked.contains(uuid), "\(uuid) is over")
          for other in ends.compactMap({ entries[$0.uuid] }) {
            try require(other.warehouse != entry.warehouse, "two in warehouse \(entry.warehouse)")
            try require(other.chain != entry.chain, "two of chain \(entry.chain)")
          }
          for earlier in entries.values where earlier.chain == entry.chain {
            try require(
              earlier.sequence >= entry.sequence || done.contains(earlier.uuid),
              "\(uuid) before \(earlier.uuid)"
            )
          }
          ends.append((now + .milliseconds(choices.int(1...5000)), uuid))
          try require(ends.count <= parallel, "\(ends.count) at once")
        case .wake(let time):
          try require(time > now, "wake in the past")
          wake = time
        case .park(let uuid, _): parked.insert(uuid)
        case .wait(_, let until, _): try require(until > now, "a wait that is over")
        case .alarm(let alarm):
          try require(alarms.insert(alarm).inserted, "\(alarm) is told twice")
        case .clear(let alarm):
          try require(alarms.remove(alarm) != nil, "\(alarm) is over without having begun")
        }
      }
      if outbox.connection == .denied {
        try require(alarms.contains(.denied), "nobody is told of the refused key")
      }
      if outbox.connection == .open { try require(alarms.isEmpty, "open with \(alarms)") }
    }

    /// Ends the attempt that ends first, or goes to the asked time; false if nothing is left.
    mutating func step(_ choices: inout Choices, faults: Bool) throws -> Bool {
      let next = ends.indices.min { ends[$0].at < ends[$1].at }
      if let wake, wake > now, next.map({ ends[$0].at > wake }) ?? true {
        now = wake
        self.wake = nil
        try take(outbox.tick(now: now), &choices)
        return true
      }
      guard let next else { return false }
      let end = ends.remove(at: next)
      now = max(now, end.at)
      let outcome: Outbox.Outcome =
        faults
        ? choices.element(of: [
          .later(.unavailable, retryAfter: .seconds(30)), .applied, .parked, .later(.conflict),
          .later(.unreachable), .later(.unavailable),
          .later(.unanswered), .later(.denied), .later(.notYet),
        ]) : .applied
      if outcome == .applied { done.insert(end.uuid) }
      if outcome == .parked { parked.insert(end.uuid) }
      let actions = outbox.finished(
        end.uuid,
        outcome,
        took: .milliseconds(choices.int(1...500)),
        now: now,
        random: choices.draw(.max - 1)
      )
      if case .later(.unavailable, .some(let asked)) = outcome { closedUntil = now + asked }
      try take(actions, &choices)
      return true
    }

    mutating func disturb(_ choices: inout Choices) throws {
      let random = choices.draw(.max - 1)
      let any = choices.element(of: entries.keys.sorted())
      let actions: [Outbox.Action]
      switch choices.int(0...6) {
      case 0: actions = outbox.offline(now: now)
      case 1: actions = outbox.online(now: now, random: random)
      case 2: actions = outbox.denied(now: now, random: random)
      case 3: actions = outbox.ok(now: now, random: random)
      case 4:
        parked.remove(any)
        actions = outbox.retry(any, now: now)
      case 5:
        now += .seconds(choices.int(1...900))
        actions = outbox.tick(now: now)
      default:
        guard let given = outbox.discard(any, now: now) else { return }
        actions = given
        done.insert(any)
        parked.remove(any)
      }
      try take(actions, &choices)
    }
  }

  @Test func keepsItsRulesAndFinishesWhenFaultsEnd() throws {
    try check(runs: 400, seed: 1) { choices in
      var site = Site(parallel: choices.int(1...4))
      try site.add(&choices)
      for _ in 0..<choices.int(1...60) {
        switch choices.int(0...5) {
        case 0, 1: try site.add(&choices)
        case 2: try site.disturb(&choices)
        default: _ = try site.step(&choices, faults: true)
        }
      }
      // The faults end: the network is there, and everything is served.
      let online = site.outbox.online(now: site.now, random: 7)
      try site.take(online, &choices)
      var steps = 0
      while try site.step(&choices, faults: false) {
        steps += 1
        try require(steps < 2000, "it goes on and on")
      }
      for entry in site.entries.values where !site.done.contains(entry.uuid) {
        let isHeld = site.entries.values.contains {
          $0.chain == entry.chain && $0.sequence <= entry.sequence && site.parked.contains($0.uuid)
        }
        try require(isHeld, "\(entry.uuid) is left: \(String(describing: site.outbox))")
      }
      try require(site.outbox.connection == .open || site.outbox.count > 0, "left closed")
    }
  }

  /// Urgent work comes in as fast as Odoo can take it; the old pick has its turn nevertheless.
  @Test(arguments: 1...20)
  func nothingStarves(seed: UInt64) throws {
    var choices = Choices(seed: seed)
    var outbox = Outbox(policy: OutboxPolicy(aging: .seconds(600)))
    var now = Duration.zero
    var order: [String] = []
    var underWay: String?
    func take(_ actions: [Outbox.Action]) {
      for case .start(let uuid) in actions {
        underWay = uuid
        order.append(uuid)
      }
    }
    func entry(_ uuid: String, _ sequence: Int64, _ step: Transfer.Step) -> OutboxEntry {
      OutboxEntry(uuid: uuid, sequence: sequence, warehouse: 1, chain: uuid, step: step)
    }
    for number in 1...20 {
      take(outbox.enqueue(entry("s\(number)", Int64(number), .ship), now: now))
    }
    take(outbox.enqueue(entry("pick", 21, .pick), now: now))
    var waited: Duration?
    for number in 22...4000 {
      now += .milliseconds(choices.int(500...1500))
      let ended = try #require(underWay)
      if ended == "pick" {
        waited = now
        break
      }
      take(outbox.enqueue(entry("s\(number)", Int64(number), .ship), now: now))
      take(outbox.finished(ended, .applied, now: now, random: 0))
    }
    #expect(try #require(waited) < .seconds(3 * 600))
    #expect(try #require(waited) > .seconds(600), "urgency counts for something")
  }
}
