import Floor
import TestKit
import Testing

/// What holds after every event of every shift.
@Suite("Random shifts")
struct ShiftPropertyTests {
  /// Shifts of each test; more where `TALLYMAN_SHIFTS` says so.
  static let runs = Environment["TALLYMAN_SHIFTS"].flatMap { Int($0) } ?? 250
  static let kept = KeptSeeds("shift-seeds.txt")

  static func check(
    bugs: Set<SeededBug> = [],
    kept: KeptSeeds? = Self.kept,
    replays: Bool = false,
    _ body: (inout Shift, Shift.Step) throws -> Void
  ) throws {
    try TestKit.check(runs: runs, seed: 1, keeping: kept) { choices in
      var shift = Shift(&choices, bugs: bugs)
      shift.replays = replays
      try shift.play(&choices, body)
    }
  }

  @Test func neverMoreThanThePolicyAllowsOrTheStepBeforeHasBrought() throws {
    try Self.check { shift, _ in try Demand(shift: shift).check() }
  }

  @Test func aRefusedEventChangesNothingButTheQuestion() throws {
    try Self.check(Refusals.check)
  }

  @Test func undoRestoresTheExactState() throws {
    try Self.check(Undo.check)
  }

  @Test func whatTheJournalKeepsIsJudgedTheSame() throws {
    try Self.check(replays: true, Replay.check)
  }

  /// A check of the shifts themselves: they come to nearly everything that a station answers.
  @Test func reachesNearlyEveryAnswerOfAStation() throws {
    var seen: Set<VerdictCode> = []
    try Self.check(kept: nil) { _, step in seen.insert(step.verdict.code) }
    #expect(seen.count >= 65, "missing: \(VerdictCode.allCases.filter { !seen.contains($0) })")
  }

  @Test func aTransferIsHeldAndConfirmedOnce() throws {
    try Self.check(Targets.check)
  }

  @Test func goodsGoIntoTheirPackagesAndWeightsAreCompared() throws {
    try Self.check(Packages.check)
  }

  @Test func aProductNeverAnswersAQuestion() throws {
    try Self.check { shift, step in try Questions.check(&shift, step) }
  }
}
