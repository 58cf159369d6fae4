import Floor
import JSON
import Odoo
import OdooSimulator
import Testing

/// Goods that Odoo has not reserved, or does not have at all.
@Suite("Applying beyond the reservation")
struct StockPolicyTests {
  /// An order of 10 of which Odoo has `stock`, all counted.
  private func apply(
    _ setup: Setup,
    stock: Int,
    counted: Int = 10,
    _ policy: ApplyPlan.BeyondReservation,
    unreserve: Bool = false
  ) throws -> (ApplyOutcome, ApplyBench, Int) {
    let chain = try ChainBench(
      setup,
      seed: [
        "products": [["code": "X"]],
        "stock": [["product": "X", "location": "WH/Stock", "quantity": .int(stock)]],
      ]
    )
    let order = try chain.admin.order([("X", 10)])
    let id = try #require(order.at(pointer: "/transfers/0/id")?.int)
    let product = try #require(order.at(pointer: "/transfers/0/moves/0/product_id")?.int)
    let name = try #require(order.at(pointer: "/transfers/0/name"))
    if unreserve { try chain.admin.person(["do": "unreserve", "transfer": name]) }
    let closed = chain.closed(.transfer(id), .ship, [(product, counted)], seen: try chain.seen(id))
    var settings = ApplyPlan.Settings()
    settings.beyondReservation = policy
    return (try chain.bench.apply(closed, to: id, settings: settings), chain.bench, id)
  }

  private func category(_ outcome: ApplyOutcome) -> ApplyException.Category? {
    if case .exception(let exception) = outcome { exception.category } else { nil }
  }

  @Test("what was counted is the truth, unless the site wants to decide", arguments: Setup.all)
  func negativeStock(setup: Setup) throws {
    for (policy, isApplied) in [
      (ApplyPlan.BeyondReservation.apply, true), (.inStock, false), (.park, false),
    ] {
      let (outcome, bench, id) = try apply(setup, stock: 4, policy)
      #expect((category(outcome) == nil) == isApplied, "\(policy): \(outcome)")
      #expect(category(outcome) == (isApplied ? nil : .notInStock))
      let done = try bench.transfer(id)["validated_count"]?.int
      #expect(done == (isApplied ? 1 : 0), "\(policy)")
    }
  }

  @Test("goods that were unreserved but are there", arguments: Setup.all)
  func unreserved(setup: Setup) throws {
    for (policy, isApplied) in [
      (ApplyPlan.BeyondReservation.apply, true), (.inStock, true), (.park, false),
    ] {
      let (outcome, _, _) = try apply(setup, stock: 10, policy, unreserve: true)
      #expect((category(outcome) == nil) == isApplied, "\(policy): \(outcome)")
    }
  }

  @Test("what is reserved needs no look at the stock", arguments: Setup.all)
  func reserved(setup: Setup) throws {
    for policy in ApplyPlan.BeyondReservation.allCases {
      let (outcome, bench, _) = try apply(setup, stock: 10, policy)
      #expect(category(outcome) == nil, "\(policy): \(outcome)")
      #expect(!bench.made.contains("stock.quant.search_read"))
    }
  }
}
