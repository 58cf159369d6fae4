import Floor
import Testing

@Suite("Closing a transfer")
struct CloseTests {
  @Test func asksBeforeItClosesAnIncompleteTransfer() throws {
    var bench = Workbench()
    #expect(bench.codes("WH/OUT/00001", "4006381333931") == [.opened, .counted])
    #expect(bench.scan("OBTVALI").signal == .confirm)
    #expect(bench.confirmations.isEmpty)
    #expect(bench.scan("OBTVALI").code == .confirmed)
    let confirmation = try #require(bench.confirmations.first)
    #expect(confirmation.rest == .backorder)
    #expect(confirmation.lines == [Confirmation.Line(productID: 1, quantity: .one)])
  }

  /// The dispatcher sorts by them.
  @Test func aConfirmationTellsWhenItsTransferIsDue() throws {
    var bench = Workbench()
    for index in bench.mirror.transfers.indices {
      bench.mirror.transfers[index].scheduled = 1_795_514_400_000
      bench.mirror.transfers[index].operation.barcode = "WHOUT"
    }
    bench.scan("WH/OUT/00001")
    bench.scan("4006381333931")
    bench.scan("OBTVALI")
    bench.scan("OBTVALI")
    let confirmation = try #require(bench.confirmations.first)
    #expect(confirmation.operation == "WHOUT")
    #expect(confirmation.scheduled == 1_795_514_400_000)
  }

  @Test func forgetsTheQuestionAfterItsTime() {
    var bench = Workbench(policy: FloorPolicy(confirmWithin: 1_000))
    bench.scan("WH/OUT/00001")
    bench.scan("4006381333931")
    #expect(bench.scan("OBTVALI").code == .confirmIncomplete)
    bench.now += 2_000
    #expect(bench.scan("OBTVALI").code == .confirmIncomplete)
    #expect(bench.confirmations.isEmpty)
  }

  /// Hazard `rescan-confirms`: a product that is scanned again never confirms anything.
  @Test func rescanConfirms() {
    var bench = Workbench()
    bench.scan("WH/OUT/00001")
    for _ in 0..<5 { bench.scan("4006381333931") }
    #expect(bench.scan("OBTVALI").signal == .confirm)
    // The red beep of an over-pick, the same product again, and only then the command: the
    // question is forgotten, the over-pick stays refused.
    #expect(bench.codes("4006381333931", "4006381333931") == [.tooMany, .tooMany])
    #expect(bench.scan("OBTVALI").code == .confirmIncomplete)
    #expect(bench.confirmations.isEmpty && bench.counted(1) == Quantity(5))
  }

  @Test func neverClosesIncompleteWherePolicyRefuses() {
    var bench = Workbench(policy: FloorPolicy(incomplete: .refuse))
    bench.scan("WH/OUT/00001")
    bench.scan("4006381333931")
    #expect(bench.codes("OBTVALI", "OBTVALI") == [.incomplete, .incomplete])
    #expect(bench.confirmations.isEmpty)
  }

  @Test func dropsTheRestWherePolicySaysSo() throws {
    var bench = Workbench(policy: FloorPolicy(incomplete: .drop))
    bench.scan("WH/OUT/00001")
    bench.scan("4006381333931")
    #expect(bench.codes("OBTVALI", "OBTVALI") == [.confirmIncomplete, .confirmed])
    #expect(try #require(bench.confirmations.first).rest == .drop)
    #expect(bench.scan("WH/OUT/00001").code == .alreadyClosed)
  }

  /// Hazard `closed-twice`: while Odoo still shows a transfer as open, a second closing may only
  /// be about what was left of it.
  @Test func closedTwice() throws {
    var bench = Workbench()
    bench.scan("WH/OUT/00001")
    for _ in 0..<3 { bench.scan("4006381333931") }
    #expect(
      bench.codes("OBTVALI", "OBTVALI", "OBTVALI")
        == [.confirmIncomplete, .confirmed, .alreadyClosed]
    )
    let first = try #require(bench.confirmations.first)

