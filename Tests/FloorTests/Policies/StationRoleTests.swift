import Floor
import Testing

/// What a station is for.
@Suite("Roles of stations")
struct StationRoleTests {
  private let delivery = Transfer.Operation(
    typeID: 1,
    step: .ship,
    warehouse: 1,
    barcode: "wh-delivery"
  )

  @Test func doesEverythingByDefault() { #expect(StationRole().does(delivery)) }

  @Test func doesItsSteps() {
    #expect(StationRole(steps: [.pick, .ship]).does(delivery))
    #expect(!StationRole(steps: [.pick]).does(delivery))
  }

  @Test func doesItsOperationTypes() {
    #expect(StationRole(operations: ["WH-DELIVERY"]).does(delivery))
    #expect(!StationRole(operations: ["WH-PICK"]).does(delivery))
    let nameless = Transfer.Operation(typeID: 1, step: .ship, warehouse: 1)
    #expect(!StationRole(operations: ["WH-DELIVERY"]).does(nameless))
  }

  @Test func doesItsWarehouse() {
    #expect(StationRole(warehouse: 1).does(delivery))
    #expect(!StationRole(warehouse: 2).does(delivery))
    #expect(!StationRole(steps: [.ship], warehouse: 2).does(delivery))
  }

  @Test func opensNothingElse() {
    let site = FloorSite(stations: ["pack1": StationRole(steps: [.pick])])
    var bench = Workbench(site: site)
    #expect(bench.codes("WH/OUT/00001", "TM/PICK/00008") == [.wrongStation, .opened])
    #expect(bench.scan("WH/OUT/00001", at: "pack2").code == .opened)
  }

  /// Only the transfers of the station's own steps are looked at for the one that asks for a bolt.
  @Test func opensByAProductWhatIsItsOwn() {
    let site = FloorSite(stations: ["pack1": StationRole(steps: [.pick])])
    var bench = Workbench(site: site)
    let verdict = bench.scan("4006381333931")
    #expect(verdict.code == .counted && verdict.transfer == "TM/PICK/00008")
    #expect(bench.scan("4006381333931", at: "pack2").code == .ambiguousTransfer)
  }
}
