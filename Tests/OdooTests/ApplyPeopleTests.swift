import Floor
import JSON
import Odoo
import Testing

/// What people do in Odoo's own screens, before and while a plan is at work.
@Suite("Apply plan: other people")
struct ApplyPeopleTests {
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
        if isDone, next.model == "stock.picking", next.method == "web_search_read" {
          seenDone = true
        }
      }
      _ = driver.run()
      #expect(wrote == [], "validated before call \(call)")
      if driver.calls.count < call { break }
      call += 1
    }
    #expect(call > 7)
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
    #expect(call > 7)
  }
}
