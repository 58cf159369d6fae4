import Floor
import Testing

/// A refused event changes nothing: neither here nor where something was put aside.
@Suite("What a refused event leaves alone")
struct RefusedTests {
  /// A work event that is refused at its end had taken the transfer over from the other station.
  @Test func leavesWithTheOtherStationWhatWasPutAsideThere() {
    var bench = Workbench(policy: FloorPolicy(incomplete: .refuse))
    #expect(
      bench.codes("WH/OUT/00001", "4006381333931", "TM-PARK") == [.opened, .counted, .parked]
    )
    let work = EventBody.Work(step: .ship, transfer: "WH/OUT/00001", validate: true)
    #expect(bench.judge(.work(work), at: "pack2").code == .incomplete)
    #expect(bench.codes("WH/OUT/00001") == [.resumed])
    #expect(bench.counted(1) == .one)
  }

  @Test func leavesABlindTransferWhereItWasPutAside() {
    var bench = Workbench(policy: FloorPolicy(unknownTransfer: .blind))
    bench.mirror.mirrorAge = nil
    #expect(
      bench.codes("WH/OUT/00099", "4006381333931", "TM-PARK") == [.blindOpened, .counted, .parked]
    )
    bench.scan("WH/OUT/00001", at: "pack2")
    bench.scan("4006381333931", at: "pack2")
    #expect(bench.scan("WH/OUT/00099", at: "pack2").code == .otherTransferOpen)
    #expect(bench.codes("WH/OUT/00099") == [.resumed])
    #expect(bench.counted(1) == .one)
  }

  /// A work event names a transfer while a load is open: that would be in work beside the load.
  @Test func refusesWorkOnAnotherTransferWhileParcelsAreLoaded() {
    let mirror = MemoryMirror.warehouse()
    mirror.locations = [Location(id: 5, name: "WH/Dock", barcode: "DOCK1")]
    let site = FloorSite(stations: ["pack1": StationRole(steps: [.ship])])
    var bench = Workbench(mirror, site: site)
    #expect(bench.codes("DOCK1") == [.loadOpened])
    let work = EventBody.Work(step: .ship, transfer: "WH/OUT/00001")
    #expect(bench.judge(.work(work)).code == .otherTransferOpen)
  }
}
