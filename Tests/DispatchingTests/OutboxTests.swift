internal import Dispatching
internal import Floor
internal import Odoo
internal import Testing

struct OutboxTests {
  @Test func oneAtATimeInAWarehouseAndSeveralWarehousesAtOnce() {
    var harness = OutboxHarness(OutboxPolicy(parallel: 2))
    harness.add("a", 1, warehouse: 1)
    harness.add("b", 2, warehouse: 1)
    harness.add("c", 3, warehouse: 2)
    harness.add("d", 4, warehouse: 3)
    #expect(harness.started == ["a"], "the window is one until Odoo has answered")
    harness.end("a", .applied)
    #expect(harness.started == ["a", "b", "c"])
    harness.end("c", .applied)
    #expect(harness.started == ["a", "b", "c", "d"])
    harness.end("b", .applied)
    harness.end("d", .applied)
    #expect(harness.outbox.count == 0)
  }

  @Test func aChainGoesInOrderWhateverItsUrgency() {
    var harness = OutboxHarness()
    harness.add("pick", 1, chain: "S1", step: .pick)
    harness.add("ship", 2, warehouse: 2, chain: "S1", step: .ship)
    #expect(harness.started == ["pick"])
    #expect(harness.outbox.standing("ship") == .behind("pick"))
    harness.end("pick", .later(.conflict))
    harness.pass(.seconds(1000))
    harness.end("pick", .applied)
    #expect(harness.started == ["pick", "pick", "ship"])
  }

  @Test func anUnsettledOneIsLookedAtAgainWhenItAsksAndHoldsNobodyElse() {
    var harness = OutboxHarness(OutboxPolicy(parallel: 1, conflictLimit: 2, unservedLimit: 2))
    harness.add("a1", 1, chain: "A")
    harness.add("a2", 2, chain: "A")
    harness.add("b1", 3, chain: "B")
    for _ in 1...20 {
      harness.end("a1", .later(.unsettled, retryAfter: .seconds(7)))
      if harness.underWay == ["b1"] { harness.end("b1", .applied) }
      harness.pass(.milliseconds(6999))
      #expect(harness.underWay.isEmpty)
      harness.pass(.milliseconds(1))
      #expect(harness.underWay == ["a1"], "and it never runs out of attempts")
    }
    harness.end("a1", .later(.unsettled, retryAfter: .zero))
    harness.pass(.milliseconds(499))
    #expect(harness.underWay.isEmpty, "not at once, whatever it asks for")
    harness.pass(.milliseconds(1))
    harness.end("a1", .applied)
    #expect(harness.started.count { $0 == "b1" } == 1)
    #expect(harness.started.last == "a2")
  }

  @Test func aParkedOneHoldsItsChainOnly() {
    var harness = OutboxHarness()
    harness.add("a1", 1, chain: "A")
    harness.add("a2", 2, chain: "A")
    harness.add("b1", 3, chain: "B")
    harness.end("a1", .parked)
    harness.end("b1", .applied)
    #expect(harness.started == ["a1", "b1"])
    #expect(harness.outbox.standing("a1") == .parked)
    harness.take(harness.outbox.retry("a1", now: harness.now))
    harness.end("a1", .applied)
    #expect(harness.started == ["a1", "b1", "a1", "a2"])
  }

  @Test func whatIsDiscardedLetsTheRestGo() {
    var harness = OutboxHarness()
    harness.add("a1", 1, chain: "A", parked: true)
    harness.add("a2", 2, chain: "A")
    #expect(harness.started.isEmpty)
    let actions = harness.outbox.discard("a1", now: harness.now)
    harness.take(actions ?? [])
    #expect(harness.started == ["a2"])
    let refused = harness.outbox.discard("a2", now: harness.now)
    #expect(refused == nil, "its end must be awaited")
  }

  @Test func shipsBeforePacksBeforePicksThenTheOldest() {
    var harness = OutboxHarness()
    harness.add("first", 1, step: .pick)
    for (uuid, sequence, step) in [
      ("pick", 2, Transfer.Step.pick), ("receive", 3, .receive), ("pack", 4, .pack),
      ("ship2", 6, .ship), ("ship1", 5, .ship),
    ] {
      harness.add(uuid, Int64(sequence), step: step)
    }
    while let uuid = harness.underWay.first { harness.end(uuid, .applied) }
    #expect(harness.started == ["first", "ship1", "ship2", "pack", "pick", "receive"])
  }

  @Test func waitingMakesUpForUrgency() {
    var harness = OutboxHarness(OutboxPolicy(aging: .seconds(600)))
    harness.add("pick", 1, step: .pick)
    harness.add("old", 2, step: .pick)
    harness.now = .seconds(1900)
    harness.add("ship", 3, step: .ship)
    harness.end("pick", .applied)
    #expect(harness.started == ["pick", "old"])
  }

