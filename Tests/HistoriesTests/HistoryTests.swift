import Histories
import TestKit
import Testing

/// Thousands of histories with faults at every call and people at work in Odoo.
///
/// Each confirmation is applied exactly once, or parked for a reason that is true. `scripts/soak`
/// plays any number.
@Suite("Histories")
struct HistoryTests {
  /// Histories of a test run.
  static let runs: UInt64 = 2_000

  @Test func eachEndsRight() throws {
    let kept = KeptSeeds("history-seeds.txt").seeds
    var outcome = try Soak().run(kept + Array(1...Self.runs))
    #expect(outcome.histories == kept.count + Int(Self.runs))
    tell(outcome, [])
    // What chance has left out is aimed at.
    var next = Self.runs
    while !outcome.coverage.missing.isEmpty, next < Self.runs + 1_000 {
      let aims = outcome.coverage.missing
      let more = try Soak(aiming(at: aims)).run(Array(next + 1...next + 100))
      tell(more, aims)
      outcome.add(more)
      next += 100
    }
    print(outcome.coverage.table)
    #expect(outcome.coverage.missing == [])
    #expect(outcome.ends["applied", default: 0] > 2 * outcome.histories)
  }

  private func aiming(at aims: [String]) -> HistoryOptions {
    var options = HistoryOptions()
    options.aims = aims
    return options
  }

  private func tell(_ outcome: Soak.Outcome, _ aims: [String]) {
    for (seed, reason) in outcome.failures {
      let options = aims.map { " --aim \"\($0)\"" }.joined()
      Issue.record("seed \(seed): \(reason)\nreplay: scripts/soak --seed \(seed)\(options)")
    }
  }
}
