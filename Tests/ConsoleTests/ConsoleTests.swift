import Console
import HTTP
import JSON
import Odoo
import Testing

/// Real HTTP to a console whose desk only remembers what it was asked.
@Suite("Console", .timeLimit(.minutes(1))) struct ConsoleTests {
  private let token = "0123456789abcdef0123456789abcdef"
  private let desk = RecordingDesk()
  private let console: Console
  private let client: HTTPClient

  init() throws {
    console = try Console.start(
      ConsoleOptions(port: 0, token: Array(token.utf8)),
      desk: desk
    )
    client = try HTTPClient(
      HTTPSettings(baseURL: "http://127.0.0.1:\(console.port)", version: "test")
    )
  }

  private struct Answer {
    var status: Int
    var json: JSON
    var code: String? { json["error"]?["code"]?.string }
  }

  private func send(
    _ method: String,
    _ path: String,
    token: String?,
    headers: [HTTPRequest.Header] = [],
    body: String = ""
  ) throws -> Answer {
    var all = headers
    if let token { all.append(.init("Authorization", "Bearer \(token)")) }
    if method == "POST", !headers.contains(where: { $0.name == "Content-Type" }) {
      all.append(.init("Content-Type", "application/json"))
    }
    let reply = client.send(
      HTTPRequest(method: method, path: path, headers: all, body: Array(body.utf8))
    )
    guard case .answer(let status, let type, _, let bytes) = reply.outcome else {
      throw Trouble(text: "\(reply.outcome)")
    }
    #expect(type.hasPrefix("application/json"), "every answer is JSON")
    return Answer(status: status, json: try JSON.parse(bytes))
  }

  struct Trouble: Error { var text: String }

  @Test func servesListsAndTakesDecisions() throws {
    let list = try send("GET", "/api/exceptions", token: token)
    #expect(list.status == 200 && list.json["exceptions"]?.array?.count == 1)
    #expect(try send("GET", "/api/exceptions/F1", token: token).json["id"]?.string == "F1")
    let missing = try send("GET", "/api/exceptions/F9", token: token)
    #expect(missing.status == 404 && missing.code == "unknown_exception")
    let body = #"{"decision": "drop", "actor": "Ana", "reason": "put back"}"#
    let done = try send("POST", "/api/exceptions/F1/decision", token: token, body: body)
    #expect(done.status == 200 && done.json["outcome"]?.string == "done")
    #expect(
      desk.decisions == [
        ConsoleDecision(id: "F1", decision: "drop", actor: "Ana", reason: "put back", edit: nil)
      ]
    )
  }

  @Test func healthNeedsNoTokenAndTellsNothingElse() throws {
    let health = try send("GET", "/healthz", token: nil)
    #expect(health.status == 200 && health.json == ["status": "ok"])
    desk.fail()
    #expect(try send("GET", "/healthz", token: nil).status == 503)
  }

  @Test("attacks that must reach nothing")
  func attacks() throws {
    let path = "/api/exceptions/F1/decision"
    let body = #"{"decision": "drop", "actor": "Mallory", "reason": "because"}"#
    #expect(try send("POST", path, token: nil, body: body).status == 401)
    #expect(try send("POST", path, token: "0123456789abcdef", body: body).status == 401)
    #expect(try send("POST", path, token: token + "0", body: body).status == 401)
    #expect(try send("POST", path, token: "", body: body).status == 401)
    // A name that was pointed at this address, and a page in somebody's browser.
    let host = try send(
      "POST",
      path,
      token: token,
      headers: [.init("Host", "evil.example:\(console.port)")],
      body: body
    )
    #expect(host.status == 421 && host.code == "wrong_host")
    let origin = try send(
      "POST",
      path,
      token: token,
      headers: [.init("Origin", "https://evil.example")],
      body: body
    )
    #expect(origin.status == 403 && origin.code == "wrong_origin")
    let form = try send(
      "POST",
      path,
      token: token,
      headers: [.init("Content-Type", "text/plain")],
      body: body
    )
    #expect(form.status == 415)
    let large = try send(
      "POST",
      path,
      token: token,
      body: String(repeating: "x", count: 70_000)
    )
    #expect(large.status == 413 && large.code == "too_large")
    #expect(try send("GET", path, token: token).status == 405)
    #expect(try send("POST", "/api/../api/exceptions", token: token, body: body).status != 200)
    #expect(desk.decisions.isEmpty, "nothing of it may reach the desk")
  }

  @Test(
    "a body that says too little is refused with what was expected",
    arguments: [
      "", "[]", "{", #"{"decision": "drop"}"#, #"{"decision": "drop", "actor": ""}"#,
      #"{"decision": "drop", "actor": "A", "reason": 5}"#,
      #"{"decision": "drop", "actor": "A\u0007", "reason": "x"}"#,
      #"{"decision": "drop", "actor": "A", "why": "x"}"#, #"{"actor": "A"}"#,
    ]
  )
  func badBodies(_ body: String) throws {
    let answer = try send("POST", "/api/exceptions/F1/decision", token: token, body: body)
    #expect(answer.status == 400 && answer.code == "bad_request", "\(answer)")
    #expect(desk.decisions.isEmpty)
  }

  @Test func guessingIsSlowAndKeepsNobodyOut() throws {
    var statuses: Set<Int> = []
    for number in 0..<12 {
      statuses.insert(
        try send("GET", "/api/exceptions", token: "guess-number-\(number)-000000").status
      )
    }
    #expect(statuses == [401, 429])
    #expect(try send("GET", "/api/exceptions", token: token).status == 200)
  }

  @Test func tooManyRequestsAreHeldOff() throws {
    var held = 0
    for _ in 0..<200 where try send("GET", "/healthz", token: nil).status == 429 { held += 1 }
    #expect(held > 0)
  }
}
