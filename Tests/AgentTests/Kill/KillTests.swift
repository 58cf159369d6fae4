import OdooSimulator
import TestKit
import Testing

/// Nothing acknowledged is lost and nothing is done twice, whenever the agent is killed.
@Suite("Killed at any point", .serialized)
struct KillTests {
  /// Kills of a normal run; `scripts/kill-test` asks for more.
  private static let kills = Environment["TALLYMAN_KILLS"].flatMap { Int($0) } ?? 54
  private static let seed = Environment["TALLYMAN_SEED"].flatMap { UInt64($0) } ?? 1
  /// Versions of Odoo; `TALLYMAN_VERSION` asks for one.
  private static let versions: [OdooVersion] =
    Environment["TALLYMAN_VERSION"].flatMap { Int($0) }.flatMap { OdooVersion(rawValue: $0) }
    .map { [$0] } ?? OdooVersion.allCases

  @Test(arguments: versions.indices)
  func keepsEverythingAndDoesItOnce(index: Int) throws {
    let count = max(1, Self.kills / Self.versions.count)
    var choices = Choices(seed: Self.seed &+ UInt64(index))
    let run = try KillRun(version: Self.versions[index])
    try run.run(kills: count, workers: 3, choices: &choices)
    let history = try run.history()
    let problems = history.problems()
    #expect(problems == [], "agent's log: \(run.agent.log)")
    #expect(history.closings.count >= 3 && history.answered.count > 20)
    #expect(!history.acknowledged.isEmpty)
    // A point that is never met proves nothing.
    if count >= KillRun.Point.allCases.count {
      for point in KillRun.Point.allCases { #expect(run.kills[point] ?? 0 > 0, "\(point)") }
      #expect(run.aftermath.storedUnacknowledged > 0 && run.aftermath.sending > 0)
    }
    let left = run.aftermath
    let fallen = KillRun.Point.allCases.map { "\($0) \(run.kills[$0] ?? 0)" }
    print(
      "\(count) kills on \(Self.versions[index]): \(fallen.joined(separator: ", ")); "
        + "\(history.acknowledged.count) acknowledged, \(history.answered.count) answered, "
        + "\(history.closings.count) closed, \(history.lostAnswers) answers of Odoo lost, "
        + "problems: \(problems.count); "
        + "kills that left events stored and not acknowledged \(left.storedUnacknowledged), "
        + "a confirmation being sent \(left.sending), one not applied \(left.unapplied)"
    )
  }
}
