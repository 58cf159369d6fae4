import Floor
import JSON
import Odoo
import Testing

/// One test for each hazard that the apply plan has to stand; named after it.
@Suite("Apply plan: hazards")
struct ApplyHazardTests {
  @Test(
    "lateWrite: calls carried out after they were given up double nothing",
    arguments: [17, 19]
  )
  func lateWrite(version: Int) {
    for delay in [0, 1, 2, 4, 8, 16, 25] {
      var call = 1
      while true {
        let scenario = Scenario(version)
        var driver = ApplyDriver(scenario.odoo, scenario.confirmation)
        driver.faultAt = call
        driver.fault = .late(delay)
        #expect(scenario.wrongs(driver.run()) == [], "call \(call), \(delay) calls later")
        // What is still on its way comes when all is over.
        driver.runLate(all: true)
        #expect(scenario.odoo.moved == scenario.expected, "call \(call), at the end")
        #expect(scenario.odoo.pickings[0].validations == 1)
        guard driver.fired else { break }
        call += 1
      }
    }
  }

  @Test("appliedUnseen: what somebody else writes before the validation is not called applied")
  func appliedUnseen() throws {
    let scenario = Scenario(18)
    var driver = ApplyDriver(scenario.odoo, scenario.confirmation)
    driver.meanwhile = { _, call in
      guard call.method == "button_validate" else { return }
      let line = scenario.odoo.lines.firstIndex { $0.id == 1001 } ?? 0
      scenario.odoo.lines[line].quantity = Quantity(2)
    }
    let found = try #require(exception(driver.run()))
    #expect(found.category == .doneDifferently)
    #expect(found.odoo.contains("2 × Item 2, lot A, in PK1"))
    #expect(found.floor.contains("1 × Item 2, lot A, in PK1"))
  }

  @Test("appliedUnseen: another lot or package in the done transfer is a difference")
  func appliedUnseenLotsAndPackages() {
    for change in [
      { (line: inout FakeOdoo.Line) in line.lotID = 2 },
      { line in line.resultPackageID = nil },
      { line in line.quantity = Quantity(millionths: 999_999) },
      { line in line.productID = 1 },
    ] {
      let scenario = Scenario(19)
      var driver = ApplyDriver(scenario.odoo, scenario.confirmation)
      driver.meanwhile = { _, call in
        guard call.method == "button_validate",
          let line = scenario.odoo.lines.firstIndex(where: { $0.id == 1001 })
        else { return }
        change(&scenario.odoo.lines[line])
      }
      #expect(exception(driver.run())?.category == .doneDifferently)
    }
  }

  @Test("appliedUnseen: loose goods may stay in packages that were there before, in no others")
  func appliedUnseenForeignPackages() {
    func run(_ package: (before: Int?, after: Int?, source: Int?)) -> ApplyOutcome {
      let scenario = Scenario(18)
      scenario.odoo.packages = [.init(id: 1, name: "OLD"), .init(id: 2, name: "NEW")]
      scenario.odoo.lines[5].resultPackageID = package.before
      scenario.odoo.lines[5].packageID = package.source
      var driver = ApplyDriver(scenario.odoo, scenario.confirmation)
      driver.meanwhile = { _, call in
        guard call.method == "button_validate", let after = package.after else { return }
        let line = scenario.odoo.lines.firstIndex { $0.id == 1005 } ?? 0
        scenario.odoo.lines[line].resultPackageID = after
      }
      return driver.run()
    }
    func isApplied(_ outcome: ApplyOutcome) -> Bool {
      if case .applied = outcome { true } else { false }
    }
    #expect(isApplied(run((nil, nil, nil))))
    #expect(isApplied(run((1, nil, nil))))
    #expect(isApplied(run((nil, 1, 1))))
    #expect(exception(run((nil, 2, nil)))?.category == .doneDifferently)
    #expect(exception(run((1, 2, 1)))?.category == .doneDifferently)
  }

  @Test("appliedUnseen: the rest is not dropped if more is asked for than was seen")
  func appliedUnseenDrop() throws {
    for change in [
      { (odoo: FakeOdoo) in odoo.moves[0].demand = Quantity(6) },
      { odoo in
        odoo.moves.append(.init(id: 104, pickingID: 10, productID: 5, demand: .one))
      },
    ] {
      var scenario = Scenario(18)
      scenario.confirmation.rest = .drop
      change(scenario.odoo)
      var driver = ApplyDriver(scenario.odoo, scenario.confirmation)
      #expect(exception(driver.run())?.category == .changedInOdoo)
      #expect(driver.calls.allSatisfy { !$0.writes })
    }
  }

  @Test("growth goes to the backorder and stops nothing")
  func growthIsNoChange() {
    let scenario = Scenario(18)
    scenario.odoo.moves[0].demand = Quantity(7)
    var driver = ApplyDriver(scenario.odoo, scenario.confirmation)
    #expect(scenario.wrongs(driver.run()) == ["backorder [\"1:3\", \"2:1\"]"])
  }

  @Test("chainShrink: less is asked for, or a move is gone: a person decides")
  func chainShrink() {
    for change in [
      { (odoo: FakeOdoo) in odoo.moves[1].demand = Quantity(3) },
      { odoo in odoo.moves[1].state = "cancel" },
      { odoo in
        odoo.moves.remove(at: 3)
        odoo.lines.removeAll { $0.moveID == 103 }
      },
    ] {
      let scenario = Scenario(18)
      change(scenario.odoo)
      var driver = ApplyDriver(scenario.odoo, scenario.confirmation)
      #expect(exception(driver.run())?.category == .changedInOdoo)
      #expect(driver.calls.allSatisfy { !$0.writes })
    }
  }

