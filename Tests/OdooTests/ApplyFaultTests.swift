import Floor
import JSON
import Odoo
import Testing

/// Lets the n-th call fail in every way, n = 1, 2, … until a run meets no fault.
@Suite("Apply plan: the n-th call fails")
struct ApplyFaultTests {
  static let faults: [ApplyDriver.Fault] =
    [.lostBefore, .lostAfter, .crash(done: false), .crash(done: true)]
    + [.fails(.unavailable, done: false), .fails(.unavailable, done: true)]
    + [.fails(.unreachable, done: false), .fails(.conflict, done: false)]
    + [0, 1, 2, 5, 13].flatMap { [.late($0), .crashLate($0)] }

  /// All that is wrong after any of the runs.
  static func sweep(
    _ version: Int,
    _ settings: ApplyPlan.Settings = .init(),
    rest: Scenario.Rest = .backorder,
    stopsAtFirst: Bool = false
  ) -> (runs: Int, wrongs: [String]) {
    var runs = 0
    var wrongs: [String] = []
    for fault in faults where !(stopsAtFirst && !wrongs.isEmpty) {
      var call = 1
      while true {
        var scenario = Scenario(version)
        scenario.confirmation.rest = rest
        var driver = ApplyDriver(scenario.odoo, scenario.confirmation)
        driver.settings = settings
        driver.faultAt = call
        driver.fault = fault
        let outcome = driver.run()
        driver.runLate(all: true)
        runs += 1
        wrongs += scenario.wrongs(outcome).map { "\(fault) at call \(call): \($0)" }
        guard driver.fired, !(stopsAtFirst && !wrongs.isEmpty) else { break }
        call += 1
      }
    }
    return (runs, wrongs)
  }

  @Test(
    "whatever call fails, the end is one validation with the right goods",
    arguments: [
      (17, Scenario.Rest.backorder), (18, .backorder), (19, .backorder), (18, .drop),
    ]
  )
  func survivesAnyFailure(version: Int, rest: Scenario.Rest) {
    let (runs, wrongs) = Self.sweep(version, rest: rest)
    #expect(wrongs == [])
    #expect(runs > 18 * 8)
  }

  @Test("control: believing what the validation answers is caught")
  func catchesTrust() {
    // An answer proves nothing: somebody's write slips in before the validation.
    var settings = ApplyPlan.Settings()
    settings.trustsReturnValue = true
    let scenario = Scenario(18)
    var driver = ApplyDriver(scenario.odoo, scenario.confirmation)
    driver.settings = settings
    driver.meanwhile = { _, call in
      guard call.method == "button_validate" else { return }
      let line = scenario.odoo.lines.firstIndex { $0.id == 1001 } ?? 0
      scenario.odoo.lines[line].quantity = Quantity(2)
    }
    #expect(scenario.wrongs(driver.run()).contains { $0.hasPrefix("moved") })
    // A failure is an answer, too.
    #expect(!Self.sweep(18, settings, stopsAtFirst: true).wrongs.isEmpty)
  }

  @Test("control: writing again without reading is caught", arguments: [17, 18])
  func catchesBlindRepetition(version: Int) {
    var settings = ApplyPlan.Settings()
    settings.writesWithoutReading = true
    #expect(!Self.sweep(version, settings, stopsAtFirst: true).wrongs.isEmpty)
  }

  @Test("control: creating records instead of loading them is caught", arguments: [17, 18, 19])
  func catchesCreation(version: Int) {
    var settings = ApplyPlan.Settings()
    settings.createsInsteadOfLoads = true
    #expect(!Self.sweep(version, settings, stopsAtFirst: true).wrongs.isEmpty)
  }
}
