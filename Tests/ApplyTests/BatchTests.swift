import Floor
import JSON
import Odoo
import OdooSimulator
import Testing

/// Transfers of one batch: each is validated by itself, whatever becomes of the others.
@Suite("Transfers of one batch")
struct BatchTests {
  @Test("one parked, the others applied; the batch ends with the last", arguments: Setup.all)
  func appliesOneByOne(setup: Setup) throws {
    let chain = try ChainBench(setup)
    var transfers: [(id: Int, name: JSON, product: Int)] = []
    for _ in 1...3 {
      let order = try chain.admin.order([("TM-1001", 2)])
      transfers.append(
        (
          try #require(order.at(pointer: "/transfers/0/id")?.int),
          try #require(order.at(pointer: "/transfers/0/name")),
          try #require(order.at(pointer: "/transfers/0/moves/0/product_id")?.int)
        )
      )
    }
    try chain.admin.perform("batches", ["transfers": .array(transfers.map(\.name))])
    // The second counts a product that it does not ask for.
    for (index, transfer) in transfers.enumerated() {
      let product = index == 1 ? transfer.product + 1 : transfer.product
      let closed = chain.closed(
        .transfer(transfer.id),
        .ship,
        [(product, 2)],
        seen: try chain.seen(transfer.id)
      )
      let outcome = try chain.apply(closed)
      if index == 1 {
        guard case .exception(let exception) = outcome else {
          Issue.record("\(outcome)")
          return
        }
        #expect(exception.category == .productNotInTransfer)
      } else {
        guard case .applied = outcome else {
          Issue.record("\(outcome)")
          return
        }
      }
    }
    let done = try transfers.map { try chain.bench.transfer($0.id)["validated_count"]?.int }
    #expect(done == [1, 0, 1])
  }
}
