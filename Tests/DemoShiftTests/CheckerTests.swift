import DemoShift
import Testing

/// Negative controls of the demo's checker: what it is there to notice, it notices.
@Suite("The demo's checker")
struct CheckerTests {
  private static let bolts = OdooTransfer.Line(product: "BOLT", quantity: 2, resultPackage: "P1")

  /// One transfer, scanned and closed in two events, and right in every account.
  private static func good() -> Checker {
    var history = History()
    history.events = [
      .init(
        id: "a1",
        device: "s1",
        payload: "one",
        answer: .init(event: "a1", signal: "good", code: "counted")
      ),
      .init(
        id: "a2",
        device: "s1",
        payload: "two",
        answer: .init(event: "a2", signal: "good", code: "confirmed")
      ),
    ]
    history.closings = [
      .init(
        transfer: "OUT/1",
        event: "a2",
        goods: [bolts],
        weights: ["P1": 1.5],
        tracking: "1Z"
      )
    ]
    let journal = JournalContent(
      events: [
        .init(sequence: 1, id: "a1", device: "s1", payload: "one", code: "counted"),
        .init(sequence: 2, id: "a2", device: "s1", payload: "two", code: "confirmed"),
      ],
      confirmations: [.init(event: 2, transfer: "OUT/1", state: "applied")]
    )
    let odoo = OdooState(
      transfers: [
        .init(
          id: 1,
          name: "OUT/1",
          state: "done",
          step: .ship,
          tracking: "1Z",
          validations: 1,
          editsAfterDone: 0,
          lines: [bolts],
          demand: ["BOLT": 2]
        )
      ],
      weights: ["P1": 1.5]
    )
    return Checker(history: history, journal: journal, odoo: odoo, isAlone: true)
  }

  @Test func isContentWithAGoodShift() {
    let result = Self.good().run()
    #expect(result.findings == [])
    #expect(result.acknowledged == 2 && result.journaled == 2)
    #expect(result.confirmed == 1 && result.validated == 1)
  }

  typealias Fault = @Sendable (inout Checker) -> Void
  static let faults: [(name: String, kind: Checker.Finding.Kind, fault: Fault)] = [
    ("an answered event is gone", .lost, { $0.journal.events.removeFirst() }),
    ("an event is there twice", .twice, { $0.journal.events.append($0.journal.events[0]) }),
    ("the confirmation is gone", .lost, { $0.journal.confirmations = [] }),
    ("it is parked", .lost, { $0.journal.confirmations[0].state = "parked" }),
    ("the transfer is not in Odoo", .lost, { $0.odoo.transfers = [] }),
    ("it is open in Odoo", .lost, { $0.odoo.transfers[0].state = "assigned" }),
    ("it was validated twice", .twice, { $0.odoo.transfers[0].validations = 2 }),
    ("it was written to when done", .twice, { $0.odoo.transfers[0].editsAfterDone = 1 }),
    ("another lot was moved", .lost, { $0.odoo.transfers[0].lines[0].lot = "L9" }),
    ("it is in another package", .lost, { $0.odoo.transfers[0].lines[0].resultPackage = nil }),
    (
      "it has two confirmations", .twice,
      {
        $0.journal.confirmations.append($0.journal.confirmations[0])
      }
    ),
    (
      "an event came from nobody", .odd,
      {
        $0.journal.events.append(
          .init(sequence: 3, id: "b1", device: "s1", payload: "x", code: "counted")
        )
      }
    ),
    (
      "the order got too much", .twice,
      {
        $0.odoo.orders = [.init(order: "S1", product: "BOLT", ordered: 2, delivered: 3)]
      }
    ),
    ("too little was moved", .lost, { $0.odoo.transfers[0].lines[0].quantity = 1 }),
    ("too much was moved", .twice, { $0.odoo.transfers[0].lines[0].quantity = 3 }),
    (
      "another was validated", .twice,
      {
        $0.odoo.transfers.append(
          .init(id: 2, name: "OUT/2", state: "done", step: .ship, validations: 1)
        )
      }
    ),
  ]

  @Test(arguments: faults.indices)
  func noticesAFault(index: Int) {
    let (name, kind, fault) = Self.faults[index]
    var checker = Self.good()
    fault(&checker)
    let result = checker.run()
    #expect(result.count(kind) > 0, "\(name): \(result.findings)")
  }

  /// A scan without an id can only be counted.
  @Test(arguments: [(0, 1, 0), (1, 0, 0), (2, 0, 1)])
  func countsScansWithoutAnID(rows: Int, lost: Int, twice: Int) {
    var checker = Self.good()
    checker.history.events.append(
      .init(
        id: nil,
        device: "dumb",
        payload: "4006381333931",
        answer: .init(event: "e3", signal: "good", code: "counted")
      )
    )
    for row in 0..<rows {
      checker.journal.events.append(
        .init(sequence: 3 + row, id: nil, device: "dumb", payload: "4006381333931", code: "counted")
      )
    }
    let result = checker.run()
    #expect(result.count(.lost) == lost && result.count(.twice) == twice)
    #expect(result.count(.odd) == 0)
  }

  @Test func noticesWrongLabels() {
    var weight = Self.good()
    weight.odoo.weights = ["P1": 9]
    var tracking = Self.good()
    tracking.odoo.transfers[0].tracking = nil
    #expect(!weight.run().findings.isEmpty && !tracking.run().findings.isEmpty)
  }
}
