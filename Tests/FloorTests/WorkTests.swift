import Floor
import Testing

@Suite("Events of smart handhelds")
struct WorkTests {
  private func line(_ code: String, _ quantity: Int, lot: String? = nil) -> EventBody.Work.Line {
    EventBody.Work.Line(code: code, quantity: Quantity(quantity), lot: lot)
  }

  @Test func doesAWholeTransferInOneEvent() throws {
    var bench = Workbench()
    let verdict = bench.judge(
      .work(
        .init(
          step: .ship,
          transfer: "WH/OUT/00001",
          lines: [line("4006381333931", 5), line("012345678905", 3)],
          package: "PACK0000077",
          kilograms: Quantity(2),
          tracking: "1Z999",
          validate: true
        )
      )
    )
    #expect(verdict.code == .confirmed)
    let confirmation = try #require(bench.confirmations.first)
    #expect(confirmation.tracking == "1Z999")
    #expect(confirmation.packages == [.init(name: "PACK0000077", weight: Quantity(2))])
    #expect(confirmation.lines.allSatisfy { $0.package == "PACK0000077" })
  }

  @Test func takesAllOfAnEventOrNothing() {
    var bench = Workbench()
    let verdict = bench.judge(
      .work(
        .init(
          step: .ship,
          transfer: "WH/OUT/00001",
          lines: [line("4006381333931", 5), line("012345678905", 4)]
        )
      )
    )
    #expect(verdict.code == .tooMany)
    #expect(bench.floor.stations["pack1"]?.tally == nil)
  }

  @Test(arguments: [
    (Transfer.Step.pack, "TM/PICK/00008", VerdictCode.wrongStep),
    (.receive, "WH/OUT/00001", .wrongStep), (.pick, "WH/OUT/00001", .opened),
    (.pick, "TM/PICK/00008", .opened), (.ship, "WH/OUT/99999", .unknownTransfer),
  ])
  func refusesAStepThatIsNotTheTransfers(
    step: Transfer.Step,
    transfer: String,
    code: VerdictCode
  ) {
    var bench = Workbench()
    #expect(bench.judge(.work(.init(step: step, transfer: transfer))).code == code)
  }

  @Test func setsTheTrackingNumberOfTheOpenTransfer() {
    var bench = Workbench()
    bench.scan("WH/OUT/00001")
    #expect(bench.judge(.work(.init(step: .ship, tracking: "1Z1"))).code == .tracked)
    #expect(bench.floor.stations["pack1"]?.tally?.marks.tracking == "1Z1")
  }

  @Test func refusesSerialNumbersThatAreMissingOrMany() {
    var bench = Workbench()
    func ship(_ lines: [EventBody.Work.Line]) -> VerdictCode {
      bench.judge(.work(.init(step: .ship, transfer: "WH/OUT/00002", lines: lines))).code
    }
    #expect(ship([line("PUMP", 1)]) == .lotMissing)
    #expect(ship([line("PUMP", 2, lot: "SN1")]) == .serialQuantity)
    #expect(ship([line("PUMP", 1, lot: "LOT-A")]) == .wrongLot)
    #expect(ship([line("PUMP", 1, lot: "SN1"), line("PUMP", 1, lot: "SN2")]) == .counted)
  }

  @Test func keepsCountsOfStockAwayFromTransfers() {
    let mirror = MemoryMirror.warehouse()
    mirror.locations = [Location(id: 8, name: "WH/Stock", barcode: "WH-STOCK")]
    var bench = Workbench(mirror)
    let count = EventBody.Count(location: "WH-STOCK", code: "CHAIR", quantity: Quantity(3))
    #expect(bench.judge(.count(count)).code == .countClosed)
    #expect(bench.counts.map(\.lines) == [[CountSheet.Line(productID: 5, quantity: Quantity(3))]])
    #expect(bench.confirmations.isEmpty)
  }

  @Test func oneCancelTakesBackOneEvent() {
    var bench = Workbench()
    bench.scan("WH/OUT/00001")
    bench.scan("012345678905")
    let before = bench.tally()
    let work = EventBody.Work(
      step: .ship,
      lines: [line("4006381333931", 2), line("012345678905", 1)],
      package: "PACK0000300",
      kilograms: Quantity(3),
      tracking: "1Z9"
    )
    #expect(bench.judge(.work(work)).code == .counted)
    #expect(bench.tally()?.packages.count == 1)
    bench.scan("OCDCANC")
    #expect(bench.tally() == before)
  }
}
