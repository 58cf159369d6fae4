import Desk
import Floor
import JSON
import Odoo
import Testing

/// What is found in Odoo's plans and on the floor; each rule with what must not be found.
@Suite("Detectors") struct DetectorTests {
  static func transfer(
    _ id: Int,
    _ demand: [(product: Int, asked: Int, reserved: [(quantity: Int, location: Int)])] = [
      (1, 5, [(5, 8)])
    ],
    state: Transfer.State = .assigned,
    step: Transfer.Step = .ship,
    origin: String? = "S1",
    partner: String? = "Azure",
    reference: String? = nil,
    scheduled: Int64? = 1000,
    backorderOf: Int? = nil,
    next: [Int] = []
  ) -> Transfer {
    var number = id * 100
    return Transfer(
      id: id,
      name: "WH/OUT/\(id)",
      state: state,
      operation: .init(typeID: step == .ship ? 2 : 3, step: step, warehouse: 1),
      locationID: 8,
      destinationID: 5,
      partner: partner,
      origin: origin,
      customerReference: reference,
      scheduled: scheduled,
      chain: origin ?? "T\(id)",
      backorderOf: backorderOf,
      moves: demand.map { item in
        number += 1
        return Move(
          id: number,
          productID: item.product,
          demand: Quantity(item.asked),
          nextIDs: next,
          lines: item.reserved.enumerated().map { index, line in
            MoveLine(
              id: number * 10 + index,
              quantity: Quantity(line.quantity),
              locationID: line.location,
              destinationID: 5
            )
          }
        )
      }
    )
  }

  private static func failed(
    _ transfers: [Transfer],
    held: Set<String> = [],
    closed: Set<Int> = [],
    coming: Set<Int> = [],
    now: Int64? = 2000
  ) -> [String] {
    FailedAllocation(held: held, closed: closed, coming: coming, now: now)
      .findings(transfers).map(\.identity)
  }

