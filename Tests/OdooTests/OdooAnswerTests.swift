import JSON
import Odoo
import Testing

@Suite("Odoo's answers")
struct OdooAnswerTests {
  /// What each recorded error means; exchanges that are not listed must bring a result.
  static let meanings: [String: OdooFailure.Kind] = [
    // 02
    "login wrong database": .denied,
    "login db not matching dbfilter": .contract,
    "execute_kw wrong password": .denied,
    "execute_kw wrong uid": .missing,
    "execute_kw uid of another user with own password": .denied,
    "execute_kw wrong database": .denied,
    "execute_kw empty password": .denied,
    // 05
    "AccessError: model not readable (ir.config_parameter)": .forbidden,
    "AccessError: write on a product": .forbidden,
    "AccessError: create a product": .forbidden,
    "MissingError: write on a missing id": .missing,
    "MissingError: button_validate on a missing id": .missing,
    "unknown method": .contract,
    "private method": .forbidden,
    "unknown field in fields": .contract,
    "unknown field in read": .contract,
    "unknown field in domain": .contract,
    "unknown field in write": .contract,
    "unknown keyword argument": .contract,
    "bad domain": .contract,
    "bad domain operator": .contract,
    "bad selection value": .contract,
    "string for a float": .contract,
    "string for an integer id": .contract,
    "ValidationError: duplicate serial/lot": .refused,
    "NOT NULL: missing required field": .refused,
    "method answering None 2": .contract,
    "malformed JSON": .contract,
    "JSON array (batch) body": .contract,
    "no params": .contract,
    "unknown service": .contract,
    "unknown service method": .contract,
    "wrong content type": .contract,
    "GET": .contract,
    "unknown path": .unavailable,
    "empty body": .contract,
    // json2-00, json2-26
    "wrong X-Odoo-Database": .unavailable,
    "no Authorization": .denied,
    "wrong key": .denied,
    "the password instead of a key": .denied,
    "Basic auth": .denied,
    "text/plain": .contract,
    "one path element": .contract,
    "ids given to an @api.model method": .contract,
    "create one: vals_list as an object": .forbidden,
    "doc page": .denied,
    "JSON-2 without X-Odoo-Database while two databases match the dbfilter": .unavailable,
    "X-Odoo-Database of a database that the dbfilter excludes": .unavailable,
    "key of another database": .denied,
    "ISO datetime with T and Z": .contract,
    // 33
    "server not running": .unreachable,
    "SIGTERM to the threaded server while a validate is running (row lock held for 4 s)":
      .unavailable,
    "SIGKILL while a validate is running": .unanswered,
    "prefork: the call runs longer than limit_time_real (4 s)": .unanswered,
    "PostgreSQL gone: 1st call": .unavailable,
    "PostgreSQL gone: 2nd call": .unavailable,
    "health with db_server_status (19)": .unavailable,
    // 34, 35
    "502: nginx, upstream port closed": .unavailable,
    "429: nginx limit_req, request 2": .unavailable,
    "429: nginx limit_req, request 3": .unavailable,
    "413: body over client_max_body_size": .contract,
    "504: nginx proxy_read_timeout 2 s while the validate waits": .unavailable,
    "validate while another writer updates the same picking 100 times a second": .conflict,
  ]

  /// Meanings that depend on version or protocol.
  static func special(_ name: String, _ file: String) -> OdooFailure.Kind? {
    switch name {
    case "unknown model": file.contains("json2") ? .contract : .refused
    case "bad many2one value (foreign key)": file.hasPrefix("17") ? .refused : .missing
    // JSON-2 reads an empty body as no arguments.
    case "empty body" where file.contains("json2"): nil
    // Only the prefork server of 19 dropped this call.
    case "SIGTERM to the prefork server while a validate is running (lock held 2 s)":
      file == "19.0/json2-33-server-down-restart" ? .unanswered : nil
    default: meanings[name]
    }
  }

  static let files: [String] =
    ["17.0", "18.0", "19.0"].flatMap { version in
      ["02-auth", "05-errors", "33-server-down-restart", "35-serialization-exhausted"].map {
        "\(version)/\($0)"
      }
    } + [
      "18.0/34-reverse-proxy", "19.0/json2-00-transport", "19.0/json2-05-errors",
      "19.0/json2-26-multi-database", "19.0/json2-33-server-down-restart",
      "19.0/json2-35-serialization-exhausted",
    ]

