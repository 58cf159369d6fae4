import Floor
import JSON
import Odoo
import OdooSimulator
import Testing

/// Somebody works on the same transfer in Odoo, before each of our calls in turn.
@Suite("Applying beside people in Odoo")
struct OtherPeopleTests {
  private func name(_ order: Order) -> JSON { .string(order.confirmation.transferName) }

  /// Runs with `act` before call n, n = 1, 2, …; every end must be what `judge` allows.
  private func run(
    _ kind: Order.Kind,
    _ setup: Setup,
    _ act: @escaping (Order, ApplyBench) throws -> Void,
    _ judge: (Order, ApplyBench, ApplyOutcome, Int) throws -> String?
  ) throws -> [String] {
    let order = try Order(kind, setup)
    var found: [String] = []
    for n in 1...60 {
      let bench = try ApplyBench(order)
      var acted = false
      bench.meanwhile = (
        n,
        {
          acted = true
          try act(order, bench)
        }
      )
      let outcome = try bench.apply(order.confirmation, to: order.transfer)
      guard acted else { return found }
      if let problem = try judge(order, bench, outcome, n) {
        found.append("before call \(n): \(problem) (\(outcome))")
      }
    }
    return found + ["more than 60 calls"]
  }

  /// Never more than one validation, and `applied` only if Odoo has what was counted.
  private func honest(
    _ order: Order,
    _ bench: ApplyBench,
    _ outcome: ApplyOutcome,
    _ n: Int
  ) throws -> String? {
    let count = try bench.transfer(order.transfer)["validated_count"]?.int ?? -1
    if count > 1 { return "validated \(count) times" }
    guard case .applied = outcome else { return nil }
    let problems = try order.problems(bench)
    return problems.isEmpty ? nil : "called applied: \(problems)"
  }

  @Test(arguments: Setup.all)
  func somebodyElseValidatesTheSame(setup: Setup) throws {
    let problems = try run(.partial, setup) { order, bench in
      _ = try? bench.odoo.admin.person(["do": "validate", "transfer": name(order)])
    } _: { order, bench, outcome, n in
      try honest(order, bench, outcome, n)
    }
    #expect(problems == [])
  }

  @Test(arguments: Setup.all)
  func somebodyCancels(setup: Setup) throws {
    let problems = try run(.full, setup) { order, bench in
      _ = try? bench.odoo.admin.person(["do": "cancel", "transfer": name(order)])
    } _: { order, bench, outcome, n in
      try honest(order, bench, outcome, n)
    }
    #expect(problems == [])
  }

  /// Hazard `applied-unseen`: what somebody writes between our write and our validation is
  /// validated too, and must not be called applied.
  @Test(arguments: Setup.all)
  func appliedUnseen(setup: Setup) throws {
    var exceptions = 0
    let problems = try run(.full, setup) { order, bench in
      let transfer = try bench.transfer(order.transfer)
      // What is changed after the end was read is a change of Odoo's stock, not of our work.
      guard transfer["state"]?.string != "done" else { return }
      let moves = transfer["moves"]?.array ?? []
      guard let line = moves.first?["lines"]?[0]?["id"] else { return }
      _ = try? bench.odoo.admin.person([
        "do": "set_line", "line": line, "quantity": 1, "picked": true,
      ])
    } _: { order, bench, outcome, n in
      if case .exception = outcome { exceptions += 1 }
      return try honest(order, bench, outcome, n)
    }
    #expect(problems == [])
    // The action leaves no moment between its write and its validation.
    #expect((exceptions > 0) != setup.isAtomic, "\(exceptions) exceptions")
  }

  /// The rest may be dropped only if the demand is what it was at closing.
  @Test(arguments: Setup.all)
  func appliedUnseenKeepsDemandThatWasAdded(setup: Setup) throws {
    let order = try Order(.dropped, setup)
    let bench = try ApplyBench(order)
    let origin = try bench.transfer(order.transfer)["origin"] ?? .null
    _ = try bench.odoo.admin.person([
      "do": "change_order", "order": origin, "product": "TM-1001", "quantity": 9,
    ])
    let outcome = try bench.apply(order.confirmation, to: order.transfer)
    guard case .exception(let exception) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(exception.category == .changedInOdoo)
    #expect(try bench.transfer(order.transfer)["validated_count"]?.int == 0)
  }

  @Test(arguments: Setup.all)
  func aTransferThatWasClosedWithOtherGoodsIsAnException(setup: Setup) throws {
    let order = try Order(.partial, setup)
    let bench = try ApplyBench(order)
    _ = try bench.odoo.admin.person(["do": "validate", "transfer": name(order)])
    let outcome = try bench.apply(order.confirmation, to: order.transfer)
    guard case .exception(let exception) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(exception.category == .doneDifferently)
    #expect(!exception.odoo.isEmpty && !exception.floor.isEmpty)
    #expect(try bench.transfer(order.transfer)["done_edits"]?.int == 0)
  }
}
