import Floor
import TestKit
import Testing

/// A property that cannot fail proves nothing: each notices the rules that it is about, broken on
/// purpose, within the shifts that it passes otherwise.
@Suite("Random shifts with broken rules")
struct BrokenRuleTests {
  @Test(arguments: [SeededBug.overPick, .serialTwice, .shortPickForgotten])
  func quantities(_ bug: SeededBug) {
    fails(bug) { shift, _ in try Demand(shift: shift).check() }
  }

  @Test func undo() { fails(.undoForgetsLot, Undo.check) }

  @Test func targets() { fails(.remainderReopens, Targets.check) }

  @Test func packages() { fails(.wrongPackage, Packages.check) }

  @Test func weights() { fails(.weightUnchecked, Packages.check) }

  /// A refusal that leaves the badge's override in the tally, a journal that forgets lots, a
  /// question that a product answers: what no seeded bug breaks is broken in what is looked at.
  @Test func refusals() {
    fails(nil) { shift, step in
      var shift = shift
      if step.verdict.code == .tooMany { shift.floor = shift.floor.counting(at: step.station) }
      try Refusals.check(&shift, step)
    }
  }

  @Test func replay() {
    fails(nil, replays: true) { shift, step in
      var step = step
      if let replay = step.replay { step.replay?.floor = replay.floor.forgettingLots() }
      try Replay.check(&shift, step)
    }
  }

  @Test func questions() {
    fails(nil) { shift, step in try Questions.check(&shift, step, answering: true) }
  }

  private func fails(
    _ bug: SeededBug?,
    replays: Bool = false,
    _ body: (inout Shift, Shift.Step) throws -> Void
  ) {
    #expect(throws: PropertyFailure.self) {
      for number in 0..<UInt64(ShiftPropertyTests.runs) {
        var choices = Choices(seed: 1 + number)
        var shift = Shift(&choices, bugs: bug.map { [$0] } ?? [])
        shift.replays = replays
        try shift.play(&choices, body)
      }
    }
  }
}
