import OdooSimulator
import TestKit
import Testing

/// Nothing acknowledged is lost and nothing is done twice, whenever the agent is killed.
@Suite("Killed at any point", .serialized)
struct KillTests {
  /// Kills of a normal run; `scripts/kill-test` asks for more.
  private static let kills = Environment["TALLYMAN_KILLS"].flatMap { Int($0) } ?? 54
  private static let seed = Environment["TALLYMAN_SEED"].flatMap { UInt64($0) } ?? 1
  private static let versions: [OdooVersion] = [.v17, .v18, .v19]

  @Test(arguments: versions.indices)
  func keepsEverythingAndDoesItOnce(index: Int) throws {
    let count = max(1, Self.kills / Self.versions.count)
    var choices = Choices(seed: Self.seed &+ UInt64(index))
    let run = try KillRun(version: Self.versions[index])
    try run.run(kills: count, workers: 3, choices: &choices)
    let history = try run.history()
    #expect(history.problems() == [], "agent's log: \(run.agent.log)")
    #expect(history.closings.count >= 3 && history.answered.count > 20)
    #expect(!history.acknowledged.isEmpty)
    let fallen = KillRun.Point.allCases.map { "\($0) \(run.kills[$0] ?? 0)" }
    print(
      "\(count) kills on \(Self.versions[index]): \(fallen.joined(separator: ", ")); "
        + "\(history.acknowledged.count) acknowledged, \(history.answered.count) answered, "
        + "\(history.closings.count) closed, problems: \(history.problems().count)"
    )
  }
}
