import Floor
import Testing

@Suite("Packages in packages")
struct NestingTests {
  /// A carton on a pallet: scanned while the carton is open, the pallet does not go into it.
  @Test func noPackageStandsInsideItself() {
    var bench = Workbench()
    #expect(bench.codes("WH/OUT/00001", "4006381333931", "PACK0000001").last == .packed)
    #expect(bench.codes("PACK0000002", "4006381333931") == [.packageOpened, .counted])
    #expect(bench.codes("PACK0000001") == [.nested])
    #expect(bench.codes("TM-CLOSEPACK", "PACK0000001") == [.packageClosed, .packageOpened])
    #expect(bench.codes("PACK0000002") == [.packageOpened])
    let packages = bench.floor.stations["pack1"]?.tally?.packages ?? []
    #expect(packages.map(\.parent) == ["PACK0000002", nil])
  }
}
