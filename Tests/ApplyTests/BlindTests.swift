internal import Floor
internal import JSON
internal import Odoo
internal import OdooSimulator
internal import Testing

/// Transfers that were counted without a list, because the mirror did not know them.
@Suite("Blind")
struct BlindTests {
  private func delivery(_ chain: ChainBench) throws -> (name: String, product: Int) {
    let order = try chain.admin.order([("TM-1001", 5)])
    return (
      try #require(order.at(pointer: "/transfers/0/name")?.string),
      try #require(order.at(pointer: "/transfers/0/moves/0/product_id")?.int)
    )
  }

  private func category(_ outcome: ApplyOutcome) -> ApplyException.Category? {
    if case .exception(let exception) = outcome { exception.category } else { nil }
  }

  @Test("what fits is applied", arguments: Setup.all, [5, 3])
  func fits(_ setup: Setup, _ quantity: Int) throws {
    let chain = try ChainBench(setup)
    let (name, product) = try delivery(chain)
    let blind = chain.closed(.named(name), .ship, [(product, quantity)], seen: [])
    guard case .applied(let applied) = try chain.apply(blind) else {
      Issue.record("\(chain.outcomes)")
      return
    }
    #expect(applied.backorders.count == (quantity == 5 ? 0 : 1))
    #expect(
      chain.admin.transfer(name)?.at(pointer: "/moves/0/quantity")?.double == Double(quantity)
    )
  }

  @Test("what does not fit is for a person, and nothing is written", arguments: [6, 1])
  func doesNotFit(_ quantity: Int) throws {
    let chain = try ChainBench(Setup(.v18))
    let (name, product) = try delivery(chain)
    let other = try chain.admin.order([("TM-1002", 1)])
    let counted =
      quantity == 1 ? other.at(pointer: "/transfers/0/moves/0/product_id")?.int : product
    let blind = chain.closed(
      .named(name),
      .ship,
      [(try #require(counted), quantity)],
      seen: []
    )
    #expect(category(try chain.apply(blind)) == .doesNotFit)
    #expect(chain.admin.transfer(name)?["state"] == "assigned")
    #expect(chain.bench.made.allSatisfy { !$0.hasSuffix(".write") && !$0.hasSuffix(".load") })
  }

  @Test("a name that Odoo does not have waits, then a person is asked")
  func unknownName() throws {
    let chain = try ChainBench(Setup(.v18))
    let blind = chain.closed(.named("WH/OUT/99999"), .ship, [(1, 1)], seen: [])
    guard case .later = try chain.apply(blind) else {
      Issue.record("\(chain.outcomes)")
      return
    }
    #expect(category(try chain.apply(blind, missedBefore: 10)) == .blindNotFound)
  }

  @Test("a transfer that was closed here with its list, too, is for a person")
  func closedTwice() throws {
    let chain = try ChainBench(Setup(.v18))
    let (name, product) = try delivery(chain)
    let id = try #require(chain.admin.transfer(name)?["id"]?.int)
    let known = chain.closed(.transfer(id), .ship, [(product, 3)], seen: try chain.seen(id))
    try chain.apply(known)
    let blind = chain.closed(.named(name), .ship, [(product, 2)], seen: [])
    #expect(category(try chain.apply(blind)) == .closedTwice)
  }
}
