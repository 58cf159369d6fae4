import Histories
import Testing

/// Negative controls: each breaks one rule that keeps Odoo right, and histories notice it.
@Suite("Histories notice a broken rule")
struct BrokenRuleTests {
  /// What is wrong in the first history that ends wrong.
  private func found(_ sabotage: Sabotage) throws -> String? {
    let soak = Soak(HistoryOptions(sabotage: sabotage), threads: 1)
    return try soak.run(Array(1...600), stopAfter: 1).failures.first?.reason
  }

  @Test func readingSkippedBeforeWrite() throws {
    #expect(try found(.skipsReading) != nil)
  }

  @Test func returnValueTrusted() throws {
    #expect(try found(.trustsReturnValue) != nil)
  }

  @Test func blindRetryAfterATimeout() throws {
    #expect(try found(.retriesBlindly) != nil)
  }

  @Test func lotByName() throws {
    #expect(try found(.namesLots) != nil)
  }

  @Test func writingState() throws {
    #expect(try found(.writesState) != nil)
  }

  /// Two changes of one second, and a refresh of the mirror between them.
  @Test func greaterInsteadOfGreaterOrEqual() throws {
    for version in [17, 18, 19] {
      #expect(try MirrorHistory.seesBoth(version: version, newerOnly: false), "Odoo \(version)")
    }
    #expect(try !MirrorHistory.seesBoth(version: 19, newerOnly: true))
  }

  @Test func creatingInsteadOfLoading() throws {
    #expect(try found(.createsInsteadOfLoads) != nil)
  }

  @Test func sendingUnrecorded() throws {
    #expect(try found(.sendsUnrecorded) != nil)
  }

  @Test func takingTheFirstThatFollows() throws {
    #expect(try found(.takesTheFirst) != nil)
  }
}
