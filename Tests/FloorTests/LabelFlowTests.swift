import Floor
import Testing

/// What labels, keyed numbers and units of measure count.
@Suite struct LabelFlowTests {
  private static let bolt = "]C10104006381333931"
  private static let gs = "\u{1D}"

  static func mirror() -> MemoryMirror {
    let mirror = MemoryMirror.warehouse()
    mirror.products[4]?.barcode = "04012345678901"
    mirror.expiries = ["LOT-B": 1_700_000_000_000]
    return mirror
  }

  @Test func aLabelCountsProductLotAndNumber() {
    var bench = Workbench(Self.mirror())
    #expect(
      bench.codes(
        "WH/OUT/00001",
        "]C1010400638133393130" + "3",
        "WH/OUT/00001",
        "(01)04006381333931(37)2",
        "]C1010400638133393230" + "1"
      ) == [.opened, .counted, .status, .counted, .badBarcode]
    )
    #expect(bench.counted(1) == Quantity(5))
    bench.scan("OCDCANC")
    #expect(bench.counted(1) == Quantity(3))
  }

  @Test func aLabelBringsLotAndSerial() {
    var bench = Workbench(Self.mirror())
    _ = bench.scan("WH/OUT/00002")
    #expect(
      bench.codes(
        "]C1010401234567890110LOT-A\(Self.gs)302",
        "(01)04012345678901(10)LOT-X",
        "(01)04012345678901",
        "LOT-A",
        "10LOT-A"
      ) == [.counted, .wrongLot, .scanLot, .counted, .counted]
    )
    #expect(bench.tally()?.lines.map(\.quantity) == [Quantity(4)])
  }

  @Test func expiredLotsAreRefusedByLabelAndByOdoo() {
    var bench = Workbench(Self.mirror())
    _ = bench.scan("WH/OUT/00002")
    #expect(
      bench.codes("PAINT", "(01)04012345678901(10)LOT-B", "(01)04012345678901(17)200101(10)LOT-A")
        == [.unknownBarcode, .expiredLot, .expiredLot]
    )
    bench.wall = nil
    let verdict = bench.scan("(01)04012345678901(10)LOT-B")
    #expect(verdict.code == .counted)
    #expect(verdict.message.contains("expiry was not checked"))
  }

  @Test func aReceiptKeepsTheExpiryOfItsLabel() {
    let mirror = Self.mirror()
    mirror.transfers = [MemoryMirror.transfer(4, "WH/IN/00004", .receive, [(41, 4, 2)])]
    var bench = Workbench(mirror)
    #expect(
      bench.codes("WH/IN/00004", "(01)04012345678901(17)300115(10)NEW-1(30)2", "OBTVALI")
        == [.opened, .complete, .confirmed]
    )
    #expect(bench.confirmations[0].lines.map(\.expires) == [1_894_751_999_999])
  }

  @Test func absurdNumbersAreRefused() {
    var bench = Workbench(Self.mirror())
    #expect(
      bench.codes("WH/OUT/00001", "TM-QTY-99999", "(01)04006381333931(30)99999999")
        == [.opened, .quantityNoted, .quantityImplausible]
    )
    let keyed = EventBody.Scan(code: "BOLTS4", quantity: .limit)
    #expect(bench.judge(.scan(keyed)).code == .quantityImplausible)
  }

  @Test func aLotOfAnotherProductIsNoNewSerialNumber() {
    let mirror = Self.mirror()
    mirror.transfers = [
      MemoryMirror.transfer(4, "WH/IN/00004", .receive, [(41, 3, 2), (42, 4, 1)])
    ]
    var bench = Workbench(mirror)
    _ = bench.codes("WH/IN/00004", "PUMP", "LOT-A", "SN-9")
    #expect(bench.tally()?.lines.map(\.lot) == ["SN-9", "LOT-A"])
    #expect(bench.tally()?.lines.map(\.productID) == [3, 4])
  }

  @Test func aKeyedNumberMultipliesOnce() {
    var bench = Workbench(Self.mirror())
    #expect(
      bench.codes(
        "WH/OUT/00001",
        "TM-QTY-3",
        "OCDCANC",
        "TM-QTY-2",
        "NOTHING",
        "4006381333931",
        "4006381333931"
      ) == [.opened, .quantityNoted, .undone, .quantityNoted, .unknownBarcode, .counted, .counted]
    )
    #expect(bench.counted(1) == Quantity(3))
    let keyed = EventBody.Scan(code: "012345678905", quantity: Quantity(3))
    #expect(bench.judge(.scan(keyed)).code == .counted)
    #expect(bench.counted(2) == Quantity(3))
  }

  /// 2 dozen bolts are asked for, 24 single ones counted, 2 dozen confirmed.
  @Test func dozensAreCountedInPiecesAndConfirmedInDozens() {
    let mirror = Self.mirror()
    var transfer = MemoryMirror.transfer(9, "WH/OUT/00009", .ship, [(91, 1, 2)])
    transfer.moves[0].factor = Quantity(12)
    mirror.transfers = [transfer]
    var bench = Workbench(mirror)
    bench.scan("WH/OUT/00009")
    for _ in 0..<4 { bench.scan("BOLTS4") }
    #expect(bench.tally()?.left().total == Quantity(8))
    bench.scan("4006381333931")
    _ = bench.codes("OBTVALI", "OBTVALI")
    #expect(bench.confirmations[0].lines.map(\.quantity) == [Quantity(millionths: 1_420_000)])
    #expect(bench.scan("WH/OUT/00009").code == .opened)
    #expect(bench.tally()?.demand == Quantity(millionths: 6_960_000))
  }

  @Test func partsOfAWholeDozenAreNotClosed() {
    let mirror = Self.mirror()
    var transfer = MemoryMirror.transfer(9, "WH/OUT/00009", .ship, [(91, 1, 2)])
    transfer.moves[0].factor = Quantity(12)
    transfer.moves[0].rounding = .one
    mirror.transfers = [transfer]
    var bench = Workbench(mirror)
    _ = bench.codes("WH/OUT/00009", "TM-QTY-5", "4006381333931")
    #expect(bench.scan("OBTVALI").code == .unitFraction)
    _ = bench.codes("TM-QTY-7", "4006381333931")
    #expect(bench.codes("OBTVALI", "OBTVALI") == [.confirmIncomplete, .confirmed])
    #expect(bench.confirmations[0].lines.map(\.quantity) == [.one])
  }

  @Test func theLotThatIsWaitedForStaysSo() {
    var bench = Workbench(Self.mirror())
    #expect(
      bench.codes("WH/OUT/00002", "(01)04012345678901", "PUMP", "SN1", "OBTVALI")
        == [.opened, .scanLot, .scanLot, .counted, .confirmIncomplete]
    )
    _ = bench.codes("(01)04012345678901", "SN2")
    #expect(
      bench.codes("OBTVALI", "LOT-A", "OBTVALI") == [.lotMissing, .counted, .confirmIncomplete]
    )
  }

  @Test func allOfSeveralDozensIsCompleteInOdoo() {
    let mirror = Self.mirror()
    var transfer = MemoryMirror.transfer(9, "WH/OUT/00009", .ship, [(91, 4, 1)])
    transfer.moves[0].factor = Quantity(12)
    mirror.transfers = [transfer]
    mirror.lots["LOT-C"] = [4]
    mirror.expiries = [:]
    var bench = Workbench(mirror)
    bench.scan("WH/OUT/00009")
    for lot in ["LOT-A", "LOT-B", "LOT-C"] {
      bench.scan("(01)04012345678901(10)\(lot)(30)4")
    }
    #expect(bench.scan("OBTVALI").code == .confirmed)
    let quantities = bench.confirmations[0].lines.map(\.quantity)
    #expect(quantities.reduce(.zero, +) == .one)
  }

  /// Hazard `unmarked-gs1`: an EAN that reads as AI (400) is an EAN.
  @Test func unmarkedGS1() {
    var bench = Workbench(Self.mirror())
    #expect(bench.codes("WH/OUT/00001", "4006381333931") == [.opened, .counted])
    #expect(bench.scan("0104006381333931").code == .counted, "nothing else has this code")
    #expect(bench.counted(1) == Quantity(2))
  }

  @Test func aProductThatOneTransferAsksForOpensIt() {
    let mirror = Self.mirror()
    mirror.transfers.removeAll { $0.id == 8 || $0.id == 3 || $0.id == 5 }
    var bench = Workbench(mirror)
    let verdict = bench.scan("4006381333931")
    #expect(verdict.code == .counted)
    #expect(verdict.transfer == "WH/OUT/00001")
    #expect(bench.scan("PACK0000009", at: "pack2").code == .unknownBarcode)
  }

  @Test func aWholePackageOpensItsTransfer() {
    var bench = Workbench(Self.mirror())
    let verdict = bench.scan("PACK0000009")
    #expect(verdict.code == .complete)
    #expect(verdict.transfer == "TM/OUT/00003")
  }

  @Test func aTransferIsCountedWithoutAListWhileTheMirrorIsStale() {
    var policy = FloorPolicy()
    policy.unknownTransfer = .blind
    let mirror = Self.mirror()
    var bench = Workbench(mirror, policy: policy)
    #expect(bench.scan("WH/OUT/09999").code == .unknownTransfer, "the mirror is fresh")
    mirror.mirrorAge = 3600
    #expect(
      bench.codes("WH/OUT/09999", "4006381333931", "4006381333931", "PAINT", "OBTVALI")
        == [.blindOpened, .counted, .counted, .unknownBarcode, .confirmed]
    )
    #expect(bench.confirmations[0].target == .named("WH/OUT/09999"))
    #expect(bench.confirmations[0].seen == [])
    #expect(bench.scan("WH/OUT/09999").code == .alreadyClosed)
  }
}
