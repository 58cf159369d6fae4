internal import HTTPServer
internal import OdooSimulator
internal import Testing

/// The comparison is worth something only if it fails where a server is wrong.
@Suite(
  "Contract controls",
  .enabled(if: SharedFiles.areHere, "the recordings are not at ../shared")
)
struct NegativeControlTests {
  @Test("a server without state does not pass", arguments: ContractCase.all)
  func cannedAnswersFail(_ contract: ContractCase) throws {
    let canned = try CannedServer.start()
    defer { canned.stop() }
    let replay = try Replay(contract, port: canned.port)
    let differing = try replay.run().filter { !$0.differences.isEmpty }
    // Recordings of a few calls that all answer `true` hold nothing that a table cannot know.
    let number = contract.scenario.number
    let isTrivial =
      ["16", "28", "31"].contains(number) || (number == "30" && contract.version == .v19)
    #expect(isTrivial == differing.isEmpty)
  }

  struct Broken: Sendable, CustomTestStringConvertible {
    let rule: String
    let numbers: Set<String>
    let make: @Sendable (inout SimulatorRules) -> Void
    var testDescription: String { rule }
  }

  static let broken = [
    Broken(rule: "no backorder is made", numbers: ["10", "11", "17", "25"]) {
      $0.makesBackorders = false
    },
    Broken(rule: "a done transfer is validated again", numbers: ["18", "32"]) {
      $0.validatesTwice = true
    },
    Broken(rule: "the action forgets its key", numbers: ["25"]) { $0.looksUpKeys = false },
  ]

  @Test("a simulator with a broken rule does not pass", arguments: broken)
  func brokenRuleFails(_ broken: Broken) throws {
    var rules = SimulatorRules()
    broken.make(&rules)
    for contract in ContractCase.all where broken.numbers.contains(contract.scenario.number) {
      // 19 answers `true` to a second validation either way, and no recorded read shows the stock.
      if broken.numbers.contains("18"), contract.version == .v19 { continue }
      let excused = Deviation.of(contract).reduce(into: Set<Int>()) { $0.formUnion($1.steps) }
      let outcomes = try Replay(contract, rules: rules).run()
      let differing = outcomes.filter { !$0.differences.isEmpty && !excused.contains($0.index) }
      #expect(!differing.isEmpty, "\(contract.testDescription) passes though \(broken.rule)")
    }
  }
}
