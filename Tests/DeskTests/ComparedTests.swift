import Desk
import Floor
import Odoo
import Testing

/// What comes to the desk from comparisons, counts and the calendar.
@Suite("Findings of comparisons") struct ComparedTests {
  private func report(_ findings: [ReconcileFinding]) -> ReconcileReport {
    ReconcileReport(since: 0, made: 1, compared: 3, equal: 1, findings: findings)
  }

  private func differs(_ uuid: String?, isExplained: Bool = false) -> ReconcileFinding {
    ReconcileFinding(
      .differs,
      isExplained: isExplained,
      transfer: "WH/OUT/1",
      transferID: 7,
      uuid: uuid,
      sentence: "Odoo has something else.",
      lines: [
        LineDifference(
          productID: 1,
          product: "Bolt",
          lot: "L",
          package: nil,
          confirmed: Quantity(5),
          odoo: Quantity(3)
        )
      ]
    )
  }

  @Test("what nothing explains comes with both quantities; what was sent again does not")
  func reconciliation() throws {
    let found = ReconcileDifferences.findings(
      report([differs("a"), differs("b"), differs("c", isExplained: true), differs("a")]),
      replaced: ["b"]
    )
    #expect(found.map(\.identity) == ["reconciliation:differs:a"])
    let line = try #require(found.first?.detail.versions?.lines.first)
    #expect(line.odoo == Quantity(3) && line.floor == Quantity(5) && line.lot == "L")
    #expect(found.first?.detail.transferID == 7)
    #expect(ReconcileDifferences.findings(report([]), replaced: []).isEmpty)
  }

  @Test("a receipt is late from its date on, until it was closed here")
  func lateReceipts() {
    func receipt(_ name: String, late: Int64?) -> OpenReceipt {
      let transfer = DetectorTests.transfer(1, step: .receive, scheduled: late.map { 1000 - $0 })
      var found = OpenReceipt.all([transfer], now: 1000)[0]
      found.transfer = name
      return found
    }
    let all = [receipt("IN/1", late: 1), receipt("IN/2", late: 0), receipt("IN/3", late: nil)]
    #expect(LateReceipts.findings(all, closed: []).map(\.transfer) == ["IN/1"])
    #expect(LateReceipts.findings(all, closed: ["IN/1"]).isEmpty)
  }

  @Test("a count that waits shows what differs")
  func waitingCounts() throws {
    let goods = [
      CountedGoods(productID: 1, lot: nil, counted: Quantity(9), expected: Quantity(5)),
      CountedGoods(productID: 2, lot: nil, counted: Quantity(4), expected: Quantity(4)),
    ]
    let found = WaitingCounts.findings([
      .init(uuid: "0123456789", location: "WH/A1", reason: "More differs.", goods: goods)
    ])
    #expect(found.map(\.identity) == ["count_waits:0123456789"])
    #expect(found[0].detail.versions?.lines.map(\.productID) == [1])
    #expect(found[0].sentence.contains("01234567") && found[0].sentence.contains("WH/A1"))
  }
}
