import Floor
import Testing

/// The site's own SSCCs.
@Suite("Numbers for packages")
struct PackageNumberTests {
  private func bench(first: Int64 = 1, last: Int64 = 2) -> Workbench {
    let range = SSCCRange(extensionDigit: 3, companyPrefix: "4012345", first: first, last: last)
    var bench = Workbench(site: FloorSite(packageNumbers: range))
    bench.scan("WH/OUT/00001")
    return bench
  }

  private func pack(_ bench: inout Workbench) -> VerdictCode {
    bench.scan("4006381333931")
    return bench.scan("OBTPACK").code
  }

  @Test func areGivenInTurnUntilTheyAreUsedUp() {
    var bench = bench()
    #expect((0..<3).map { _ in pack(&bench) } == [.packed, .packed, .noPackageNumbers])
    #expect(
      bench.floor.stations["pack1"]?.tally?.packages.map(\.name)
        == ["340123450000000017", "340123450000000024"]
    )
  }

  @Test func areNotGivenTwiceThoughTheFirstWasTakenBack() {
    var bench = bench(last: 9)
    #expect(pack(&bench) == .packed)
    #expect(bench.codes("OCDCANC", "OBTPACK") == [.undone, .packed])
    #expect(bench.floor.stations["pack1"]?.tally?.packages.map(\.name) == ["340123450000000024"])
  }

  @Test func areOneSequenceForAllStations() {
    var bench = bench(last: 9)
    #expect(pack(&bench) == .packed)
    bench.scan("TM/PICK/00008", at: "pack2")
    bench.scan("4006381333931", at: "pack2")
    #expect(bench.scan("OBTPACK", at: "pack2").code == .packed)
    #expect(bench.floor.stations["pack2"]?.tally?.packages.map(\.name) == ["340123450000000024"])
  }

  @Test func goOnWhereTheJournalEnds() {
    let range = SSCCRange(extensionDigit: 3, companyPrefix: "4012345", first: 5, last: 9)
    let site = FloorSite(packageNumbers: range)
    #expect(Floor(site: site).nextPackage == 5)
    #expect(Floor(site: site, nextPackage: 7).nextPackage == 7)
    #expect(Floor(site: site, nextPackage: 3).nextPackage == 5, "the range was moved up")
    #expect(Floor(site: FloorSite(), nextPackage: 7).nextPackage == nil)
  }

  @Test func needARange() {
    var bench = Workbench()
    bench.scan("WH/OUT/00001")
    #expect(pack(&bench) == .commandUnavailable)
  }
}
