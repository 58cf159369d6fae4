internal import Dispatching
internal import HTTP
internal import JSON
internal import Odoo

/// Calls Odoo over one connection; confined to one thread.
final class OdooClient {
  private let http: HTTPClient
  private let settings: AgentSettings.OdooSettings
  private let link: OdooLink
  private let caller: RequestLimit.Caller
  private var requestID = 0

  /// - Parameter caller: Whose requests these are, where they are limited.
  init(
    _ settings: AgentSettings.OdooSettings,
    _ link: OdooLink,
    for caller: RequestLimit.Caller = .dispatch
  ) throws(HTTPClientError) {
    self.settings = settings
    self.caller = caller
    self.link = link
    http = try HTTPClient(settings.http) { link.isCancelled }
  }

  /// Finds out the version, logs in, and learns who we are.
  func logIn() -> Result<OdooLogin.Connected, OdooLogin.Problem> {
    var login = OdooLogin(settings.credentials, carrier: settings.carrier)
    var step = login.start()
    while true {
      switch step {
      case .send(let request):
        waitForTurn()
        step = login.resume(http.send(request).outcome)
      case .finished(let result): return result
      }
    }
  }

  /// A call with its result and how long it took.
  struct Answer {
    var result: Result<JSON, OdooFailure>
    var duration: Duration
    /// True if Odoo has said anything, good or bad.
    var isAnswered: Bool {
      guard case .failure(let failure) = result else { return true }
      return switch failure.kind {
      case .unreachable, .unavailable, .unanswered: false
      case .denied, .conflict, .forbidden, .refused, .missing, .contract: true
      }
    }
  }

  /// Makes one call with the shared session.
  func call(_ call: OdooCall) -> Answer {
    let (connected, generation) = link.state.with { ($0.connected, $0.generation) }
    guard let session = connected?.session else {
      return Answer(
        result: .failure(
          OdooFailure(kind: .unreachable, name: "tallyman.offline", message: "not logged in")
        ),
        duration: .zero
      )
    }
    let answer = self.call(call, as: session)
    if case .failure(let failure) = answer.result {
      switch failure.kind {
      case .denied: link.lost(generation: generation, denied: true)
      case .unreachable: link.lost(generation: generation, denied: false)
      default: break
      }
    }
    return answer
  }

  /// Makes one call with a session of one's own, as while logging in.
  func call(_ call: OdooCall, as session: OdooSession) -> Answer {
    requestID += 1
    let validates = call.writes && ["button_validate", "run", "action_apply"].contains(call.method)
    let timeout = validates ? settings.validateTimeout : nil
    waitForTurn()
    let reply = http.send(session.request(for: call, id: requestID), timeout: timeout)
    return Answer(result: session.decode(reply.outcome), duration: reply.duration)
  }

  private func waitForTurn() { link.gate.pass(caller, unless: { link.isStopping }) }

  /// Asks which fields the models have that transfers are applied with.
  func fields(as session: OdooSession) -> Result<OdooFields, OdooFailure> {
    var fields = OdooFields(version: session.version)
    let contract = OdooContract(version: session.version)
    return schema(of: contract.sendingModels + fields.extra, as: session).map {
      fields.learn($0)
      return fields
    }
  }

  /// Asks which fields models have; one that is not there, or not for this user, has none.
  func schema(of models: [String], as session: OdooSession) -> Result<OdooSchema, OdooFailure> {
    var schema = OdooSchema()
    for model in models {
      switch call(OdooSchema.question(model), as: session).result {
      case .success(let answer): schema.learn(model, answer)
      case .failure(let failure):
        switch failure.kind {
        case .forbidden, .refused, .missing, .contract: schema.learnAbsence(of: model)
        // JSON-2 answers 404 for a model that is not there, and for a database that is away.
        default: return .failure(failure)
        }
      }
    }
    return .success(schema)
  }
}
