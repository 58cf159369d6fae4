import Floor
import JSON
import Odoo
import Testing

/// One test for each hazard that the apply plan has to stand; named after it.
@Suite("Apply plan: hazards")
struct ApplyHazardTests {
  private func exception(_ outcome: ApplyOutcome) -> ApplyException? {
    if case .exception(let exception) = outcome { exception } else { nil }
  }

  private func later(_ outcome: ApplyOutcome) -> ApplyOutcome.Later? {
    if case .later(let later) = outcome { later } else { nil }
  }

  private func isWrite(_ call: OdooCall) -> Bool {
    call.model == "stock.picking" && call.method == "write"
  }

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
      #expect(driver.calls[last + 1].method == "search_read")
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
    for moment in ["search_read", "write"] {
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

  @Test("somebody else validated the same: applied, without a write")
  func findsEqualDone() throws {
    let scenario = Scenario(18)
    var first = ApplyDriver(scenario.odoo, scenario.confirmation)
    _ = first.run()
    var second = ApplyDriver(scenario.odoo, scenario.confirmation)
    let outcome = second.run()
    #expect(scenario.wrongs(outcome) == [])
    guard case .applied(let applied) = outcome else { return }
    #expect(applied.wasAlreadyDone)
    #expect(second.calls.allSatisfy { !$0.writes })
  }

  @Test("somebody else validated something else: an exception, without a write")
  func findsDifferentDone() throws {
    let scenario = Scenario(18)
    _ = scenario.odoo.call(
      OdooCall("stock.picking", "button_validate", ids: [10], writes: true)
    )
    var driver = ApplyDriver(scenario.odoo, scenario.confirmation)
    let found = try #require(exception(driver.run()))
    #expect(found.category == .doneDifferently)
    #expect(found.odoo.contains("5 × Item 1"))
    #expect(found.floor.contains("3 × Item 1, in PK1"))
    #expect(driver.calls.allSatisfy { !$0.writes })
  }

  @Test("a validated transfer without its tracking reference is for a person")
  func missesTracking() throws {
    let scenario = Scenario(18)
    var first = ApplyDriver(scenario.odoo, scenario.confirmation)
    _ = first.run()
    scenario.odoo.pickings[0].tracking = nil
    var second = ApplyDriver(scenario.odoo, scenario.confirmation)
    #expect(exception(second.run())?.category == .doneDifferently)
    scenario.odoo.pickings[0].tracking = "OTHER"
    var third = ApplyDriver(scenario.odoo, scenario.confirmation)
    guard case .applied(let applied) = third.run() else {
      Issue.record("another reference of a carrier is no reason to stop")
      return
    }
    #expect(applied.notes == ["Odoo has the tracking reference OTHER."])
  }

  @Test("validated by somebody at any moment: never a write to what was seen done")
  func neverWritesToDone() {
    var call = 1
    while true {
      let scenario = Scenario(18)
      var driver = ApplyDriver(scenario.odoo, scenario.confirmation)
      var wrote: [OdooCall] = []
      var seenDone = false
      driver.meanwhile = { number, next in
        if number == call {
          _ = scenario.odoo.call(
            OdooCall("stock.picking", "button_validate", ids: [10], writes: true)
          )
        }
        if seenDone, next.writes { wrote.append(next) }
        let isDone = scenario.odoo.pickings[0].state == "done"
        // From the next read of the transfer on, the plan knows.
        if isDone, next.model == "stock.picking", next.method == "search_read" { seenDone = true }
      }
      _ = driver.run()
      #expect(wrote == [], "validated before call \(call)")
      if driver.calls.count < call { break }
      call += 1
    }
    #expect(call > 10)
  }

  @Test("cancelled at any moment: an exception, and nothing moves")
  func cancelledMeanwhile() {
    var call = 1
    while true {
      let scenario = Scenario(18)
      var driver = ApplyDriver(scenario.odoo, scenario.confirmation)
      driver.meanwhile = { number, next in
        if number == call, scenario.odoo.pickings[0].state == "assigned" {
          scenario.odoo.cancel(10)
        }
      }
      let outcome = driver.run()
      if scenario.odoo.pickings[0].state == "done" { break }
      #expect(exception(outcome)?.category == .cancelled, "cancelled before call \(call)")
      #expect(scenario.odoo.moved == [:])
      call += 1
    }
    #expect(call > 10)
  }

  @Test("what cannot be found or done is told by kind, before anything is written")
  func tellsWhatCannotBe() {
    func category(_ change: (inout Scenario) -> Void) -> ApplyException.Category? {
      var scenario = Scenario(18)
      change(&scenario)
      var driver = ApplyDriver(scenario.odoo, scenario.confirmation)
      let found = exception(driver.run())
      #expect(driver.calls.allSatisfy { !$0.writes })
      #expect(found?.sentence.contains("WH/OUT/00010") ?? false || found?.category != .gone)
      return found?.category
    }
    #expect(category { $0.odoo.pickings = [] } == .gone)
    #expect(category { $0.confirmation.lines[3].lot = "X" } == .lotUnknown)
    #expect(category { $0.confirmation.lines[0].sourcePackage = "X" } == .packageUnknown)
    #expect(
      category { $0.confirmation.lines.append(.init(productID: 7, quantity: .one)) }
        == .productNotInTransfer
    )
    #expect(category { $0.confirmation.lines = [] } == .nothingCounted)
    #expect(
      category {
        $0.odoo.packages = [
          .init(id: 1, name: "PK1", locationID: 5), .init(id: 2, name: "PK1", locationID: 5),
        ]
      } == .packageAmbiguous
    )
  }

  @Test(
    "a transfer that is not ready is waited for, but not for ever",
    arguments: ["draft", "waiting"]
  )
  func waitsUntilReady(state: String) {
    let scenario = Scenario(17)
    scenario.odoo.pickings[0].state = state
    var driver = ApplyDriver(scenario.odoo, scenario.confirmation)
    driver.plansAllowed = 1
    let found = later(driver.run())
    #expect(found != nil && found?.kind == nil)
    #expect(found?.retryAfter == .seconds(60))

    var last = ApplyDriver(scenario.odoo, scenario.confirmation)
    last.settings.notReadyBefore = last.settings.notReadyLimit
    #expect(exception(last.run())?.category == .notReady)
    #expect(driver.calls.allSatisfy { !$0.writes })
  }

  @Test("a question instead of a validation is named; a print-out is none")
  func namesWizards() throws {
    let scenario = Scenario(18)
    scenario.odoo.wizard = [
      "type": "ir.actions.act_window", "res_model": "expiry.picking.confirmation",
    ]
    var driver = ApplyDriver(scenario.odoo, scenario.confirmation)
    let found = try #require(exception(driver.run()))
    #expect(found.category == .wizard)
    #expect(found.odoo == "expiry.picking.confirmation")

    let printing = Scenario(18)
    printing.odoo.validationAnswer = ["type": "ir.actions.client", "tag": "do_multi_print"]
    var second = ApplyDriver(printing.odoo, printing.confirmation)
    #expect(printing.wrongs(second.run()) == [])

    let silent = Scenario(18)
    silent.odoo.wizard = true
    var third = ApplyDriver(silent.odoo, silent.confirmation)
    #expect(exception(third.run())?.category == .notDone)
  }

  @Test("Odoo's own rules come to the desk with Odoo's words")
  func tellsRefusals() throws {
    var scenario = Scenario(18)
    // The same serial twice: passes the write, is refused at the validation.
    scenario.confirmation.lines[4].lot = "S2"
    var driver = ApplyDriver(scenario.odoo, scenario.confirmation)
    let found = try #require(exception(driver.run()))
    #expect(found.category == .refused)
    #expect(found.odoo == "The serial number has already")
    #expect(scenario.odoo.moved == [:])
  }

  @Test("a login that is refused stops at once, at any call")
  func stopsOnDenial() {
    var call = 1
    while true {
      let scenario = Scenario(18)
      var driver = ApplyDriver(scenario.odoo, scenario.confirmation)
      driver.faultAt = call
      driver.fault = .fails(.denied, done: false)
      let outcome = driver.run()
      guard driver.fired else { break }
      // Names are a courtesy; all else stops.
      if case .applied = outcome {
        #expect(driver.calls[call - 1].arguments["fields"] == ["name"])
      } else {
        guard case .stop = outcome else {
          Issue.record("\(outcome)")
          return
        }
        #expect(driver.calls.count == call)
      }
      call += 1
    }
    #expect(call > 10)
  }

  @Test("a server that stays silent after the validation is waited for half a minute, then later")
  func settlesWithinLimits() throws {
    let scenario = Scenario(18)
    let odoo = scenario.odoo
    var plan = ApplyPlan(
      confirmation: scenario.confirmation,
      transferID: 10,
      fields: OdooFields(version: odoo.version)
    )
    var step = plan.start()
    var waits: [Duration] = []
    while true {
      switch step {
      case .call(let call) where call.method == "button_validate":
        step = plan.resume(.failure(OdooFailure(kind: .unanswered, name: "x", message: "x")))
      case .call(let call): step = plan.resume(odoo.call(call))
      case .wait(let pause):
        waits.append(pause)
        step = plan.woke()
      case .finished(let outcome):
        #expect(waits.reduce(.zero, +) == .seconds(30))
        #expect(waits == waits.sorted() || waits.count > 1)
        let found = try #require(later(outcome))
        #expect(found.kind == .unanswered)
        #expect(found.retryAfter ?? .zero >= .seconds(120))
        return
      }
    }
  }
}