  @Test("a remainder, whose moves were not known at closing, is compared by product")
  func appliesRemainders() {
    for (demand, category) in [
      (Quantity(5), nil), (Quantity(4), ApplyException.Category.changedInOdoo),
    ] {
      var scenario = Scenario(18)
      for index in scenario.confirmation.seen.indices {
        scenario.confirmation.seen[index].moveID = nil
      }
      scenario.odoo.moves[0].demand = demand
      var driver = ApplyDriver(scenario.odoo, scenario.confirmation)
      let outcome = driver.run()
      if let category {
        #expect(exception(outcome)?.category == category)
      } else {
        #expect(scenario.wrongs(outcome) == [])
      }
    }
  }

  @Test("sendingUnrecorded: after a failed write the plan reads, whatever the failure is called")
  func sendingUnrecorded() {
    let kinds: [OdooFailure.Kind] = [
      .unanswered, .unavailable, .conflict, .refused, .missing, .forbidden, .contract,
    ]
    for kind in kinds {
      let scenario = Scenario(18)
      var probe = ApplyDriver(scenario.odoo, scenario.confirmation)
      _ = probe.run()
      let last = probe.calls.lastIndex { $0.method == "button_validate" } ?? 0

      let again = Scenario(18)
      var driver = ApplyDriver(again.odoo, again.confirmation)
      driver.faultAt = last + 1
      driver.fault = .fails(kind, done: true)
      #expect(again.wrongs(driver.run()) == [], "\(kind)")
      #expect(driver.calls[last + 1].method == "web_search_read")
    }
  }

  @Test("retryForever: lines that are reserved again are planned again, a few times")
  func retryForever() throws {
    for times in 1...5 {
      let scenario = Scenario(18)
      var driver = ApplyDriver(scenario.odoo, scenario.confirmation)
      var left = times
      driver.meanwhile = { _, call in
        guard isWrite(call), left > 0 else { return }
        left -= 1
        scenario.odoo.reserveAgain(101)
      }
      let outcome = driver.run()
      if times <= 3 {
        #expect(scenario.wrongs(outcome) == [])
      } else {
        #expect(exception(outcome)?.category == .unstable)
      }
    }
  }

  @Test("a line that somebody ticked in Odoo, but nobody counted, stays for the backorder")
  func unticksUncounted() {
    for moment in ["web_search_read", "write"] {
      var scenario = Scenario(18)
      scenario.confirmation.lines.removeLast()
      scenario.odoo.lines[6].picked = true
      var driver = ApplyDriver(scenario.odoo, scenario.confirmation)
      driver.meanwhile = { _, call in
        // Lot B's line: another line of a move that was counted.
        if call.method == moment, call.model == "stock.picking" { scenario.odoo.tick(1002) }
      }
      #expect(scenario.wrongs(driver.run()) == ["backorder [\"1:1\", \"2:1\", \"4:3\"]"])
    }
  }

  @Test("a refusal that our own unanswered call may have caused is tried again")
  func triesAgainBesideItself() {
    for method in ["load", "write"] {
      let scenario = Scenario(18)
      var driver = ApplyDriver(scenario.odoo, scenario.confirmation)
      let first = Scenario(18)
      var probe = ApplyDriver(first.odoo, first.confirmation)
      _ = probe.run()
      driver.faultAt = (probe.calls.firstIndex { $0.method == method } ?? 0) + 1
      driver.fault = .late(9)
      var refusals = 1
      driver.refuse = { call in
        guard call.method == method, refusals > 0 else { return nil }
        refusals -= 1
        return OdooFailure(kind: .contract, name: "builtins.ValueError", message: "UniqueViolation")
      }
      #expect(scenario.wrongs(driver.run()) == [], "\(method)")
      #expect(refusals == 0)
      #expect(driver.plans == 1)
    }
  }

  @Test("an unanswered write is repeated on the same lines, whatever else looks better by then")
  func repeatsOnTheSameLines() {
    let scenario = Scenario(18)
    var probe = ApplyDriver(scenario.odoo, scenario.confirmation)
    _ = probe.run()
    let again = Scenario(18)
    var driver = ApplyDriver(again.odoo, again.confirmation)
    let fault = (probe.calls.firstIndex(where: isWrite) ?? 0) + 1
    driver.faultAt = fault
    // Carried out between the repetition and the validation.
    driver.fault = .late(11)
    driver.meanwhile = { number, _ in
      guard number == fault + 1 else { return }
      // A second line with lot A, of exactly the quantity that was counted.
      again.odoo.lines.append(
        .init(
          id: 900,
          pickingID: 10,
          moveID: 101,
          productID: 2,
          quantity: .one,
          picked: true,
          lotID: 1
        )
      )
    }
    #expect(again.wrongs(driver.run()) == [])
    let writes = driver.calls.filter(isWrite)
    #expect(writes.count >= 2)
    for write in writes {
      let commands = write.arguments["vals"]?["move_line_ids"]?.array ?? []
      let line = commands.first { $0[1] == 1001 }
      #expect(line?[2]?["quantity"] == 1)
    }
  }
}
