import Dispatching
import Floor
import Testing

/// Hazard `late-count`: a count in order with what was confirmed at the same box.
@Suite("Count gate")
struct CountGateTests {
  private let bolt = 1
  private var count: StockCount {
    StockCount(
      uuid: "c",
      location: Location(id: 8, name: "WH/Stock"),
      lines: [.init(productID: bolt, quantity: Quantity(7))]
    )
  }

  private func work(
    _ id: Int,
    event: Int64,
    _ fate: CountGate.Work.Fate,
    product: Int = 1,
    quantity: Int = 2,
    isLater: Bool = true
  ) -> CountGate.Work {
    CountGate.Work(
      transfer: "T\(id)",
      target: .transfer(id),
      transferID: id,
      products: [product: Quantity(quantity)],
      event: event,
      fate: fate,
      isLater: isLater
    )
  }

  private func decide(
    _ work: [CountGate.Work],
    held: [HeldGoods] = [],
    open: [Int] = [],
    _ count: StockCount? = nil
  ) -> CountGate {
    CountGate.decide(
      count ?? self.count,
      event: 100,
      held: held,
      work: work,
      open: Set(open.map { .transfer($0) })
    )
  }

  private func held(_ id: Int, _ quantity: Int) -> HeldGoods {
    HeldGoods(transfer: "T\(id)", target: .transfer(id), products: [bolt: Quantity(quantity)])
  }

  @Test func waitsForWhatWasClosedBefore() {
    guard case .wait(let reason) = decide([work(1, event: 90, .open)]) else {
      Issue.record("it did not wait")
      return
    }
    #expect(reason.contains("T1"))
    #expect(decide([work(1, event: 90, .applied)]) == .open(before: [1], after: []))
  }

  @Test func doesNotWaitForWhatWasClosedAfterwards() {
    let gate = decide([work(1, event: 110, .open), work(2, event: 120, .applied)])
    #expect(gate == .open(before: [], after: [1, 2]))
  }

  @Test func looksOnlyAtTheSameGoods() {
    #expect(decide([work(1, event: 90, .open, product: 5)]) == .open(before: [], after: []))
    var empty = count
    empty.lines = []
    guard case .wait = decide([work(1, event: 90, .open, product: 5)], empty) else {
      Issue.record("an empty count is about all goods")
      return
    }
  }

  @Test func asksWhereGoodsWereGivenUp() {
    guard case .ask = decide([work(1, event: 90, .givenUp)]) else {
      Issue.record("nobody knows where they are")
      return
    }
    let long = decide([work(1, event: 90, .givenUp, isLater: false)])
    #expect(long == .open(before: [], after: []), "given up before it was counted")
  }

  @Test func goodsInHandBelongToWhatWasDoneBefore() {
    guard case .wait = decide([], held: [held(1, 2)], open: [1]) else {
      Issue.record("they are in hand still")
      return
    }
    guard case .wait = decide([work(1, event: 110, .open)], held: [held(1, 2)]) else {
      Issue.record("they are not in Odoo yet")
      return
    }
    #expect(
      decide([work(1, event: 110, .applied)], held: [held(1, 2)]) == .open(before: [1], after: [])
    )
  }

  @Test func asksWhereMoreWasTakenAfterwards() {
    guard case .ask = decide([work(1, event: 110, .applied, quantity: 3)], held: [held(1, 2)])
    else {
      Issue.record("one of three was taken after the count")
      return
    }
    guard case .ask = decide([], held: [held(1, 2)]) else {
      Issue.record("they were put back after the count")
      return
    }
  }
}