  @Test(
    "every recorded answer falls into the class that was decided for it",
    .enabled(if: Recordings.present, "no recordings beside the repository"),
    arguments: files
  )
  func classifiesRecordedAnswers(file: String) throws {
    let carrier: OdooProtocol = file.contains("json2") ? .json2 : .jsonRPC
    var seen = 0
    for exchange in try Recordings.exchanges(file) where !exchange.path.hasPrefix("/web/session") {
      // Cookie sessions are not used; their calls are left out.
      if exchange.path.hasPrefix("/web/dataset") { continue }
      let expected = Self.special(exchange.name, file)
      switch OdooAnswer.decode(exchange.outcome, as: carrier) {
      case .success: #expect(expected == nil, "\(exchange.name)")
      case .failure(let failure): #expect(failure.kind == expected, "\(exchange.name): \(failure)")
      }
      seen += 1
    }
    #expect(seen > 0)
  }

  @Test("retryForever: only a closed list of PostgreSQL's errors is waited for")
  func retryForever() throws {
    func kind(_ name: String, _ message: String = "") -> OdooFailure.Kind? {
      OdooFailure.Kind(exception: name, message: message)
    }
    #expect(kind("psycopg2.errors.InvalidTextRepresentation") == .contract)
    #expect(kind("psycopg2.errors.UniqueViolation") == .contract)
    #expect(kind("psycopg2.errors.UndefinedColumn") == .contract)
    #expect(kind("psycopg2.OperationalError", "connection refused") == .unavailable)
    #expect(
      kind(
        "psycopg2.OperationalError",
        "connection to server failed: FATAL:  database \"x\" does not exist\n"
      ) == .denied
    )
    #expect(kind("psycopg2.InterfaceError") == .unavailable)
    #expect(kind("psycopg2.errors.SerializationFailure") == .conflict)
    #expect(kind("psycopg2.errors.DeadlockDetected") == .conflict)
    #expect(kind("builtins.ValueError") == .contract)
    #expect(kind("odoo.addons.own.Trouble") == nil)
  }

  @Test("a module's own exception is judged by its status in JSON-2, else it is a wrong call")
  func judgesUnknownExceptions() throws {
    let body = JSON.object(["name": "odoo.addons.own.Trouble", "message": "no"]).bytes
    func kind(_ status: Int) -> OdooFailure.Kind? {
      failure(
        .answer(status: status, contentType: "application/json", retryAfter: nil, body: body),
        .json2
      )?.kind
    }
    #expect(kind(422) == .refused)
    #expect(kind(403) == .forbidden)
    #expect(kind(503) == .unavailable)
    for (status, may) in [(429, false), (502, true), (503, false), (504, true)] {
      let failure = OdooFailure(kind: .unavailable, name: "http.\(status)", message: "")
      #expect(failure.mayStillBeExecuted == may, "\(status)")
    }
    #expect(kind(500) == .contract)
    let rpc = #"{"jsonrpc":"2.0","id":1,"error":{"data":{"name":"odoo.addons.own.Trouble"}}}"#
    #expect(failure(json(rpc), .jsonRPC)?.kind == .contract)
  }

  @Test("a method that returned None has no result, which reads as null")
  func readsMissingResultAsNull() throws {
    #expect(
      OdooAnswer.decode(json(#"{"jsonrpc":"2.0","id":1}"#), as: .jsonRPC) == .success(.null)
    )
    #expect(OdooAnswer.decode(json("null"), as: .json2) == .success(.null))
  }

  @Test("pages instead of JSON are waited for, whatever their status says")
  func waitsForPages() {
    for status in [200, 301, 403, 404, 500, 502] {
      for carrier in OdooProtocol.allCases {
        let page = HTTPOutcome.answer(
          status: status,
          contentType: "text/html",
          retryAfter: 7,
          body: Array("<html><title>Hotel\nWiFi</title>".utf8)
        )
        let found = failure(page, carrier)
        #expect(found?.kind == .unavailable)
        #expect(found?.retryAfter == 7)
        #expect(found?.message == "Hotel WiFi")
      }
    }
  }

  @Test("a body that breaks off inside its JSON is no result")
  func refusesTornJSON() {
    #expect(failure(json(#"{"jsonrpc":"2.0","result":[1,"#), .jsonRPC)?.kind == .unavailable)
  }

  private func json(_ text: String) -> HTTPOutcome {
    .answer(
      status: 200,
      contentType: "application/json; charset=utf-8",
      retryAfter: nil,
      body: Array(text.utf8)
    )
  }

  private func failure(_ outcome: HTTPOutcome, _ carrier: OdooProtocol) -> OdooFailure? {
    if case .failure(let failure) = OdooAnswer.decode(outcome, as: carrier) { failure } else { nil }
  }
}