    let reopened = bench.scan("WH/OUT/00001")
    #expect(reopened.code == .opened && reopened.left?.total == Quantity(5))
    for _ in 0..<2 { #expect(bench.scan("4006381333931").code == .counted) }
    #expect(bench.scan("4006381333931").code == .tooMany)
    for _ in 0..<3 { bench.scan("012345678905") }
    #expect(bench.scan("OBTVALI").code == .confirmed)
    let second = try #require(bench.confirmations.last)
    #expect(second.target == .remainder(of: first.uuid))
    #expect(second.seen.map(\.moveID) == [nil, nil])
    #expect(bench.scan("WH/OUT/00001").code == .alreadyClosed)
  }

  @Test func closedTwiceFindsOdoosBackorderOnceItIsThere() throws {
    var bench = Workbench()
    bench.scan("WH/OUT/00001")
    bench.scan("4006381333931")
    #expect(bench.codes("OBTVALI", "OBTVALI") == [.confirmIncomplete, .confirmed])
    let first = try #require(bench.confirmations.first)
    bench.mirror.closures[first.target] = Closure(
      confirmation: first,
      applied: true,
      backorders: [91]
    )
    bench.mirror.transfers.append(
      MemoryMirror.transfer(91, "WH/OUT/00091", .ship, [(911, 1, 4)], backorderOf: 1)
    )
    #expect(bench.scan("WH/OUT/00001").transfer == "WH/OUT/00091")
  }

  @Test func closedTwiceHoldsForABackorderThatIsWorkedOnAsRemainder() throws {
    var bench = Workbench()
    bench.scan("WH/OUT/00001")
    bench.scan("4006381333931")
    #expect(bench.codes("OBTVALI", "OBTVALI") == [.confirmIncomplete, .confirmed])
    #expect(bench.scan("WH/OUT/00001").code == .opened)
    let first = try #require(bench.confirmations.first)
    bench.mirror.closures[first.target] = Closure(
      confirmation: first,
      applied: true,
      backorders: [91]
    )
    bench.mirror.transfers.append(
      MemoryMirror.transfer(91, "WH/OUT/00091", .ship, [(911, 1, 4)], backorderOf: 1)
    )
    #expect(bench.scan("WH/OUT/00091", at: "pack2").code == .openElsewhere)
    #expect(bench.scan("012345678905").code == .counted)
    #expect(bench.codes("OBTVALI", "OBTVALI") == [.confirmIncomplete, .confirmed])
    #expect(bench.scan("WH/OUT/00091", at: "pack2").code == .alreadyClosed)
  }

  /// Hazard `resurrection`: a mirror that was read before our validation shows the transfer open.
  @Test func resurrection() {
    var bench = Workbench()
    bench.scan("TM/PICK/00008")
    #expect(
      bench.codes("4006381333931", "4006381333931", "OBTVALI")
        == [.counted, .complete, .confirmed]
    )
    let first = bench.confirmations[0]
    bench.mirror.closures[first.target] = Closure(confirmation: first, applied: true)
    #expect(bench.mirror.transfer(id: 8)?.state == .assigned)
    #expect(bench.scan("TM/PICK/00008").code == .alreadyClosed)
    #expect(bench.scan("TM/PICK/00008", at: "pick2").code == .alreadyClosed)
  }

  /// The order was changed in Odoo while it was being worked on.
  @Test func whatWasChangedMeanwhileIsToldAtClosing() {
    var bench = Workbench()
    _ = bench.codes("WH/OUT/00001", "BOLTS4", "012345678905")
    bench.mirror.transfers[0].moves[0].demand = Quantity(3)
    #expect(bench.codes("OBTVALI", "OCDCANC", "OCDCANC") == [.transferChanged, .undone, .undone])
    _ = bench.codes("4006381333931", "4006381333931", "4006381333931")
    bench.mirror.transfers[0].moves[1].demand = Quantity(30)
    #expect(bench.scan("OBTVALI").code == .confirmIncomplete, "growth is no change")
    bench.mirror.transfers[0].state = .cancelled
    #expect(bench.scan("OBTVALI").code == .cancelled)
    #expect(bench.confirmations == [])
  }
}
