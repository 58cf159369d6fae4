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
    let outcome = try Soak().run(kept + Array(1...Self.runs))
    for (seed, reason) in outcome.failures {
      Issue.record("seed \(seed): \(reason)\nreplay: scripts/soak --seed \(seed)")
    }
    print(outcome.coverage.table)
    #expect(outcome.histories == kept.count + Int(Self.runs))
    #expect(outcome.ends["applied", default: 0] > 2 * outcome.histories)
  }
}
