internal import HTTP
internal import JSON
internal import Odoo
internal import OdooSimulator

/// A simulator, and a mirror that is refreshed from it over HTTP.
final class SimulatedSite {
  let server: OdooSimulatorServer
  let session: OdooSession
  let client: HTTPClient
  var mirror = MirrorCopy()
  var refresh: MirrorRefresh
  private var now: Int64 = 0

  init(
    _ version: OdooSimulator.OdooVersion,
    without absent: Set<SimulatorModule> = []
  ) throws {
    var options = OdooSimulatorServer.Options()
    options.without = absent
    server = try OdooSimulatorServer.start(version: version, options: options)
    client = try HTTPClient(HTTPSettings(baseURL: server.url, version: "test"))
    var login = OdooLogin(
      OdooLogin.Credentials(
        database: server.database,
        login: server.login,
        key: Secret(server.key)
      )
    )
    var step = login.start()
    while case .send(let request) = step { step = login.resume(client.send(request).outcome) }
    guard case .finished(let result) = step else { throw SimulatedSiteError() }
    session = try result.get().session
    refresh = MirrorRefresh(major: version.rawValue)
    var fields = OdooFields(version: session.version)
    for model in fields.required.map(\.model) + fields.extra {
      fields.learn(model, try call(OdooFields.fieldsGet(model)).get())
    }
    refresh = MirrorRefresh(major: version.rawValue, fields: fields.names)
  }

  deinit { server.stop() }

  func call(_ call: OdooCall) -> Result<JSON, OdooFailure> {
    session.decode(client.send(session.request(for: call)).outcome)
  }

  @discardableResult
  func update(_ kind: RefreshKind = .realTime) throws -> MirrorRefresh.Summary {
    now += 5
    server.admin.advance(by: .seconds(5))
    var step = refresh.start(kind, startedAt: now, now: .seconds(now))
    while true {
      switch step {
      case .call(let wanted): step = refresh.resume(call(wanted))
      case .apply(let change):
        mirror.apply(change)
        step = refresh.proceed()
      case .finished(let summary): return summary
      case .failed(let failure): throw failure
      }
    }
  }
}

struct SimulatedSiteError: Error {}
