import Testing

/// Negative controls of the checker: each broken history must be noticed.
@Suite("The checker of histories")
struct HistoryTests {
  private static let bolts = History.Goods(product: "BOLT", lot: nil, package: "P1")

  /// One transfer, closed and applied as it should be.
  private static func good() -> History {
    var history = History()
    history.acknowledged = [
      .init(topic: "t/scan", payload: "a"), .init(topic: "t/scan", payload: "b"),
    ]
    history.answered = ["1"]
    history.taken = ["2"]
    history.journal = [
      .init(id: "1", topic: "t/scan", payload: "a", isEvent: true),
      .init(id: "2", topic: "t/scan", payload: "b", isEvent: true),
    ]
    history.closings = [
      .init(transfer: "OUT/1", goods: [bolts: 2], weights: ["P1": 1.5], tracking: "1Z", left: 3)
    ]
    history.confirmations = [.init(transfer: "OUT/1", state: "applied")]
    history.odoo = [
      .init(
        name: "OUT/1",
        state: "done",
        validated: 1,
        editsAfterDone: 0,
        goods: [bolts: 2],
        tracking: "1Z"
      ),
      .init(
        name: "OUT/2",
        state: "assigned",
        validated: 0,
        editsAfterDone: 0,
        goods: [:],
        backorderOf: "OUT/1",
        demand: 3
      ),
    ]
    history.weights = ["P1": 1.5]
    return history
  }

  @Test func isContentWithAGoodHistory() {
    #expect(Self.good().problems() == [])
  }

  static let faults: [(name: String, expected: String, fault: @Sendable (inout History) -> Void)] =
    [
      ("acknowledged event missing", "lost: acknowledged", { $0.journal.removeLast() }),
      ("answered event missing", "lost: answered", { $0.answered.insert("3") }),
      ("taken event missing", "lost: event 3", { $0.taken.insert("3") }),
      ("event kept as rejected", "lost: answered", { $0.journal[0].isEvent = false }),
      ("event twice", "twice: event", { $0.journal.append($0.journal[0]) }),
      ("no confirmation", "lost: OUT/1 was closed", { $0.confirmations = [] }),
      ("two confirmations", "twice: OUT/1 has 2", { $0.confirmations.append($0.confirmations[0]) }),
      ("not applied", "lost: OUT/1 is parked", { $0.confirmations[0].state = "parked" }),
      (
        "invented confirmation", "invented: a",
        { $0.confirmations.append(.init(transfer: "X", state: "applied")) }
      ),
      ("not in Odoo", "lost: OUT/1 is not", { $0.odoo.removeFirst() }),
      ("not validated", "lost: OUT/1 is assigned", { $0.odoo[0].state = "assigned" }),
      ("validated twice", "twice: OUT/1 was validated", { $0.odoo[0].validated = 2 }),
      ("edited after done", "twice: OUT/1 was written", { $0.odoo[0].editsAfterDone = 1 }),
      ("too little", "lost: OUT/1: BOLT", { $0.odoo[0].goods[bolts] = 1 }),
      ("too much", "twice: OUT/1: BOLT", { $0.odoo[0].goods[bolts] = 4 }),
      ("other package", "lost: OUT/1: BOLT", { $0.odoo[0].goods = [.init(product: "BOLT"): 2] }),
      ("weight", "lost: weight", { $0.weights = [:] }),
      ("tracking", "lost: tracking", { $0.odoo[0].tracking = nil }),
      ("validated unasked", "invented: OUT/2", { $0.odoo[1].validated = 1 }),
      ("no backorder", "backorder: OUT/1", { $0.odoo[1].backorderOf = nil }),
      ("two backorders", "backorder: OUT/1", { $0.odoo.append($0.odoo[1]) }),
    ]

  @Test(arguments: faults.indices)
  func noticesAFault(index: Int) {
    let (name, expected, fault) = Self.faults[index]
    var history = Self.good()
    fault(&history)
    #expect(
      history.problems().contains { $0.hasPrefix(expected) },
      "\(name): \(history.problems())"
    )
  }
}
