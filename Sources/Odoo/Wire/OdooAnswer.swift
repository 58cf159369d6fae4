public import JSON

/// Reads answers of Odoo, and of whatever stands before it, into results.
///
/// The classes follow what real servers of 17.0, 18.0 and 19.0 answered. Names decide, never text,
/// because texts follow the user's language; the one exception is a missing database, which has
/// the same name as an unreachable one and would be waited for without end.
public enum OdooAnswer {
  /// What an outcome means.
  public static func decode(
    _ outcome: HTTPOutcome,
    as carrier: OdooProtocol
  ) -> Result<JSON, OdooFailure> {
    switch outcome {
    case .notSent(let why):
      return .failure(OdooFailure(kind: .unreachable, name: "http.not_sent", message: why))
    case .noAnswer(let why):
      return .failure(OdooFailure(kind: .unanswered, name: "http.no_answer", message: why))
    case .answer(let status, let contentType, let retryAfter, let body):
      let json = isJSON(contentType) ? try? JSON.parse(body) : nil
      var result: Result<JSON, OdooFailure>
      switch (carrier, json) {
      case (_, nil): result = .failure(withoutJSON(status: status, body: body))
      case (.jsonRPC, let json?): result = jsonRPC(status: status, json)
      case (.json2, let json?): result = json2(status: status, json)
      }
      if case .failure(var failure) = result {
        failure.retryAfter = retryAfter
        result = .failure(failure)
      }
      return result
    }
  }

  private static func isJSON(_ contentType: String) -> Bool {
    let type = contentType.split(separator: ";").first ?? ""
    return type.lowercased().filter { $0 != " " }.hasSuffix("json")
  }

  private static func jsonRPC(status: Int, _ json: JSON) -> Result<JSON, OdooFailure> {
    if let error = json["error"], !error.isNull {
      let data = error["data"]
      let message = data?["message"]?.string ?? error["message"]?.string ?? ""
      if let name = data?["name"]?.string { return .failure(failure(name, message)) }
      // 100 is the code of an expired session.
      let kind: OdooFailure.Kind = error["code"]?.int == 100 ? .denied : .contract
      return .failure(OdooFailure(kind: kind, name: "jsonrpc.error", message: message))
    }
    guard status == 200, json.object != nil else {
      return .failure(byStatus(status, message: excerpt(json.bytes)))
    }
    // A method that returned None has no `result` at all.
    return .success(json["result"] ?? .null)
  }

  private static func json2(status: Int, _ json: JSON) -> Result<JSON, OdooFailure> {
    if status == 200 { return .success(json) }
    guard let name = json["name"]?.string else {
      return .failure(byStatus(status, message: excerpt(json.bytes)))
    }
    let message = json["message"]?.string ?? ""
    if let kind = OdooFailure.Kind(exception: name, message: message) {
      return .failure(OdooFailure(kind: kind, name: name, message: message))
    }
    // An exception of a module; its status still says whether it is a business rule.
    let kind: OdooFailure.Kind =
      switch status {
      case 401: .denied
      case 403: .forbidden
      case 422: .refused
      case 429, 502, 503, 504: .unavailable
      default: .contract
      }
    return .failure(OdooFailure(kind: kind, name: name, message: message))
  }

  private static func failure(_ name: String, _ message: String) -> OdooFailure {
    let kind = OdooFailure.Kind(exception: name, message: message) ?? .contract
    return OdooFailure(kind: kind, name: name, message: message)
  }

  /// An answer without JSON: a proxy, a wrong address, or Odoo while its database is away.
  private static func withoutJSON(status: Int, body: [UInt8]) -> OdooFailure {
    byStatus(status, message: excerpt(body))
  }

  private static func byStatus(_ status: Int, message: String) -> OdooFailure {
    let kind: OdooFailure.Kind =
      switch status {
      // Asking again cannot help: the request itself was refused.
      case 400, 405, 411, 413, 414, 415, 431: .contract
      case 401, 407: .denied
      // All else, 200 and 404 with a page in them too: not Odoo, or not Odoo's database.
      default: .unavailable
      }
    return OdooFailure(kind: kind, name: "http.\(status)", message: message)
  }

  /// The beginning of a body as one line, for people; tags of a page are left out.
  static func excerpt(_ body: [UInt8], limit: Int = 200) -> String {
    var text = ""
    var inTag = false
    for character in String(decoding: body.prefix(4096), as: UTF8.self) {
      switch character {
      case "<": inTag = true
      case ">": inTag = false
      case _ where inTag: break
      case " ", "\n", "\r", "\r\n", "\t": if text.last != " ", !text.isEmpty { text.append(" ") }
      default: text.append(character)
      }
      if text.utf8.count >= limit { return text + "…" }
    }
    return text
  }
}
