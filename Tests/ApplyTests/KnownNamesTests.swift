import Floor
import JSON
import Odoo
import OdooSimulator
import Testing

/// Lots and packages that were asked for beforehand, for many transfers at once.
@Suite("Names asked for beforehand")
struct KnownNamesTests {
  private static let plain = Setup.all.filter { !$0.isAtomic }

  private func ask(_ confirmations: [Closed], _ bench: ApplyBench) throws -> KnownNames {
    var names = KnownNames(of: confirmations)
    for call in names.questions(bench.fields) {
      let answer = try bench.ask(call).get()
      let isTaken = names.take(call, answer)
      #expect(isTaken)
    }
    return names
  }

  @Test("four calls, and one for each model that needs `load`", arguments: plain)
  func takesFewCalls(setup: Setup) throws {
    let expected: [Order.Kind: Int] = [
      .full: 5, .partial: 4, .dropped: 4, .lots: 5, .split: 6, .receipt: 5,
    ]
    for kind in Order.Kind.allCases {
      let order = try Order(kind, setup)
      let bench = try ApplyBench(order)
      bench.names = try ask([order.confirmation], bench)
      #expect(bench.names.covers(order.confirmation))
      guard case .applied = try bench.apply(order.confirmation, to: order.transfer) else {
        Issue.record("\(kind) is not applied")
        continue
      }
      #expect(try order.problems(bench) == [], "\(kind)")
      let loads = bench.made.count { $0.hasSuffix(".load") }
      #expect(bench.made.count == 4 + loads, "\(kind): \(bench.made)")
      #expect(bench.made.count <= expected[kind] ?? 0, "\(kind): \(bench.made)")
    }
  }

  @Test("what is not true any more is asked for again", arguments: plain)
  func survivesStaleNames(setup: Setup) throws {
    let order = try Order(.lots, setup)
    let bench = try ApplyBench(order)
    // A lot that has another id by now.
    var names = KnownNames(of: [order.confirmation])
    for call in names.questions(bench.fields) {
      var answer = try bench.ask(call).get()
      if call.model == "stock.lot" {
        answer = .array(
          (answer.array ?? []).map { row in
            var row = row.object ?? [:]
            row["id"] = .int((row["id"]?.int ?? 0) + 90_000)
            return .object(row)
          }
        )
      }
      let isTaken = names.take(call, answer)
      #expect(isTaken)
    }
    bench.names = names
    guard case .applied = try bench.apply(order.confirmation, to: order.transfer) else {
      Issue.record("not applied: \(bench.made)")
      return
    }
    #expect(try order.problems(bench) == [])
    #expect(bench.made.contains("stock.lot.search_read"))
  }
}
