import Floor
import Testing

/// A transfer that was opened without the mirror is the one that the mirror shows later.
@Suite("Blind transfers when the mirror comes back")
struct BlindTests {
  private func blind() -> Workbench {
    var bench = Workbench(policy: FloorPolicy(unknownTransfer: .blind))
    bench.mirror.mirrorAge = nil
    #expect(bench.codes("WH/OUT/00099", "4006381333931") == [.blindOpened, .counted])
    bench.mirror.mirrorAge = 1
    bench.mirror.transfers.append(
      MemoryMirror.transfer(99, "wh/out/00099", .ship, [(991, 1, 3)])
    )
    return bench
  }

  @Test func isNotOpenedASecondTimeElsewhere() {
    var bench = blind()
    #expect(bench.scan("WH/OUT/00099", at: "pack2").code == .openElsewhere)
  }

  @Test func goesOnWhereItIsOpen() {
    var bench = blind()
    #expect(bench.codes("WH/OUT/00099", "4006381333931") == [.status, .counted])
    #expect(bench.counted(1) == Quantity(2))
  }

  @Test func goesOnElsewhereOnceItWasPutAside() {
    var bench = blind()
    bench.scan("TM-PARK")
    #expect(bench.scan("WH/OUT/00099", at: "pack2").code == .resumed)
    #expect(bench.counted(1, at: "pack2") == .one)
  }

  @Test func isNotClosedASecondTime() {
    var bench = blind()
    #expect(bench.codes("OBTVALI", "WH/OUT/00099") == [.confirmed, .alreadyClosed])
  }
}
