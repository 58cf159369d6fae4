import Floor
import Testing

/// What a supervisor's badge lets pass, and what it does not.
@Suite("Supervisors")
struct SupervisorTests {
  private let bolt = "4006381333931"

  private func refused() -> Workbench {
    var bench = policyBench { $0.overPick = .override }
    #expect(bench.codes("TM/PICK/00008", bolt, bolt, bolt).last == .tooMany)
    return bench
  }

  @Test func whoLetItPassIsInTheConfirmation() throws {
    var bench = refused()
    #expect(bench.codes("BADGE-7", "OBTVALI") == [.complete, .confirmed])
    let overrides = try #require(bench.confirmations.first).overrides
    #expect(overrides == [.init(code: "too_many", by: "Anna", subject: "Bolt")])
  }

  @Test func takesBackWhatWasLetPass() {
    var bench = refused()
    #expect(bench.codes("BADGE-7", "OCDCANC") == [.complete, .undone])
    #expect(bench.floor.stations["pack1"]?.tally?.overrides == [])
    #expect(bench.counted(1) == Quantity(2))
  }

  @Test func comesTooLate() {
    var bench = refused()
    bench.now += 15_000
    #expect(bench.codes("BADGE-7") == [.nothingToOverride])
  }

  @Test func isForTheLastScanOnly() {
    var bench = refused()
    #expect(bench.codes("TM-STATUS", "BADGE-7") == [.status, .nothingToOverride])
  }

  @Test func isForOneScan() {
    var bench = refused()
    #expect(bench.codes("BADGE-7", "BADGE-7") == [.complete, .nothingToOverride])
    #expect(bench.counted(1) == Quantity(3))
  }

  @Test func passesNothingElse() {
    var bench = policyBench { $0.overPick = .override }
    #expect(bench.codes("WH/OUT/00001", "CHAIR", "BADGE-7").last == .nothingToOverride)
  }

  @Test func isNobodyElse() {
    var bench = refused()
    #expect(bench.codes("BADGE-8") == [.unknownBarcode])
    #expect(bench.codes("BADGE-7") == [.nothingToOverride], "another scan came between")
  }

  @Test func aStationAnswersForItself() {
    var bench = refused()
    #expect(bench.scan("BADGE-7", at: "pack2").code == .nothingToOverride)
    #expect(bench.codes("BADGE-7") == [.complete])
  }
}