  @Test func conflictsBackOffUnevenlyAndThenPark() {
    var harness = OutboxHarness(OutboxPolicy(firstDelay: .seconds(2), conflictLimit: 4))
    harness.add("a", 1)
    var waits: [Duration] = []
    for _ in 0..<3 {
      harness.random = 1024
      harness.end("a", .later(.conflict))
      waits.append((harness.wake ?? .zero) - harness.now)
      harness.wakeUp()
    }
    #expect(waits == [.seconds(2), .seconds(4), .seconds(8)])
    harness.end("a", .later(.conflict))
    #expect(harness.said.last == .park("a", .keepsFailing))
    #expect(harness.outbox.standing("a") == .parked)
    var other = OutboxHarness(OutboxPolicy(firstDelay: .seconds(2)))
    other.add("a", 1)
    other.end("a", .later(.conflict))
    #expect(other.wake == .seconds(1), "half of the full time at the least")
  }

  @Test func backsOffNoLongerThanItsBound() {
    var harness = OutboxHarness(OutboxPolicy(longestDelay: .seconds(60), conflictLimit: 100))
    harness.add("a", 1)
    for _ in 0..<50 {
      harness.random = 1024
      harness.end("a", .later(.conflict))
      #expect((harness.wake ?? .zero) - harness.now <= .seconds(60))
      harness.wakeUp()
    }
  }

  @Test func anOutageStopsAllAndOneTriesTheLine() {
    var harness = OutboxHarness(OutboxPolicy(firstProbe: .seconds(4), longestProbe: .seconds(16)))
    harness.random = 1024
    for number in 1...20 { harness.add("e\(number)", Int64(number), warehouse: number) }
    harness.end("e1", .later(.unreachable))
    #expect(harness.said == [.alarm(.unreachable)])
    #expect(harness.outbox.connection == .broken)
    var waits: [Duration] = []
    for _ in 0..<5 {
      waits.append((harness.wake ?? .zero) - harness.now)
      harness.wakeUp()
      #expect(harness.underWay.count == 1)
      for uuid in harness.underWay { harness.end(uuid, .later(.unavailable)) }
    }
    #expect(waits == [4, 8, 16, 16, 16].map { .seconds($0) })
    #expect(Set(harness.started).count == 6, "another one tries each time")
    #expect(harness.said == [.alarm(.unreachable)], "one alarm for the whole outage")
    harness.wakeUp()
    // No stampede: the window opens as Odoo answers.
    var widths: [Int] = []
    while let uuid = harness.underWay.sorted().first {
      widths.append(harness.underWay.count)
      harness.end(uuid, .applied)
    }
    #expect(Array(widths.prefix(3)) == [1, 1, 2])
    #expect(widths.max() == 4)
    #expect(harness.said == [.alarm(.unreachable), .clear(.unreachable)])
    #expect(harness.outbox.count == 0)
    #expect(harness.outbox.connection == .open)
  }

  @Test func anOutageUsesUpNoAttempts() {
    var harness = OutboxHarness(OutboxPolicy(conflictLimit: 2, unservedLimit: 2))
    harness.add("a", 1)
    harness.add("b", 2)
    for _ in 0..<200 {
      for uuid in harness.underWay {
        harness.end(uuid, .later(harness.started.count % 2 == 0 ? .unreachable : .unanswered))
      }
      _ = harness.passToWake()
    }
    #expect(harness.started.count > 50)
    #expect(!harness.said.contains { if case .park = $0 { true } else { false } })
    harness.pass(.seconds(10_000))
    while let uuid = harness.underWay.first { harness.end(uuid, .applied) }
    #expect(harness.outbox.count == 0)
  }

  @Test func oneThatOdooCannotServeIsParkedAndOthersFlow() {
    var harness = OutboxHarness(OutboxPolicy(unservedLimit: 5))
    harness.add("poison", 1)
    for number in 2...40 { harness.add("e\(number)", Int64(number)) }
    for _ in 0..<2000 {
      guard let uuid = harness.underWay.first else {
        guard harness.passToWake() else { break }
        continue
      }
      harness.now += .milliseconds(100)
      harness.end(uuid, uuid == "poison" ? .later(.unavailable) : .applied)
    }
    #expect(harness.said.contains(.park("poison", .keepsFailing)))
    #expect(harness.outbox.count == 1)
    // Nothing is left that could try the line; the mirror's answer opens it.
    harness.take(harness.outbox.ok(now: harness.now, random: 0))
    #expect(harness.outbox.connection == .open)
    #expect(harness.said.last == .clear(.unreachable))
  }

