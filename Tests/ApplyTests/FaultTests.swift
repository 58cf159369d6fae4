import Floor
import JSON
import Odoo
import OdooSimulator
import TestKit
import Testing

/// Fails the n-th call, n = 1, 2, … until a run meets no fault any more: the end is always the
/// same, one validation with what was counted.
@Suite("Applying under faults")
struct FaultTests {
  func run(
    _ kind: Order.Kind,
    _ setup: Setup,
    _ fault: ApplyBench.Fault,
    lateness: Int = 2,
    settings: ApplyPlan.Settings = ApplyPlan.Settings()
  ) throws -> [String] {
    let order = try Order(kind, setup)
    var found: [String] = []
    for n in 1...60 {
      let bench = try ApplyBench(order)
      bench.fault = (fault, n)
      bench.lateness = lateness
      let outcome = try bench.apply(order.confirmation, to: order.transfer, settings: settings)
      guard bench.didFault else { return found }
      let made = bench.made.enumerated().map { "\($0 + 1) \($1)" }.joined(separator: ", ")
      guard case .applied = outcome else {
        found.append("call \(n): \(outcome); \(made)")
        continue
      }
      found += try order.problems(bench).map { "call \(n): \($0); \(made)" }
    }
    return found + ["more than 60 calls"]
  }

  @Test(arguments: Order.Kind.allCases, Setup.all)
  func endsRightWithoutFaults(kind: Order.Kind, setup: Setup) throws {
    let order = try Order(kind, setup)
    let bench = try ApplyBench(order)
    let outcome = try bench.apply(order.confirmation, to: order.transfer)
    guard case .applied(let applied) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(!applied.wasAlreadyDone)
    #expect(applied.backorders.isEmpty == (order.backorder == 0))
    #expect(try order.problems(bench) == [])
  }

  @Test(arguments: Order.Kind.allCases, Setup.all)
  func endsRightWhateverAnswerIsLost(kind: Order.Kind, setup: Setup) throws {
    #expect(try run(kind, setup, .answerLost) == [])
    #expect(try run(kind, setup, .requestLost) == [])
  }

  @Test(arguments: Order.Kind.allCases, Setup.all)
  func endsRightAfterConflictsAndOutages(kind: Order.Kind, setup: Setup) throws {
    #expect(try run(kind, setup, .conflict) == [])
    #expect(try run(kind, setup, .unavailable) == [])
  }

  /// Hazard `late-write`: a call that the client gave up is carried out later, between our other
  /// calls or after all of them.
  @Test(arguments: Order.Kind.allCases, Setup.all)
  func lateWrite(kind: Order.Kind, setup: Setup) throws {
    for lateness in [1, 2, 3, 5, 8, 1000] {
      #expect(try run(kind, setup, .late, lateness: lateness) == [], "\(lateness) calls late")
    }
  }

  /// As long as an earlier call may still be carried out, a plan only looks, wherever the earlier
  /// attempt was interrupted; once the time is over it ends what is left.
  @Test(arguments: Order.Kind.allCases, Setup.all)
  func lateWriteAfterARestart(kind: Order.Kind, setup: Setup) throws {
    let order = try Order(kind, setup)
    for n in 1...60 {
      let bench = try ApplyBench(order)
      let stopped = try bench.attempt(order.confirmation, order.transfer, stopAfter: n)
      let before = bench.made.count
      let isDone = try bench.transfer(order.transfer)["state"]?.string == "done"
      let looking = ApplyPlan.Settings(unsettledFor: .seconds(1))
      let outcome = try bench.attempt(order.confirmation, order.transfer, looking)
      let looks = bench.made[before...]
      #expect(bench.writes[before...].allSatisfy { !$0 }, "after call \(n): \(looks)")
      switch outcome {
      case .applied: #expect(isDone, "after call \(n)")
      case .later(let later):
        #expect(!isDone && later.isUnsettled && later.retryAfter == .seconds(1), "after call \(n)")
      default: Issue.record("after call \(n): \(outcome)")
      }
      guard case .applied = try bench.apply(order.confirmation, to: order.transfer) else {
        Issue.record("after call \(n): not applied in the end")
        continue
      }
      #expect(try order.problems(bench) == [], "after call \(n)")
      if !stopped { return }
    }
    Issue.record("more than 60 calls")
  }

  /// A restart in the midst of a plan, after any call: the next attempt finds out what was done.
  @Test(arguments: Order.Kind.allCases, Setup.all)
  func sendingUnrecorded(kind: Order.Kind, setup: Setup) throws {
    let order = try Order(kind, setup)
    for n in 1...60 {
      let bench = try ApplyBench(order)
      let stopped = try bench.attempt(order.confirmation, order.transfer, stopAfter: n)
      let outcome = try bench.apply(order.confirmation, to: order.transfer)
      guard case .applied = outcome else {
        Issue.record("stopped after call \(n): \(outcome)")
        continue
      }
      #expect(try order.problems(bench) == [], "stopped after call \(n)")
      if !stopped { return }
    }
    Issue.record("more than 60 calls")
  }
}
