import Floor
import JSON
import Odoo

/// Carries out a plan's steps on a fake Odoo, with faults, until there is a decision.
struct ApplyDriver {
  /// What goes wrong at one call.
  enum Fault: Hashable {
    /// Not done, no answer.
    case lostBefore
    /// Done, no answer.
    case lostAfter
    /// No answer; done after so many further calls.
    case late(Int)
    /// Answered with a failure of a kind; done nevertheless if true.
    case fails(OdooFailure.Kind, done: Bool)
    /// The box stops: before the call, or behind it, or it is carried out later.
    case crash(done: Bool)
    case crashLate(Int)
  }

  let odoo: FakeOdoo
  let confirmation: Confirmation
  var settings = ApplyPlan.Settings()
  var transferID = 10
  /// The call that fails, counted from one over all plans.
  var faultAt: Int?
  var fault = Fault.lostBefore
  /// Called before each call with its number.
  var meanwhile: (Int, OdooCall) -> Void = { _, _ in }
  /// Asked at each call after the fault; what it answers is Odoo's failure.
  var refuse: (OdooCall) -> OdooFailure? = { _ in nil }
  var plansAllowed = 6

  private(set) var calls: [OdooCall] = []
  private(set) var waited = Duration.zero
  private(set) var plans = 0
  private(set) var fired = false
  private var late: [(after: Int, call: OdooCall)] = []

  init(_ odoo: FakeOdoo, _ confirmation: Confirmation) {
    self.odoo = odoo
    self.confirmation = confirmation
  }

  /// Runs plans until one decides, or the allowed number is used up.
  mutating func run() -> ApplyOutcome {
    var last = ApplyOutcome.stop(OdooFailure(kind: .contract, name: "none", message: "no plan"))
    while plans < plansAllowed {
      guard let outcome = runOnce() else { continue }
      last = outcome
      guard case .later(let later) = outcome else { return outcome }
      // Two minutes later everything that was on its way has been done.
      if let pause = later.retryAfter, pause >= .seconds(120) { runLate(all: true) }
    }
    return last
  }

  /// Runs one plan; nil if the box crashed.
  mutating func runOnce() -> ApplyOutcome? {
    plans += 1
    var plan = ApplyPlan(
      confirmation: confirmation,
      transferID: transferID,
      fields: OdooFields(version: odoo.version),
      settings: settings
    )
    var step = plan.start()
    while true {
      switch step {
      case .finished(let outcome): return outcome
      case .wait(let pause):
        waited += pause
        step = plan.woke()
      case .call(let call):
        guard let result = perform(call) else { return nil }
        step = plan.resume(result)
      }
    }
  }

  private mutating func perform(_ call: OdooCall) -> Result<JSON, OdooFailure>? {
    calls.append(call)
    runLate(all: false)
    meanwhile(calls.count, call)
    if fired, let failure = refuse(call) { return .failure(failure) }
    guard calls.count == faultAt else { return odoo.call(call) }
    fired = true
    let lost = OdooFailure(kind: .unanswered, name: "http.no_answer", message: "time out")
    switch fault {
    case .lostBefore: return .failure(lost)
    case .lostAfter:
      _ = odoo.call(call)
      return .failure(lost)
    case .late(let count):
      if call.writes { late.append((calls.count + count, call)) }
      return .failure(lost)
    case .fails(let kind, let done):
      if done { _ = odoo.call(call) }
      return .failure(OdooFailure(kind: kind, name: "fault", message: "\(kind)"))
    case .crash(let done):
      if done { _ = odoo.call(call) }
      return nil
    case .crashLate(let count):
      if call.writes { late.append((calls.count + count, call)) }
      return nil
    }
  }

  mutating func runLate(all: Bool) {
    while let next = late.first, all || next.after < calls.count {
      late.removeFirst()
      _ = odoo.call(next.call)
    }
  }
}