  @Test func failedAllocationIsDueOrOpenedAndNotReserved() {
    let short = Self.transfer(7, [(1, 5, [(3, 8)]), (2, 1, [(1, 8)])])
    #expect(Self.failed([short]) == ["failed_allocation:7"])
    let later = Self.transfer(7, [(1, 5, [(3, 8)])], scheduled: 3000)
    #expect(Self.failed([later]) == [])
    #expect(Self.failed([later], held: ["WH/OUT/7"]) == ["failed_allocation:7"])
    let none = Self.transfer(7, [(1, 5, [])], state: .confirmed)
    #expect(Self.failed([none]) == ["failed_allocation:7"])
    let found = FailedAllocation(held: [], closed: [], coming: [], now: 2000).findings([short])
    #expect(
      found[0].detail.versions?.lines.map(\.floor) == [Quantity(3)],
      "the full line is left out"
    )
  }

  @Test func whatIsNoFailedAllocation() {
    let short = Self.transfer(7, [(1, 5, [(3, 8)])])
    #expect(Self.failed([Self.transfer(7)]) == [], "all is reserved")
    #expect(Self.failed([short], now: nil) == [], "nothing is due while the clock is not proven")
    #expect(Self.failed([short], closed: [7]) == [], "closed here")
    #expect(Self.failed([short], coming: [701]) == [], "the step before brings it")
    #expect(Self.failed([Self.transfer(7, [(1, 5, [])], state: .waiting)]) == [])
    #expect(Self.failed([Self.transfer(7, [(1, 5, [])], state: .draft)]) == [])
    #expect(Self.failed([Self.transfer(7, [(1, 5, [])], step: .receive)]) == [])
  }

  private static func doubles(_ transfers: [Transfer], closed: Set<Int> = []) -> [String] {
    var duplicates = DuplicateOrders(closed: closed)
    for transfer in transfers { duplicates.note(transfer) }
    for transfer in transfers { duplicates.take(transfer) }
    return duplicates.findings.map(\.identity)
  }

  @Test func duplicateOrderBySameCustomerReference() {
    let first = Self.transfer(7, origin: "S1", reference: "PO-77")
    let second = Self.transfer(9, [(2, 1, [])], origin: "S2", reference: "PO-77")
    #expect(Self.doubles([first, second]) == ["duplicate_order:7,9"])
    #expect(Self.doubles([first, second], closed: [9]) == [], "one of them is shipped")
    let other = Self.transfer(9, origin: "S2", partner: "Deco", reference: "PO-77")
    #expect(Self.doubles([first, other]) == [], "another customer's number")
    let sameOrder = Self.transfer(9, [(2, 1, [])], origin: "S1", reference: "PO-77")
    #expect(Self.doubles([first, sameOrder]) == [], "two transfers of one order")
  }

  @Test func duplicateOrderBySameOriginAndEqualLines() {
    let pair = [Self.transfer(7), Self.transfer(9)]
    #expect(Self.doubles(pair) == ["duplicate_order:7,9"])
    #expect(Self.doubles([Self.transfer(7), Self.transfer(9, step: .pick)]) == [], "two steps")
    #expect(Self.doubles([Self.transfer(7), Self.transfer(9, [(1, 4, [])])]) == [])
    #expect(Self.doubles([Self.transfer(7), Self.transfer(9, backorderOf: 7)]) == [])
    #expect(Self.doubles([Self.transfer(7), Self.transfer(9, state: .draft)]) == [])
    #expect(Self.doubles([Self.transfer(7, origin: nil), Self.transfer(9, origin: nil)]) == [])
  }

  private static func mismatches(
    _ tallies: [Desk.StockMismatch.Closed],
    counted: [Int: Int64] = [:]
  ) -> [DeskFinding] {
    Desk.StockMismatch(countedAt: counted, locations: [8: "WH/Stock/A1"]).findings(tallies)
  }

  @Test func stockMismatchByLocation() throws {
    let transfer = Self.transfer(7, [(1, 5, [(3, 8), (2, 9)])])
    let tally = Desk.StockMismatch.Closed(
      row: 4,
      transfer: transfer,
      counted: [.init(productID: 1, quantity: Quantity(3))],
      closed: 50
    )
    let found = Self.mismatches([tally])
    #expect(found.map(\.identity) == ["stock_mismatch:4:1:9"])
    #expect(found[0].sentence.hasPrefix("2 of 2 that Odoo had reserved at location 9"))
    #expect(Self.mismatches([tally], counted: [9: 60]) == [], "the location was counted since")
    #expect(Self.mismatches([tally], counted: [9: 40]).count == 1, "counted before")
    let rest = Desk.StockMismatch.Closed(
      row: 6,
      transfer: Self.transfer(7, [(1, 2, [])]),
      counted: [.init(productID: 1, quantity: Quantity(2))],
      closed: 70
    )
    #expect(Self.mismatches([tally, rest]) == [], "the rest was counted later")
    let receipt = Desk.StockMismatch.Closed(
      row: 4,
      transfer: Self.transfer(7, [(1, 5, [(5, 8)])], step: .receive),
      counted: [],
      closed: 50
    )
    #expect(Self.mismatches([receipt]) == [], "what a supplier did not send is no stock")
  }

  @Test func refusalsCountFromTheThird() {
    func found(_ count: Int, closed: Set<String> = [], code: String = "weight_mismatch") -> [String]
    {
      Refusals.findings(
        [
          .init(transfer: "WH/OUT/7", station: "pack1", code: code, count: count),
          .init(transfer: nil, station: "pack1", code: "unknown_barcode", count: 2),
        ],
        closed: closed
      ).map(\.identity)
    }
    #expect(found(2) == [])
    #expect(found(3) == ["weight_refused:WH/OUT/7"])
    #expect(found(9, closed: ["WH/OUT/7"]) == [], "it was closed all the same")
    #expect(found(9, code: "too_many") == [], "a slip of the hand")
    #expect(
      Refusals.codes.allSatisfy { VerdictCode(rawValue: $0) != nil } && !Refusals.codes.isEmpty
    )
  }

  @Test func theSameFactComesOnceAndGoes() {
    let facts = FailedAllocation(held: [], closed: [], coming: [], now: 2000)
      .findings([Self.transfer(7, [(1, 5, [])]), Self.transfer(9, [(1, 5, [])])])
    let first = DeskFinding.changes(facts, known: [:])
    #expect(first.new == facts && first.over.isEmpty)
    let kept = Dictionary(
      uniqueKeysWithValues: facts.map { finding in
        (
          finding.identity,
          DeskFinding.Kept(sentence: finding.sentence, detail: finding.detail.json.text)
        )
      }
    )
    let again = DeskFinding.changes(facts, known: kept)
    #expect(again.new.isEmpty && again.over.isEmpty)
    let less = DeskFinding.changes([facts[1]], known: kept)
    #expect(less.new.isEmpty && less.over == [facts[0].identity])
  }
}
