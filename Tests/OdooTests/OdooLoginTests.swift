import JSON
import Odoo
import Testing

@Suite("Logging in")
struct OdooLoginTests {
  let credentials = OdooLogin.Credentials(database: "lab", login: "clerk", key: Secret("k"))

  /// Gives the answers in turn; returns what the login ended with, and the paths it asked.
  private func run(
    _ answers: [HTTPOutcome],
    carrier: OdooProtocol? = nil
  ) -> (Result<OdooLogin.Connected, OdooLogin.Problem>?, [String]) {
    var login = OdooLogin(credentials, carrier: carrier)
    var step = login.start()
    var paths: [String] = []
    var rest = answers[...]
    while case .send(let request) = step {
      paths.append(request.path)
      guard let answer = rest.popFirst() else { return (nil, paths) }
      step = login.resume(answer)
    }
    guard case .finished(let result) = step else { return (nil, paths) }
    return (result, paths)
  }

  private func json(_ value: JSON, status: Int = 200) -> HTTPOutcome {
    .answer(status: status, contentType: "application/json", retryAfter: nil, body: value.bytes)
  }

  private func rpc(_ value: JSON) -> HTTPOutcome { json(["jsonrpc": "2.0", "result": value]) }

  private func rpcError(_ name: String, _ message: String) -> HTTPOutcome {
    json(["error": ["code": 200, "data": ["name": .string(name), "message": .string(message)]]])
  }

  private func page(_ status: Int) -> HTTPOutcome {
    .answer(status: status, contentType: "text/html", retryAfter: nil, body: Array("<p>x".utf8))
  }

  private func version(_ major: Int) -> HTTPOutcome {
    rpc(["server_version_info": [.int(major), 0, 0, "final", 0, ""]])
  }

  private let user: JSON = [
    [
      "id": 8, "name": "Clerk", "login": "clerk", "email": "c@x", "company_id": 1,
      "company_ids": [1],
    ]
  ]
  private let company: JSON = [["id": 1, "name": "Dock", "create_date": "2026-01-02 03:04:05"]]

  @Test("17 and 18 log in over JSON-RPC", arguments: [17, 18])
  func logsInOverJSONRPC(major: Int) throws {
    let (result, paths) = run([version(major), rpc(8), rpc(user), rpc(company)])
    let connected = try #require(try result?.get())
    #expect(paths == Array(repeating: "/jsonrpc", count: 4))
    #expect(connected.session.uid == 8)
    #expect(connected.session.carrier == .jsonRPC)
    #expect(connected.hasEmail)
    #expect(
      connected.fingerprint
        == OdooLogin.Fingerprint(
          database: "lab",
          userID: 8,
          companyID: 1,
          companyCreated: "2026-01-02 03:04:05"
        )
    )
  }

  @Test("19 logs in over JSON-2")
  func logsInOverJSON2() throws {
    let (result, paths) = run([version(19), json(["uid": 7]), json(user), json(company)])
    #expect(try result?.get().session.carrier == .json2)
    #expect(
      paths == [
        "/jsonrpc", "/json/2/res.users/context_get", "/json/2/res.users/search_read",
        "/json/2/res.company/search_read",
      ]
    )
  }

  @Test("a server without JSON-RPC is asked for its version the newer way")
  func probesWithoutJSONRPC() throws {
    let (result, paths) = run([
      page(404), json(["version_info": [22, 0]]), json(["uid": 7]), json(user), json(company),
    ])
    #expect(paths[1] == "/web/version")
    #expect(try result?.get().session.version.major == 22)
  }

  @Test("calls after the login are restricted to the user's company")
  func restrictsToTheCompany() throws {
    let both: JSON = [
      [
        "id": 8, "name": "Clerk", "login": "clerk", "email": false, "company_id": 1,
        "company_ids": [1, 2],
      ]
    ]
    let (result, _) = run([version(18), rpc(8), rpc(both), rpc(company)])
    let connected = try #require(try result?.get())
    #expect(connected.session.allowedCompanies == [1])
    #expect(connected.companyIDs == [1, 2])
    let call = OdooCall("stock.picking", "search", arguments: ["domain": []], writes: false)
    let body = try JSON.parse(connected.session.request(for: call).body)
    #expect(body["params"]?["args"]?[6]?["context"] == ["allowed_company_ids": [1]])
  }

  @Test("the protocol can be forced")
  func forcesProtocol() throws {
    let (result, _) = run([version(19), rpc(8), rpc(user), rpc(company)], carrier: .jsonRPC)
    #expect(try result?.get().session.carrier == .jsonRPC)
  }

  @Test("each way to fail is told in words that say what to do")
  func tellsFailures() {
    func sentence(_ answers: [HTTPOutcome]) -> String {
      guard case .failure(let problem)? = run(answers).0 else { return "no failure" }
      return problem.sentence
    }
    #expect(sentence([version(16)]).contains("needs Odoo 17 or newer"))
    #expect(sentence([.notSent("refused")]).contains("cannot be reached"))
    #expect(sentence([.noAnswer("time out")]).contains("gave no answer"))
    #expect(sentence([page(404), page(404)]).contains("no Odoo with a database"))
    #expect(sentence([page(301)]).contains("redirects"))
    #expect(sentence([page(200)]).contains("not as Odoo does"))
    #expect(sentence([page(502)]).contains("cannot serve now"))
    #expect(sentence([version(18), rpc(false)]).contains("refuses the login"))
    #expect(
      sentence([
        version(18),
        rpcError("psycopg2.OperationalError", "FATAL:  database \"lab\" does not exist"),
      ]).contains("does not exist on this server")
    )
    #expect(
      sentence([version(18), rpcError("builtins.KeyError", "res.users")])
        .contains("not an Odoo database")
    )
    #expect(
      sentence([
        version(19), json(["name": "werkzeug.exceptions.Unauthorized"], status: 401),
      ]).contains("refuses the login")
    )
    #expect(sentence([rpc("hello")]).contains("told no Odoo version"))
  }
}
