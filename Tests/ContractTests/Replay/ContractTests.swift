internal import OdooSimulator
internal import Testing

/// The simulator answers as the recorded servers did.
@Suite("Contract", .enabled(if: SharedFiles.areHere, "the recordings are not at ../shared"))
struct ContractTests {
  @Test("answers as recorded", arguments: ContractCase.all)
  func answersAsRecorded(_ contract: ContractCase) throws {
    let replay = try Replay(contract)
    let outcomes = try replay.run()
    let deviations = Deviation.of(contract)
    let excused = deviations.reduce(into: Set<Int>()) { $0.formUnion($1.steps) }
    var compared = 0
    for outcome in outcomes {
      if excused.contains(outcome.index) {
        #expect(
          !outcome.differences.isEmpty,
          "step \(outcome.index) agrees: take it out of the table of deviations"
        )
        continue
      }
      compared += 1
      let text = outcome.differences.joined(separator: "\n    ")
      #expect(outcome.differences.isEmpty, "step \(outcome.index), \(outcome.name):\n    \(text)")
    }
    #expect(compared > 0)
    #expect(compared == replay.recording.steps.count - excused.count)
    print(
      "contract \(contract.testDescription): \(compared) of \(replay.recording.steps.count) steps compared"
    )
  }
}
