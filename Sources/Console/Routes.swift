internal import HTTPServer
internal import JSON

/// What is served where.
struct Routes: Sendable {
  let desk: any ConsoleDesk

  func answer(_ request: HTTPRequest) -> HTTPResponse {
    do throws(ConsoleProblem) {
      return try route(request)
    } catch {
      return Reply.problem(error)
    }
  }

  private func route(_ request: HTTPRequest) throws(ConsoleProblem) -> HTTPResponse {
    let parts = request.path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
      .map(String.init)
    switch parts {
    case ["healthz"]:
      try require("GET", request)
      let isHealthy = desk.isHealthy()
      return Reply.json(isHealthy ? 200 : 503, ["status": isHealthy ? "ok" : "failing"])
    case ["api", "exceptions"]:
      try require("GET", request)
      let all = request.query("all") == "true"
      return Reply.json(200, ["exceptions": try desk.exceptions(all: all).get()])
    case _ where parts.count == 3 && parts.starts(with: ["api", "exceptions"]):
      try require("GET", request)
      guard let found = try desk.exception(parts[2]).get() else { throw Self.unknown(parts[2]) }
      return Reply.json(200, found)
    case _
    where parts.count == 4 && parts.starts(with: ["api", "exceptions"])
      && parts[3] == "decision":
      try require("POST", request)
      let decision = try DecisionBody.read(request, id: parts[2])
      switch try desk.decide(decision).get() {
      case .done: return Reply.json(200, ["outcome": "done"])
      case .noted: return Reply.json(202, ["outcome": "noted"])
      }
    default:
      throw ConsoleProblem(404, "not_found", "There is nothing here; docs/api.md lists what is.")
    }
  }

  static func unknown(_ id: String) -> ConsoleProblem {
    ConsoleProblem(
      404,
      "unknown_exception",
      "There is no such exception. List them with GET /api/exceptions."
    )
  }

  private func require(_ method: String, _ request: HTTPRequest) throws(ConsoleProblem) {
    guard request.method == method else {
      throw ConsoleProblem(405, "wrong_method", "Expected \(method), got \(request.method).")
    }
  }
}

/// The body of a decision.
enum DecisionBody {
  /// Longest reason and longest name in bytes.
  private static let longestReason = 1000
  private static let longestName = 100
  private static let members = ["decision", "actor", "reason", "edit"]

  static func read(
    _ request: HTTPRequest,
    id: String
  ) throws(ConsoleProblem) -> ConsoleDecision {
    let type = request.only("Content-Type")?.split(separator: ";").first.map(String.init)
    guard type?.lowercased() == "application/json" else {
      throw ConsoleProblem(415, "wrong_type", "Send the body as Content-Type: application/json.")
    }
    guard let json = try? JSON.parse(request.body), let object = json.object else {
      throw bad("Expected a JSON object with decision, actor, reason and perhaps edit.")
    }
    for member in object.members where !members.contains(member.name) {
      throw bad("\(member.name) is not known: expected \(members.joined(separator: ", ")).")
    }
    guard let decision = json["decision"]?.string else { throw bad("decision: expected a text.") }
    guard let actor = text(json["actor"], longestName), !actor.isEmpty else {
      throw bad("actor: expected the name of who decides, 1 to \(longestName) bytes.")
    }
    var reason: String?
    if let value = json["reason"], value != .null {
      guard let text = text(value, longestReason) else {
        throw bad("reason: expected a text of at most \(longestReason) bytes.")
      }
      reason = text
    }
    return ConsoleDecision(
      id: id,
      decision: decision,
      actor: actor,
      reason: reason,
      edit: json["edit"]
    )
  }

  private static func text(_ json: JSON?, _ longest: Int) -> String? {
    guard let text = json?.string, text.utf8.count <= longest,
      text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }),
      text.isEmpty || !text.allSatisfy(\.isWhitespace)
    else { return nil }
    return text
  }

  private static func bad(_ message: String) -> ConsoleProblem {
    ConsoleProblem(400, "bad_request", message)
  }
}
