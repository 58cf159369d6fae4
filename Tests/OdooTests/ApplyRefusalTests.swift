import Floor
import JSON
import Odoo
import Testing

/// What Odoo refuses, asks, or does not answer.
@Suite("Apply plan: refusals")
struct ApplyRefusalTests {
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
    #expect(call > 7)
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
