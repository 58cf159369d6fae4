internal import HTTPServer
internal import JSON

extension Simulator {
  enum Understood {
    case answer(HTTPResponse)
    case call(Incoming)
  }

  func understand(_ request: HTTPRequest) -> Understood {
    let path = request.path
    switch path {
    case "/jsonrpc": return understandRPC(request)
    case "/web/webclient/version_info":
      let id = (try? JSON.parse(request.body))?["id"] ?? .null
      return .answer(rpcResult(versionInfo, id: id))
    case "/web/health": return .answer(health(request))
    case "/web/version" where version >= .v19, "/json/version" where version >= .v19:
      return .answer(
        .json([
          "version_info": versionInfo["server_version_info"] ?? [],
          "version": versionInfo["server_version"] ?? .null,
        ])
      )
    case "/json/version" where version == .v18:
      // 18 keeps `/json/` for the web client, and sends whoever has no session to the login.
      var page = HTTPResponse.html(303, "Redirecting...", "You should be redirected.")
      page.headers.append(HTTPField("Location", "/web/login?redirect=%2Fjson%2Fversion%3F"))
      return .answer(page)
    case "/web/session/authenticate": return authenticateSession(request)
    default: break
    }
    if path.hasPrefix("/xmlrpc/2/") { return understandXML(request) }
    if path.hasPrefix("/web/dataset/call_kw") { return understandSession(request) }
    if path.hasPrefix("/json/2/"), version >= .v19 { return understandJSON2(request) }
    return .answer(.notFoundPage)
  }

  /// Asks the database only when it is told to.
  private func health(_ request: HTTPRequest) -> HTTPResponse {
    let asks = request.query.contains { $0.name == "db_server_status" }
    guard asks, locked({ $1.faults.databaseIsDown }) else { return .json(["status": "pass"]) }
    return .json(["status": "fail", "db_server_status": false], status: 500)
  }

  /// What `common.version` answers; another version where one was set to be told.
  var versionInfo: JSON {
    let told = locked { $1.reported }
    let name = JSON.string(told?.version ?? version.description)
    return [
      "server_version": name,
      "server_version_info": told?.info ?? [.int(version.rawValue), 0, 0, "final", 0, ""],
      "server_serie": name, "protocol_version": 1,
    ]
  }

  func isJSON(_ request: HTTPRequest) -> Bool {
    let type = request.header("Content-Type")?.split(separator: ";").first ?? ""
    return type.trimmed.lowercased() == "application/json"
  }
}

extension Substring {
  var trimmed: String {
    var text = self
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

extension HTTPResponse {
  static func json(_ value: JSON, status: Int = 200, headers: [HTTPField] = []) -> HTTPResponse {
    HTTPResponse(
      status: status,
      headers: [HTTPField("Content-Type", "application/json; charset=utf-8")] + headers,
      body: value.bytes
    )
  }

  static func html(_ status: Int, _ title: String, _ text: String) -> HTTPResponse {
    HTTPResponse(
      status: status,
      type: "text/html; charset=utf-8",
      text: "<!doctype html>\n<html lang=en>\n<title>\(status) \(title)</title>\n"
        + "<h1>\(title)</h1>\n<p>\(text)</p>\n"
    )
  }

  static let notFoundPage = html(
    404,
    "Not Found",
    "The requested URL was not found on the server."
  )

  static let noDatabasePage = html(
    404,
    "Not Found",
    "No database is selected and the requested URL was not found in the server-wide controllers."
  )
}
