import Dispatching
import Floor
import TestKit
import Testing

/// The pace follows what Odoo can do.
struct OutboxPaceTests {
  /// An outbox whose window is as wide as it may be, with `count` warehouses that have work.
  private func wide(_ count: Int) -> OutboxHarness {
    var harness = OutboxHarness(OutboxPolicy(parallel: 4))
    for number in 0..<count {
      harness.add("e\(number)", Int64(number), warehouse: number % 8)
    }
    for _ in 0..<30 {
      guard let uuid = harness.underWay.sorted().first else { break }
      harness.end(uuid, .applied, took: .milliseconds(50))
    }
    return harness
  }

  @Test func narrowsWhenOdooSlowsDownAndWidensAgain() {
    var harness = wide(200)
    #expect(harness.underWay.count == 4)
    var widths: [Int] = []
    for _ in 0..<3 {
      guard let uuid = harness.underWay.sorted().first else { break }
      harness.end(uuid, .applied, took: .milliseconds(250))
      widths.append(harness.underWay.count)
    }
    #expect(widths == [3, 2, 1], "what is under way ends, and nothing else starts")
    for _ in 0..<30 {
      guard let uuid = harness.underWay.sorted().first else { break }
      harness.end(uuid, .applied, took: .milliseconds(50))
      widths.append(harness.underWay.count)
    }
    #expect(widths.last == 4, "and it recovers: \(widths)")
  }

  @Test func aServerThatWasAlwaysSlowIsUsedFully() {
    var harness = OutboxHarness(OutboxPolicy(parallel: 4))
    for number in 0..<100 { harness.add("e\(number)", Int64(number), warehouse: number % 8) }
    for _ in 0..<40 {
      guard let uuid = harness.underWay.sorted().first else { break }
      harness.end(uuid, .applied, took: .seconds(9))
    }
    #expect(harness.underWay.count == 4)
  }

  @Test func anUnansweredCallNarrowsToo() {
    var harness = wide(200)
    let before = harness.underWay.count
    for uuid in harness.underWay.sorted().prefix(2) { harness.end(uuid, .later(.unanswered)) }
    #expect(before == 4)
    #expect(harness.underWay.count == 2)
    #expect(harness.outbox.connection == .open)
  }

  /// A hundred boxes lost the same server for an hour, and each knows only itself.
  @Test func manyBoxesDoNotComeBackTogether() {
    var choices = Choices(seed: 12)
    var firsts: [Duration] = []
    for _ in 0..<100 {
      var harness = OutboxHarness()
      for number in 0..<8 { harness.add("e\(number)", Int64(number), warehouse: number % 4) }
      let back = Duration.seconds(3600)
      while harness.now < back {
        harness.random = choices.draw(.max - 1)
        for uuid in harness.underWay { harness.end(uuid, .later(.unreachable)) }
        guard harness.passToWake() else { break }
      }
      firsts.append(harness.now - back)
      #expect(harness.underWay.count == 1, "one tries")
      harness.now += .milliseconds(100)
      for uuid in harness.underWay { harness.end(uuid, .applied) }
      #expect(harness.underWay.count == 1, "and the rest follows slowly")
    }
    let busiest = (0..<70).map { second in
      firsts.count { $0 >= .seconds(second) && $0 < .seconds(second + 1) }
    }.max()
    #expect(firsts.allSatisfy { $0 <= .seconds(61) })
    #expect((busiest ?? 100) <= 10, "so many in one second: \(busiest ?? 0)")
  }
}