  @Test(arguments: [
    (Outbox.Reason.unavailable, Duration.seconds(120)), (.conflict, .seconds(120)),
    (.notYet, .seconds(120)), (.unanswered, .seconds(120)),
  ])
  func honoursRetryAfter(reason: Outbox.Reason, asked: Duration) {
    var harness = OutboxHarness()
    harness.add("a", 1)
    harness.end("a", .later(reason, retryAfter: asked))
    harness.take(harness.outbox.ok(now: harness.now, random: 0))
    harness.pass(.seconds(119))
    #expect(harness.started == ["a"])
    harness.pass(.seconds(14))
    #expect(harness.started == ["a", "a"])
  }

  @Test func believesARetryAfterOnlyWithinReason() {
    var harness = OutboxHarness(OutboxPolicy(longestRetryAfter: .seconds(600)))
    harness.add("a", 1)
    harness.end("a", .later(.conflict, retryAfter: .seconds(1_000_000)))
    #expect(harness.wake == .seconds(600))
  }

  @Test func aRefusedKeyStopsAllWithOneAlarmAndNoAttempts() {
    var harness = OutboxHarness(OutboxPolicy(conflictLimit: 2, deniedProbe: .seconds(300)))
    for number in 1...5 { harness.add("e\(number)", Int64(number), warehouse: number) }
    harness.end("e1", .later(.denied))
    for _ in 0..<20 {
      #expect(harness.underWay.isEmpty)
      let before = harness.now
      harness.wakeUp()
      #expect(harness.now - before >= .seconds(150))
      #expect(harness.underWay.count == 1)
      for uuid in harness.underWay { harness.end(uuid, .later(.denied)) }
      // The mirror meets the same refusal every few seconds; that must not put the next try off.
      harness.take(harness.outbox.denied(now: harness.now, random: 5))
    }
    #expect(harness.said == [.alarm(.denied)])
    #expect(harness.outbox.connection == .denied)
    harness.wakeUp()
    while let uuid = harness.underWay.sorted().first { harness.end(uuid, .applied) }
    #expect(harness.said == [.alarm(.denied), .clear(.denied)])
    #expect(harness.outbox.count == 0)
  }

  @Test func anAnswerToSomebodyElseEndsARefusal() {
    var harness = OutboxHarness()
    harness.add("a", 1)
    harness.end("a", .later(.denied))
    harness.take(harness.outbox.ok(now: harness.now, random: 0))
    harness.pass(.seconds(1))
    #expect(harness.started == ["a", "a"])
    harness.end("a", .applied)
    #expect(harness.said == [.alarm(.denied), .clear(.denied)])
  }

  @Test func nothingStartsWithoutANetwork() {
    var harness = OutboxHarness()
    harness.take(harness.outbox.offline(now: harness.now))
    harness.add("a", 1)
    harness.pass(.seconds(100_000))
    #expect(harness.started.isEmpty)
    #expect(harness.outbox.connection == .offline)
    harness.take(harness.outbox.online(now: harness.now, random: 3))
    #expect(harness.started.isEmpty, "not at once with everybody else")
    harness.wakeUp()
    #expect(harness.started == ["a"])
  }

  @Test func waitsForATransferThatOdooHasNotMadeWithoutUsingAttempts() {
    var harness = OutboxHarness(OutboxPolicy(conflictLimit: 2))
    harness.add("a", 1)
    for _ in 0..<30 {
      harness.end("a", .later(.notYet))
      harness.wakeUp()
    }
    #expect(harness.started.count == 31)
    #expect(harness.outbox.connection == .open)
  }

  @Test func aLateEndOfAnAttemptIsTakenOnce() {
    var harness = OutboxHarness()
    harness.add("a", 1)
    harness.end("a", .applied)
    harness.take(harness.outbox.finished("a", .later(.denied), now: harness.now, random: 0))
    #expect(harness.outbox.connection == .open)
    #expect(harness.said.isEmpty)
  }

  @Test(arguments: [
    (OdooFailure.Kind.unreachable, Outbox.Reason.unreachable), (.denied, .denied),
    (.missing, .conflict), (.unavailable, .unavailable), (.unanswered, .unanswered),
  ])
  func failuresOfCallsGiveReasons(kind: OdooFailure.Kind, reason: Outbox.Reason) {
    #expect(Outbox.Reason(kind) == reason)
  }
}

@Suite("A backlog")
struct BacklogTests {
  @Test("counts chains that can go on, not those that wait for a person")
  func countsWhatCanGoOn() {
    var outbox = Outbox()
    for number in 1...6 {
      _ = outbox.enqueue(
        OutboxEntry(
          uuid: "u\(number)",
          sequence: Int64(number),
          warehouse: 1,
          chain: "c\(number)",
          step: .ship
        ),
        parked: number > 4,
        now: .zero
      )
    }
    #expect(outbox.hasBacklog(of: 4))
    #expect(!outbox.hasBacklog(of: 5))
  }
}
