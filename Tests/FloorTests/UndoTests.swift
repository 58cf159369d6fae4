import Floor
import JSON
import TestKit
import Testing

@Suite("Undo, restart and resync")
struct UndoTests {
  /// Random work at one station: undoing each accepted change restores the exact state before it.
  @Test func undoRestoresTheExactState() throws {
    try check(runs: 300, seed: 1) { choices in
      var bench = Workbench()
      bench.scan(choices.element(of: ["WH/OUT/00001", "WH/OUT/00002", "TM/OUT/00003"]))
      for _ in 0..<choices.int(1...25) {
        let before = bench.floor.stations["pack1"]?.tally
        let verdict = randomEvent(&bench, &choices)
        let after = bench.floor.stations["pack1"]?.tally
        try require(verdict.signal == .good || before == after, "a refusal changed the tally")
        guard verdict.signal == .good, before != after, let after else { continue }
        var undone = bench
        undone.judge(.command(.cancel))
        try require(
          undone.floor.stations["pack1"]?.tally == before,
          "undo of \(verdict.code) differs"
        )
        try require(isWithinDemand(after), "more counted than asked for")
        let stored = Tally(target: after.target, transfer: after.transfer, counts: after.counts)
        try require(stored == after, "the tally changes on its way through the journal")
      }
    }
  }

  private func randomEvent(_ bench: inout Workbench, _ choices: inout Choices) -> Verdict {
    switch choices.int(0...9) {
    case 0: bench.judge(.weight(.init(kilograms: Quantity(choices.int(1...30)))))
    case 1: bench.judge(.work(.init(step: .ship, tracking: "T\(choices.int(0...3))")))
    default:
      bench.scan(
        choices.element(of: [
          "4006381333931", "012345678905", "BOLTS4", "PUMP", "PAINT", "SN1", "SN2", "LOT-A",
          "LOT-B", "PACK0000009", "PACK0000077", "PACK0000078", "CHAIR",
        ])
      )
    }
  }

  private func isWithinDemand(_ tally: Tally) -> Bool {
    tally.transfer.moves.allSatisfy {
      tally.counted(of: $0.productID) <= tally.demand(of: $0.productID)
    }
  }

  private func require(_ condition: Bool, _ message: String) throws {
    if !condition { throw Failure(message: message) }
  }

  @Test func saysWhenThereIsNothingToUndo() {
    var bench = Workbench()
    #expect(
      bench.codes("OBTVALI", "OCDCANC", "WH/OUT/00001", "OCDCANC")
        == [.nothingOpen, .nothingOpen, .opened, .nothingToUndo]
    )
  }

  @Test func discardForgetsTheCounts() {
    var bench = Workbench()
    #expect(
      bench.codes("WH/OUT/00001", "4006381333931", "OCDDISC", "OCDDISC", "WH/OUT/00001")
        == [.opened, .counted, .confirmDiscard, .discarded, .opened]
    )
    #expect(bench.counted(1) == .zero)
  }

  /// Hazard `silence`: after lost feedback the next answer says what is counted.
  @Test func silence() {
    var bench = Workbench()
    #expect(bench.codes("WH/OUT/00001", "4006381333931") == [.opened, .counted])
    bench.floor.requireResync(at: "pack1")
    #expect(bench.scan("4006381333931").message.contains("Counted so far: 2 of 8"))
    #expect(!bench.scan("4006381333931").message.contains("Counted so far"))
  }

  @Test func doubtfulScansAreNotCountedAndSayWhatIs() {
    var bench = Workbench()
    #expect(bench.codes("WH/OUT/00001", "4006381333931") == [.opened, .counted])
    let judgement = bench.floor.refuseDoubtful(at: "pack1", lookup: bench.mirror)
    #expect(judgement.verdict.signal == .bad && judgement.verdict.code == .doubtful)
    #expect(judgement.verdict.message.contains("1 of 8"))
    #expect(bench.counted(1) == .one)
  }
}

struct Failure: Error, CustomStringConvertible {
  let message: String
  var description: String { message }
}
