import Floor
import Testing

@Suite("How many transfers may be open")
struct LimitTests {
  private func bench(_ limit: Int) -> Workbench {
    let mirror = MemoryMirror.warehouse()
    mirror.batches = [Batch(id: 1, name: "BATCH/00001", transferIDs: [1, 2, 8])]
    return Workbench(mirror, policy: FloorPolicy(openTransfers: limit))
  }

  @Test func anUntouchedTransferMakesRoom() {
    var bench = bench(1)
    #expect(bench.codes("WH/OUT/00001", "WH/OUT/00002") == [.opened, .opened])
    #expect(bench.scan("TM/PICK/00008", at: "pack2").code == .tooManyOpen)
  }

  @Test func whatIsPutAsideStaysOpen() {
    var bench = bench(1)
    #expect(
      bench.codes("WH/OUT/00001", "4006381333931", "WH/OUT/00002")
        == [.opened, .counted, .tooManyOpen]
    )
  }

  @Test func aBatchOpensNoMore() {
    var bench = bench(2)
    #expect(bench.codes("BATCH/00001") == [.batchOpened])
    #expect(bench.floor.openTransfers == 2)
  }
}
