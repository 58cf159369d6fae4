import Dispatching
import Floor
import TestKit
import Testing

struct CutOffTests {
  private func entry(
    _ uuid: String,
    _ sequence: Int64,
    _ step: Transfer.Step = .ship
  ) -> OutboxEntry {
    OutboxEntry(uuid: uuid, sequence: sequence, warehouse: 1, chain: uuid, step: step)
  }

  /// Puts entries into an outbox in which one attempt is under way, and gives the order in which
  /// they start.
  private func order(_ entries: [(OutboxEntry, since: Duration, cutOff: Duration?)]) -> [String] {
    var harness = OutboxHarness()
    harness.now = .seconds(100_000)
    harness.add("first", 0)
    for (entry, since, cutOff) in entries {
      harness.take(
        harness.outbox.enqueue(entry, waited: .zero - since, cutOff: cutOff, now: harness.now)
      )
    }
    while let uuid = harness.underWay.first { harness.end(uuid, .applied) }
    return Array(harness.started.dropFirst())
  }

  @Test func theNearerCutOffGoesFirstWhateverCameInBefore() {
    let found = order([
      (entry("none", 1), since: .seconds(-1800), cutOff: nil),
      (entry("six", 2), since: .seconds(-900), cutOff: .seconds(7200)),
      (entry("five", 3), since: .zero, cutOff: .seconds(3600)),
      (entry("pick", 4, .pick), since: .zero, cutOff: .seconds(1800)),
      (entry("tomorrow", 5), since: .zero, cutOff: .seconds(86_400)),
    ])
    #expect(found == ["pick", "five", "six", "none", "tomorrow"])
  }

  @Test func whatIsLateGoesFirstAndThenTheOldest() {
    let found = order([
      (entry("soon", 1), since: .zero, cutOff: .seconds(60)),
      (entry("late", 2), since: .zero, cutOff: .seconds(-60)),
      (entry("later", 3), since: .seconds(-60), cutOff: .seconds(-30)),
    ])
    #expect(found == ["later", "late", "soon"])
  }

  @Test func whatHasWaitedForAShiftIsPassedByNothingNew() {
    let found = order([
      (entry("urgent", 1), since: .zero, cutOff: .seconds(-1)),
      (entry("old", 2, .pick), since: .seconds(-8 * 3600 - 1300), cutOff: nil),
    ])
    #expect(found == ["old", "urgent"])
  }

  /// Whatever comes in, with whatever cut-offs: nothing passes what came in longer ago than the
  /// head start and two steps of urgency.
  @Test func noCutOffLetsAnythingStarve() throws {
    try check(runs: 200, seed: 9) { choices in
      let policy = OutboxPolicy(aging: .seconds(60), headStart: .seconds(600))
      let bound = policy.headStart + policy.aging * 2
      var outbox = Outbox(policy: policy)
      var now = Duration.zero
      var arrived: [String: Duration] = [:]
      var waiting: Set<String> = []
      var underWay: String?
      func take(_ actions: [Outbox.Action]) throws {
        for case .start(let uuid) in actions {
          waiting.remove(uuid)
          underWay = uuid
          let own = arrived[uuid] ?? .zero
          for other in waiting {
            let before = own - (arrived[other] ?? .zero)
            try require(before <= bound, "\(uuid) passes \(other), \(before) older")
          }
        }
      }
      for number in 1...150 {
        now += .seconds(choices.int(0...60))
        let uuid = "e\(number)"
        arrived[uuid] = now
        waiting.insert(uuid)
        let step: Transfer.Step = choices.element(of: [.ship, .pack, .pick, .receive])
        let cutOff: Duration? =
          choices.int(0...2) == 0 ? nil : .seconds(choices.int(0...40_000) - 20_000)
        try take(outbox.enqueue(entry(uuid, Int64(number), step), cutOff: cutOff, now: now))
        if let ended = underWay, choices.int(0...3) > 0 {
          underWay = nil
          try take(outbox.finished(ended, .applied, now: now, random: 0))
        }
      }
      while let ended = underWay {
        underWay = nil
        now += .seconds(choices.int(0...60))
        try take(outbox.finished(ended, .applied, now: now, random: 0))
      }
      try require(outbox.count == 0, "left over")
    }
  }

  @Test func aSiteCutOffCountsBeforeTheScheduledDateAndReceiptsHaveNone() {
    var ship = entry("a", 1)
    ship.scheduled = 5000
    #expect(ship.cutOff(daily: nil) == 5000)
    #expect(ship.cutOff(daily: 9000) == 9000)
    ship.step = .receive
    #expect(ship.cutOff(daily: nil) == nil)
    #expect(ship.cutOff(daily: 9000) == 9000)
  }
}
