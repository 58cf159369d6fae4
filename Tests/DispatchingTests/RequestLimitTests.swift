import Dispatching
import TestKit
import Testing

struct RequestLimitTests {
  @Test func aBurstGoesAtOnceAndTheRestASecondLater() {
    var limit = RequestLimit(perSecond: 3)
    for _ in 0..<3 {
      limit.arrive(.dispatch)
      #expect(limit.ask(.dispatch, now: .milliseconds(100)) == .go)
    }
    limit.arrive(.dispatch)
    #expect(limit.ask(.dispatch, now: .milliseconds(900)) == .wait(until: .milliseconds(1100)))
    #expect(limit.ask(.dispatch, now: .milliseconds(1100)) == .go)
  }

  /// Callers of random patience; each that may not go waits as it is told, or until another goes.
  @Test func noWindowOfASecondHoldsMoreAndTheMirrorHasItsTurn() throws {
    try check(runs: 200, seed: 4) { choices in
      let perSecond = choices.int(1...20)
      var limit = RequestLimit(perSecond: perSecond)
      var now = Duration.zero
      var starts: [Duration] = []
      var queue: [RequestLimit.Caller] = []
      var passed = 0
      for _ in 0..<400 {
        if choices.int(0...2) > 0 {
          let caller: RequestLimit.Caller = choices.int(0...2) == 0 ? .mirror : .dispatch
          queue.append(caller)
          limit.arrive(caller)
        }
        var next = now + .milliseconds(choices.int(0...300))
        for caller in Set(queue) {
          guard case .wait(let until) = limit.ask(caller, now: now) else {
            queue.removeAt(queue.firstIndex(of: caller))
            starts.append(now)
            passed = caller == .dispatch && queue.contains(.mirror) ? passed + 1 : 0
            try require(passed <= RequestLimit.share, "the mirror starves")
            next = now
            break
          }
          try require(until > now, "asked to wait for the past")
        }
        now = next
      }
      for (index, start) in starts.enumerated() {
        let within = starts[index...].prefix { $0 < start + .seconds(1) }.count
        try require(within <= perSecond, "\(within) from \(start) on, allowed are \(perSecond)")
      }
      try require(starts.count > 20, "hardly anything went: \(starts.count)")
    }
  }

  @Test func theDispatcherGoesFirstAndWhoGivesUpHoldsNobody() {
    var limit = RequestLimit(perSecond: 1000)
    limit.arrive(.mirror)
    limit.arrive(.dispatch)
    #expect(limit.ask(.mirror, now: .zero) != .go)
    #expect(limit.ask(.dispatch, now: .zero) == .go)
    #expect(limit.ask(.mirror, now: .zero) == .go)
    limit.arrive(.mirror)
    limit.arrive(.dispatch)
    limit.leave(.dispatch)
    #expect(limit.ask(.mirror, now: .zero) == .go)
  }
}

extension Array {
  fileprivate mutating func removeAt(_ index: Int?) { if let index { remove(at: index) } }
}
