import Floor
import JSON
import Odoo
import OdooSimulator
import Testing

/// Applying with the server action: what is its own; all else is shown for both plans alike.
@Suite("Applying with the server action")
struct ServerActionTests {
  private static let atomic = Setup.all.filter(\.isAtomic)

  private func isApplied(_ outcome: ApplyOutcome) -> Bool {
    if case .applied = outcome { true } else { false }
  }

  private func exception(_ outcome: ApplyOutcome) -> ApplyException? {
    if case .exception(let exception) = outcome { exception } else { nil }
  }

  @Test("two calls for any transfer, whatever it needs", arguments: Order.Kind.allCases, atomic)
  func takesTwoCalls(kind: Order.Kind, setup: Setup) throws {
    let order = try Order(kind, setup)
    let bench = try ApplyBench(order)
    #expect(isApplied(try bench.apply(order.confirmation, to: order.transfer)))
    #expect(bench.made == ["ir.actions.server.run", "ir.actions.server.run"])
    #expect(try order.problems(bench) == [])
  }

  @Test("replayed-key: the key of a restored journal, used for other goods", arguments: atomic)
  func replayedKeyWithOtherGoods(setup: Setup) throws {
    let order = try Order(.partial, setup)
    let bench = try ApplyBench(order)
    #expect(isApplied(try bench.apply(order.confirmation, to: order.transfer)))
    // The same uuid, closed once more with other goods: what was applied is not this.
    var other = order.confirmation
    other.lines[0].quantity = Quantity(2)
    let found = try #require(exception(try bench.apply(other, to: order.transfer)))
    #expect(found.category == .keyReused)
    #expect(try order.problems(bench) == [])
  }

  @Test(
    "replayed-key: what Odoo was expected to ask for is no part of the content",
    arguments: atomic
  )
  func replayedKeyWithOtherExpectations(setup: Setup) throws {
    let order = try Order(.partial, setup)
    let bench = try ApplyBench(order)
    // The answer is lost, and before the next attempt less is expected of Odoo.
    bench.fault = (.answerLost, 2)
    _ = try bench.attempt(order.confirmation, order.transfer, ApplyPlan.Settings(settling: .zero))
    var other = order.confirmation
    other.seen[0].demand = other.seen[0].demand - .one
    #expect(isApplied(try bench.apply(other, to: order.transfer)))
    #expect(try order.problems(bench) == [])
  }

  @Test("replayed-key: the key was used on another transfer", arguments: atomic)
  func replayedKeyOnAnotherTransfer(setup: Setup) throws {
    let order = try Order(.partial, setup)
    let bench = try ApplyBench(order)
    #expect(isApplied(try bench.apply(order.confirmation, to: order.transfer)))
    let second = try bench.odoo.admin.order([("TM-1001", 2), ("TM-1002", 3)])
    let id = try #require(second.at(pointer: "/transfers/0/id")?.int)
    let found = try #require(exception(try bench.apply(order.confirmation, to: id)))
    #expect(found.category == .keyReused)
    #expect(found.odoo.contains("\(order.transfer)"))
    #expect(try bench.transfer(id)["validated_count"]?.int == 0)
  }

  @Test("an action that is gone is made up for by the plain calls", arguments: atomic)
  func fallsBack(setup: Setup) throws {
    for kind in Order.Kind.allCases {
      let order = try Order(kind, setup)
      let bench = try ApplyBench(copying: order.world, action: (order.action ?? 0) + 999)
      #expect(isApplied(try bench.apply(order.confirmation, to: order.transfer)))
      #expect(bench.lostAction?.contains("MissingError") == true)
      #expect(bench.made.contains("stock.picking.button_validate"))
      #expect(try order.problems(bench) == [])
    }
  }

  @Test("an action with other code is not used", arguments: atomic)
  func refusesStrangeActions(setup: Setup) throws {
    let order = try Order(.full, setup)
    let strange = try order.world.admin.installAction(code: "# Tallyman confirm v2")
    let bench = try ApplyBench(copying: order.world, action: strange)
    #expect(isApplied(try bench.apply(order.confirmation, to: order.transfer)))
    #expect(bench.lostAction?.hasPrefix("it answered") == true)
    #expect(try order.problems(bench) == [])
  }

  @Test("what somebody changes after the look is looked at again", arguments: atomic)
  func seesChanges(setup: Setup) throws {
    let order = try Order(.full, setup)
    let bench = try ApplyBench(order)
    bench.meanwhile = (
      2,
      {
        let moves = try bench.transfer(order.transfer)["moves"]?.array ?? []
        _ = try bench.odoo.admin.person([
          "do": "set_line", "line": moves.first?["lines"]?[0]?["id"] ?? .null, "quantity": 1,
          "picked": true,
        ])
      }
    )
    #expect(isApplied(try bench.apply(order.confirmation, to: order.transfer)))
    #expect(bench.made.count == 4)
    #expect(try order.problems(bench) == [])
  }

  @Test("a call that was given up and one in its place do it once", arguments: atomic)
  func repeatsHarmlessly(setup: Setup) throws {
    for lateness in [1, 2, 3, 1000] {
      let order = try Order(.full, setup)
      let bench = try ApplyBench(order)
      bench.fault = (.late, 2)
      bench.lateness = lateness
      #expect(isApplied(try bench.apply(order.confirmation, to: order.transfer)))
      #expect(try order.problems(bench) == [], "\(lateness) calls late")
    }
  }
}
