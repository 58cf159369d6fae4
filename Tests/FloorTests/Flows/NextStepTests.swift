import Floor
import Testing

/// Odoo 18 and 19 have no transfer of the next step yet: what was closed here stands for it.
@Suite("The next step is open once")
struct NextStepTests {
  /// TM/PICK/00008, which asks for 2 bolts, is picked in two parts; the first is packed meanwhile.
  private func halfPacked() -> Workbench {
    let mirror = MemoryMirror.warehouse()
    mirror.route = Route(delivery: [.pick, .pack, .ship])
    let site = FloorSite(
      stations: ["pick": StationRole(steps: [.pick])].merging(
        ["pack1", "pack2"].map { ($0, StationRole(steps: [.pack])) }
      ) { $1 }
    )
    var bench = Workbench(mirror, site: site)
    pickOne(&bench)
    bench.scan("OBTVALI", at: "pick")
    #expect(bench.codes("TM/PICK/00008", "4006381333931") == [.opened, .complete])
    pickOne(&bench)
    #expect(bench.confirmations.count == 2)
    return bench
  }

  private func pickOne(_ bench: inout Workbench) {
    for code in ["TM/PICK/00008", "4006381333931", "OBTVALI"] { bench.scan(code, at: "pick") }
  }

  @Test func packsAtNoOtherStationWhatIsBeingPacked() {
    var bench = halfPacked()
    #expect(bench.scan("TM/PICK/00008", at: "pack2").code == .openElsewhere)
  }

  @Test func goesOnWithWhatWasPutAside() {
    var bench = halfPacked()
    #expect(bench.codes("TM-PARK", "TM/PICK/00008") == [.parked, .resumed])
    #expect(bench.floor.stations["pack1"]?.tallies.count == 1)
  }

  @Test func packsTheSecondPartAfterTheFirst() {
    var bench = halfPacked()
    #expect(bench.codes("OBTVALI", "TM/PICK/00008") == [.confirmed, .opened])
    #expect(bench.codes("4006381333931", "4006381333931") == [.complete, .tooMany])
  }
}
