import Floor
import Testing

@Suite("Scans at a station")
struct ScanTests {
  @Test func opensATransferByItsNameInAnyCase() {
    var bench = Workbench()
    let verdict = bench.scan("wh/out/00001\r\n")
    #expect(verdict.signal == .good && verdict.code == .opened)
    #expect(verdict.transfer == "WH/OUT/00001" && verdict.left?.total == Quantity(8))
    #expect(verdict.mirrorAge == 3)
  }

  @Test func countsOnePerScanUntilTheTransferIsComplete() {
    var bench = Workbench()
    bench.scan("WH/OUT/00001")
    for _ in 0..<5 { #expect(bench.scan("4006381333931").code == .counted) }
    #expect(bench.scan("4006381333931").code == .tooMany)
    #expect(bench.counted(1) == Quantity(5))
    #expect(bench.codes("012345678905", "012345678905") == [.counted, .counted])
    let last = bench.scan("012345678905")
    #expect(last.code == .complete && last.left?.total == .zero)
  }

  @Test(arguments: ["4006381333931", "04006381333931", "]E04006381333931"])
  func findsAProductUnderAnySpellingOfItsGTIN(code: String) {
    var bench = Workbench()
    bench.scan("WH/OUT/00001")
    #expect(bench.scan(code).code == .counted)
    #expect(bench.counted(1) == .one)
  }

  @Test func countsAPackagingAsItsContent() {
    var bench = Workbench()
    #expect(bench.codes("WH/OUT/00001", "BOLTS4", "BOLTS4") == [.opened, .counted, .tooMany])
    #expect(bench.counted(1) == Quantity(4))
  }

  @Test func refusesWhatDoesNotBelong() {
    var bench = Workbench()
    #expect(bench.scan("4006381333931").code == .ambiguousTransfer)
    #expect(bench.scan("NONSENSE").code == .unknownBarcode)
    #expect(bench.scan("WH/OUT/99999").code == .unknownTransfer)
    bench.scan("WH/OUT/00001")
    #expect(bench.scan("CHAIR").code == .wrongProduct)
    #expect(bench.scan("NONSENSE").code == .unknownBarcode)
    #expect(bench.floor.stations["pack1"]?.tally?.lines.isEmpty == true)
  }

  @Test(arguments: [
    ("WH/OUT/00005", VerdictCode.notReady), ("WH/OUT/00006", .alreadyDone),
    ("WH/OUT/00007", .cancelled),
  ])
  func refusesATransferThatIsNotOpenInOdoo(name: String, code: VerdictCode) {
    var bench = Workbench()
    #expect(bench.scan(name).code == code)
    #expect(bench.floor.stations["pack1"]?.tally == nil)
  }

  @Test func refusesATransferThatIsOpenAtAnotherStation() {
    var bench = Workbench()
    bench.scan("WH/OUT/00001", at: "pack1")
    #expect(bench.scan("WH/OUT/00001", at: "pack2").code == .openElsewhere)
  }

  @Test func keepsTheOpenTransferWhileItsCountsAreNotClosed() {
    var bench = Workbench()
    #expect(bench.codes("WH/OUT/00001", "WH/OUT/00002") == [.opened, .opened])
    bench.scan("WH/OUT/00001")
    #expect(
      bench.codes("4006381333931", "WH/OUT/00002", "WH/OUT/00001")
        == [.counted, .confirmPark, .status]
    )
    #expect(bench.counted(1) == .one)
  }

  @Test func asksForTheLotOfATrackedProduct() {
    var bench = Workbench()
    #expect(
      bench.codes("WH/OUT/00002", "PAINT", "LOT-A", "PAINT", "NO-LOT", "LOT-B")
        == [.opened, .scanLot, .counted, .scanLot, .wrongLot, .counted]
    )
    let lines = bench.floor.stations["pack1"]?.tally?.lines ?? []
    #expect(lines.map(\.lot) == ["LOT-A", "LOT-B"])
    #expect(bench.scan("OBTVALI").signal == .confirm)
  }

  @Test func countsALotThatIsScannedAlone() {
    var bench = Workbench()
    #expect(bench.codes("WH/OUT/00002", "LOT-A", "SN1") == [.opened, .counted, .counted])
    #expect(bench.scan("SAME").code == .ambiguousProduct)
  }

  @Test func refusesASerialNumberTwice() {
    var bench = Workbench()
    #expect(bench.codes("WH/OUT/00002", "SN1", "SN1") == [.opened, .counted, .serialTwice])
    #expect(bench.counted(3) == .one)
  }

  @Test func takesNewSerialNumbersOnAReceiptOnly() {
    var bench = Workbench()
    #expect(bench.codes("WH/IN/00004", "PUMP", "BRAND-NEW") == [.opened, .scanLot, .counted])
    var other = Workbench()
    #expect(other.codes("WH/OUT/00002", "PUMP", "BRAND-NEW") == [.opened, .scanLot, .wrongLot])
  }

  @Test(arguments: ["O-BTN.validate", "OBTVALI", "obtvali"])
  func closesACompleteTransferByCommand(command: String) throws {
    var bench = Workbench()
    bench.scan("TM/PICK/00008")
    #expect(bench.codes("4006381333931", "4006381333931") == [.counted, .complete])
    #expect(bench.scan(command).code == .confirmed)
    let confirmation = try #require(bench.confirmations.first)
    #expect(confirmation.target == .transfer(8) && confirmation.step == .pick)
    #expect(confirmation.lines == [Confirmation.Line(productID: 1, quantity: Quantity(2))])
    #expect(confirmation.seen.first?.demand == Quantity(2))
    #expect(bench.floor.stations["pack1"]?.tally == nil)
  }

  @Test func refusesToCloseWhatIsNotCounted() {
    var bench = Workbench()
    #expect(
      bench.codes("OBTVALI", "WH/OUT/00001", "OBTVALI")
        == [.nothingOpen, .opened, .nothingCounted]
    )
    #expect(bench.codes("OBTPACK", "OBTSCRA") == [.commandUnavailable, .commandUnavailable])
  }

  /// Hazard `unmarked-gs1`: 4006381333931 also parses as AI (400).
  ///
  /// A code without a GS1 marker is looked up whole, and is the product.
  @Test func unmarkedGs1() {
    var bench = Workbench()
    bench.scan("WH/OUT/00001")
    #expect(bench.scan("4006381333931").code == .counted)
    #expect(bench.counted(1) == .one)
    // 18 digits with a wrong check digit are no SSCC, and nothing is packed into them.
    #expect(bench.scan("006141411234567891").code == .unknownBarcode)
    #expect(bench.floor.stations["pack1"]?.tally?.packages.isEmpty == true)
  }
}
