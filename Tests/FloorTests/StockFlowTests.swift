import Floor
import Testing

/// Counting what lies at a location.
@Suite struct StockFlowTests {
  static func mirror() -> MemoryMirror {
    let mirror = MemoryMirror.warehouse()
    mirror.locations = [
      Location(id: 8, name: "WH/Stock/A1", barcode: "LOC-A1"),
      Location(id: 9, name: "WH/Stock/A2", barcode: "LOC-A2"),
    ]
    return mirror
  }

  @Test func countsLocationByLocation() {
    var bench = Workbench(Self.mirror())
    #expect(
      bench.codes(
        "TM-COUNT",
        "4006381333931",
        "LOC-A1",
        "4006381333931",
        "BOLTS4",
        "OCDCANC",
        "TM-QTY-9",
        "BOLTS4",
        "LOT-A",
        "SN1",
        "SN1",
        "LOC-A2",
        "OBTVALI",
        "OBTVALI"
      ) == [
        .countOpened, .countNeedsLocation, .countLocation, .countCounted, .countCounted, .undone,
        .quantityNoted, .countCounted, .countCounted, .countCounted, .serialTwice, .countLocation,
        .countClosed, .nothingOpen,
      ]
    )
    #expect(bench.counts.map(\.location.id) == [8, 9])
    #expect(
      bench.counts[0].lines == [
        CountSheet.Line(productID: 1, quantity: Quantity(37)),
        CountSheet.Line(productID: 4, lot: "LOT-A", quantity: .one),
        CountSheet.Line(productID: 3, lot: "SN1", quantity: .one),
      ]
    )
    #expect(bench.counts[1].lines == [], "nothing lies there")
  }

  @Test func aCountAndATransferDoNotMix() {
    var bench = Workbench(Self.mirror())
    _ = bench.codes("WH/OUT/00001", "4006381333931")
    #expect(bench.scan("TM-COUNT").code == .otherTransferOpen)
    _ = bench.codes("TM-PARK", "TM-COUNT", "LOC-A1", "CHAIR")
    #expect(bench.codes("PAINT", "OCDDISC", "OBTVALI") == [.lotMissing, .discarded, .nothingOpen])
    #expect(bench.counts == [])
    #expect(bench.scan("WH/OUT/00001").code == .resumed)
  }

  @Test func aLocationOfTheTransferIsRightAndOthersAreWrong() {
    var bench = Workbench(Self.mirror())
    bench.scan("WH/OUT/00001")
    #expect(bench.codes("LOC-A1", "LOC-A2") == [.locationNoted, .wrongLocation])
  }
}
