import Floor
import JSON
import Odoo
import OdooSimulator
import TestKit

/// The apply plan against the simulated Odoo, in one thread, with faults at chosen calls.
final class ApplyBench {
  /// What goes wrong with a call.
  enum Fault: CaseIterable {
    /// Neither the request nor its answer arrives anywhere.
    case requestLost
    /// Odoo carries the call out, the answer is lost.
    case answerLost
    /// The client gives up; Odoo carries the call out some calls later.
    case late
    /// Odoo gave up after colliding transactions.
    case conflict
    /// A proxy answers for Odoo, which does nothing.
    case unavailable
  }

  let odoo: SimulatedOdoo
  let session: OdooSession
  private let action: Int?
  private var held: [(call: OdooCall, after: Int)] = []
  private var calls = 0
  /// The fault, and the number of the call that it meets, from 1.
  var fault: (kind: Fault, at: Int)?
  /// What plans know beforehand.
  var names = KnownNames()
  /// How many calls later a late call is carried out.
  var lateness = 2
  /// What somebody else does right before the call of that number.
  var meanwhile: (at: Int, do: () throws -> Void)?
  private(set) var didFault = false
  /// The fields that are known; those of the usual modules unless `learnFields` was called.
  private(set) var fields: OdooFields
  /// Names of all calls that were made, in order.
  private(set) var made: [String] = []
  /// Why the last plan could not use the server action.
  private(set) var lostAction: String?
  /// Of these, the calls that may write.
  private(set) var writes: [Bool] = []

  convenience init(_ order: Order) throws {
    try self.init(copying: order.world, action: order.action)
  }

  /// - Parameter action: Id of the server action to apply with; nil for plain calls.
  init(copying world: SimulatedOdoo, action: Int? = nil) throws {
    self.action = action
    odoo = SimulatedOdoo(copying: world) { 1_800_000_000_000_000 }
    let answer = Self.serve(odoo, JSONRPC.version())
    guard case .answer(_, _, _, let body) = answer,
      let info = try JSON.parse(body)["result"]?["server_version_info"],
      let version = Odoo.OdooVersion(versionInfo: info)
    else { throw Trouble("no version") }
    session = OdooSession(
      database: "demo",
      uid: try Self.uid(odoo),
      key: Secret("demo-key"),
      version: version
    )
    fields = OdooFields(version: version)
  }

  /// Asks the server for its fields, as the agent does.
  func learnFields() throws {
    for model in fields.required.map(\.model) + fields.extra {
      fields.learn(model, try perform(OdooFields.fieldsGet(model)).get())
    }
  }

  /// Looks for the transfer that a confirmation is about.
  func search(
    _ confirmation: Confirmation,
    _ goal: TransferSearch.Goal,
    _ known: TransferSearch.Known
  ) throws -> TransferSearch.Outcome {
    var search = TransferSearch(confirmation, goal, known: known)
    var step = search.start()
    while true {
      switch step {
      case .call(let call): step = search.resume(try make(call))
      case .finished(let outcome): return outcome
      }
    }
  }

  private static func uid(_ odoo: SimulatedOdoo) throws -> Int {
    let request = JSONRPC.login(
      database: "demo",
      login: "tallyman",
      key: Secret("demo-key")
    )
    guard case .answer(_, _, _, let body) = serve(odoo, request),
      let uid = try JSON.parse(body)["result"]?.int
    else { throw Trouble("no login") }
    return uid
  }

  private static func serve(
    _ odoo: SimulatedOdoo,
    _ request: HTTPRequest
  ) -> HTTPOutcome {
    let headers = request.headers.map { (name: $0.name, value: $0.value) }
    guard
      let answer = odoo.exchange(
        request.method,
        request.path,
        headers: headers,
        body: request.body
      )
    else { return .noAnswer("closed") }
    return .answer(
      status: answer.status,
      contentType: answer.contentType,
      retryAfter: nil,
      body: answer.body
    )
  }

  /// Applies a confirmation as the dispatcher does: attempt after attempt until it is decided.
  func apply(
    _ confirmation: Confirmation,
    to transfer: Int,
    settings: ApplyPlan.Settings = ApplyPlan.Settings()
  ) throws -> ApplyOutcome {
    for _ in 0..<12 {
      let outcome = try attempt(confirmation, transfer, settings)
      // Whatever was held back is carried out sooner or later.
      if case .later = outcome {
        try carryOutHeld(all: true)
        continue
      }
      try carryOutHeld(all: true)
      return outcome
    }
    throw Trouble("never decided")
  }

  /// One attempt.
  func attempt(
    _ confirmation: Confirmation,
    _ transfer: Int,
    _ settings: ApplyPlan.Settings
  ) throws -> ApplyOutcome {
    var settings = settings
    settings.action = action
    var plan = ApplyPlan(
      confirmation: confirmation,
      transferID: transfer,
      fields: fields,
      settings: settings,
      names: names
    )
    var step = plan.start()
    for _ in 0..<300 {
      switch step {
      case .call(let call): step = plan.resume(try make(call))
      case .wait: step = plan.woke()
      case .finished(let outcome):
        lostAction = plan.lostAction
        return outcome
      }
    }
    throw Trouble("the plan does not end")
  }

  /// An attempt that ends, as with the process, after some calls; false if it ended by itself.
  func attempt(
    _ confirmation: Confirmation,
    _ transfer: Int,
    stopAfter limit: Int
  ) throws -> Bool {
    var plan = ApplyPlan(
      confirmation: confirmation,
      transferID: transfer,
      fields: OdooFields(version: session.version),
      settings: ApplyPlan.Settings(action: action)
    )
    var step = plan.start()
    var count = 0
    while count < limit {
      switch step {
      case .call(let call):
        count += 1
        step = plan.resume(try make(call))
      case .wait: step = plan.woke()
      case .finished: return false
      }
    }
    return true
  }

  func make(_ call: OdooCall) throws -> Result<JSON, OdooFailure> {
    calls += 1
    made.append("\(call.model).\(call.method)")
    writes.append(call.writes)
    if let meanwhile, meanwhile.at == calls { try meanwhile.do() }
    try carryOutHeld(all: false)
    guard let fault, fault.at == calls else { return try perform(call) }
    didFault = true
    func failure(_ kind: OdooFailure.Kind) -> Result<JSON, OdooFailure> {
      .failure(OdooFailure(kind: kind, name: "test", message: "injected"))
    }
    switch fault.kind {
    case .requestLost: return failure(.unanswered)
    case .answerLost:
      _ = try perform(call)
      return failure(.unanswered)
    case .late:
      held.append((call, calls + lateness))
      return failure(.unanswered)
    case .conflict: return failure(.conflict)
    case .unavailable: return failure(.unavailable)
    }
  }

  func carryOutHeld(all: Bool) throws {
    for one in held where all || one.after <= calls { _ = try perform(one.call) }
    held.removeAll { all || $0.after <= calls }
  }

  /// Makes a call that no plan makes.
  func ask(_ call: OdooCall) throws -> Result<JSON, OdooFailure> { try perform(call) }

  private func perform(_ call: OdooCall) throws -> Result<JSON, OdooFailure> {
    session.decode(Self.serve(odoo, session.request(for: call)))
  }

  /// A transfer as the simulator shows it to the administrator.
  func transfer(_ id: Int) throws -> JSON {
    let all = odoo.admin.state()["transfers"]?.array ?? []
    guard let found = all.first(where: { $0["id"]?.int == id }) else { throw Trouble("\(id)") }
    return found
  }

  struct Trouble: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
  }
}
