import Floor
import Testing

/// Several transfers at one station: batches, parking, a second station.
@Suite struct GroupFlowTests {
  static func batch() -> MemoryMirror {
    let mirror = MemoryMirror.warehouse()
    mirror.transfers += [
      MemoryMirror.transfer(20, "WH/PICK/00020", .pick, [(201, 1, 2), (202, 3, 1)]),
      MemoryMirror.transfer(21, "WH/PICK/00021", .pick, [(211, 1, 1), (212, 2, 1)]),
      MemoryMirror.transfer(22, "WH/PICK/00022", .pick, [(221, 5, 1)], state: .waiting),
      MemoryMirror.transfer(23, "WH/PICK/00023", .pick, [(231, 5, 1)]),
    ]
    mirror.batches = [
      Batch(id: 1, name: "BATCH/00001", transferIDs: [20, 21, 22, 23]),
      Batch(id: 2, name: "BATCH/00002", transferIDs: [22]),
    ]
    return mirror
  }

  @Test func aBatchGivesGoodsToTheFirstThatAsks() {
    var bench = Workbench(Self.batch())
    #expect(bench.scan("batch/00001").code == .batchOpened)
    let first = bench.scan("4006381333931")
    #expect(first.code == .counted)
    #expect(first.transfer == "WH/PICK/00020")
    #expect(first.message.contains("For WH/PICK/00020"))
    bench.scan("4006381333931")
    #expect(bench.scan("4006381333931").transfer == "WH/PICK/00021")
    #expect(bench.codes("4006381333931", "PAINT") == [.tooMany, .wrongProduct])
    #expect(bench.codes("PUMP", "SN1", "SN1") == [.scanLot, .complete, .tooMany])
    #expect(
      bench.codes("OBTVALI", "OBTVALI", "OBTVALI")
        == [.confirmIncomplete, .confirmed, .alreadyClosed]
    )
    #expect(bench.confirmations.map(\.target) == [.transfer(20), .transfer(21)])
    #expect(bench.floor.stations["pack1"]?.tallies == [])
    #expect(bench.scan("WH/PICK/00023").code == .opened, "what was not touched is free again")
  }

  @Test func takesBackInABatchInTheOrderOfTheScans() {
    var bench = Workbench(Self.batch())
    _ = bench.codes("BATCH/00001", "4006381333931", "012345678905", "CHAIR")
    #expect(
      bench.codes("OCDCANC", "OCDCANC", "OCDCANC", "OCDCANC")
        == [.undone, .undone, .undone, .nothingToUndo]
    )
    #expect(bench.floor.stations["pack1"]?.tallies.allSatisfy(\.isUntouched) == true)
  }

  @Test func aBatchWithoutReadyTransfersIsRefused() {
    var bench = Workbench(Self.batch())
    #expect(bench.scan("BATCH/00002").code == .notReady)
    #expect(bench.scan("BATCH/00003").code == .unknownTransfer)
  }

  @Test func severalOrdersInTurn() {
    var bench = Workbench()
    #expect(
      bench.codes(
        "WH/OUT/00001",
        "4006381333931",
        "WH/OUT/00002",
        "WH/OUT/00002",
        "PUMP",
        "SN1",
        "TM-PARK",
        "WH/OUT/00001",
        "4006381333931",
        "TM-PARK",
        "WH/OUT/00002"
      ) == [
        .opened, .counted, .confirmPark, .opened, .scanLot, .counted, .parked, .resumed, .counted,
        .parked, .resumed,
      ]
    )
    #expect(bench.tally()?.counted(of: 3) == .one)
    #expect(bench.floor.stations["pack1"]?.tallies.count == 2)
  }

  @Test func aParkedTransferGoesOnAtAnotherStation() {
    var bench = Workbench()
    _ = bench.codes("WH/OUT/00001", "4006381333931")
    #expect(bench.scan("WH/OUT/00001", at: "pack2").code == .openElsewhere)
    bench.scan("TM-PARK")
    #expect(bench.scan("WH/OUT/00001", at: "pack2").code == .resumed)
    #expect(bench.counted(1, at: "pack2") == .one)
    #expect(bench.floor.stations["pack1"]?.tallies == [])
    #expect(bench.scan("WH/OUT/00001").code == .openElsewhere)
  }

  @Test func anIdleStationHasPutItsTransferAside() {
    var policy = FloorPolicy()
    policy.parkAfter = 60_000
    var bench = Workbench(policy: policy)
    _ = bench.codes("WH/OUT/00001", "4006381333931")
    bench.now += 30_000
    #expect(bench.scan("WH/OUT/00001", at: "pack2").code == .openElsewhere)
    bench.now += 40_000
    #expect(bench.scan("4006381333931").code != .counted, "the scan may be somebody else's")
    #expect(bench.scan("WH/OUT/00001").code == .resumed)
  }

  @Test func aSecondStationJoins() {
    var policy = FloorPolicy()
    policy.secondStation = .join
    var bench = Workbench(policy: policy)
    _ = bench.codes("WH/OUT/00001", "4006381333931")
    #expect(bench.scan("WH/OUT/00001", at: "pack2").code == .joined)
    #expect(bench.scan("4006381333931", at: "pack2").code == .counted)
    #expect(bench.counted(1) == Quantity(2))
    #expect(bench.scan("TM-PARK", at: "pack2").code == .parked)
    #expect(bench.scan("OBTVALI", at: "pack2").code == .nothingOpen)
    #expect(bench.counted(1) == Quantity(2))
    bench.scan("WH/OUT/00001", at: "pack2")
    _ = bench.codes(at: "pack2", "OBTVALI", "OBTVALI")
    #expect(bench.confirmations.count == 1)
    #expect(bench.scan("OBTVALI", at: "pack2").code == .nothingOpen)
  }
}
