import Floor
import JSON
import Odoo
import OdooSimulator
import Testing

/// Negative controls: a plan that breaks one of its invariants is noticed by the same tests.
@Suite("Broken plans are noticed")
struct BrokenPlanTests {
  private func problems(
    _ kind: Order.Kind,
    _ fault: ApplyBench.Fault,
    lateness: Int = 2,
    _ break: (inout ApplyPlan.Settings) -> Void
  ) throws -> [String] {
    var settings = ApplyPlan.Settings()
    `break`(&settings)
    return try FaultTests().run(kind, Setup(.v18), fault, lateness: lateness, settings: settings)
  }

  @Test func noticesAPlanThatTrustsTheReturnValue() throws {
    // Odoo answers `true` for what somebody else has validated with other goods.
    let order = try Order(.full, Setup(.v19))
    let bench = try ApplyBench(order)
    let name = order.confirmation.transferName
    // Right before the validation: all else is written.
    let dry = try ApplyBench(order)
    _ = try dry.apply(order.confirmation, to: order.transfer)
    let at = try #require(dry.made.firstIndex(of: "stock.picking.button_validate")) + 1
    bench.meanwhile = (
      at,
      {
        let moves = try bench.transfer(order.transfer)["moves"]?.array ?? []
        let line = moves.first?["lines"]?[0]?["id"] ?? .null
        _ = try bench.odoo.admin.person([
          "do": "set_line", "line": line, "quantity": 1, "picked": true,
        ])
        _ = try bench.odoo.admin.person(["do": "validate", "transfer": .string(name)])
      }
    )
    var settings = ApplyPlan.Settings()
    settings.trustsReturnValue = true
    let outcome = try bench.apply(order.confirmation, to: order.transfer, settings: settings)
    guard case .applied = outcome else {
      Issue.record("the broken plan did not call it applied: \(outcome)")
      return
    }
    #expect(try !order.problems(bench).isEmpty)
  }

  @Test func noticesAPlanThatWritesWithoutReading() throws {
    let found = try [ApplyBench.Fault.answerLost, .late].flatMap { fault in
      try Order.Kind.allCases.flatMap { try problems($0, fault) { $0.writesWithoutReading = true } }
    }
    #expect(!found.isEmpty)
  }

  @Test func noticesAPlanThatCreatesInsteadOfLoads() throws {
    // Seen after a lost answer, and made once more by a call that comes late.
    let found = try [3, 5, 8, 1000].flatMap { lateness in
      try problems(.split, .late, lateness: lateness) { $0.createsInsteadOfLoads = true }
    }
    #expect(!found.isEmpty)
  }
}
