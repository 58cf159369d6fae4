internal import HTTPServer
internal import JSON

/// A server without state: one plausible answer for each method.
///
/// The contract must see through it.
enum CannedServer {
  static func start() throws -> HTTPServer {
    var options = HTTPServer.Options()
    options.keepAlive = false
    return try HTTPServer.start(options) { answer($0) }
  }

  private static func answer(_ request: HTTPRequest) -> HTTPResponse {
    let body = (try? JSON.parse(request.body)) ?? [:]
    if request.path.hasPrefix("/json/2/") {
      let method = request.path.split(separator: "/").last.map(String.init) ?? ""
      return response(result(method, ids: body["ids"], fields: body["fields"]))
    }
    let arguments = body["params"]?["args"]
    let named = arguments?[6]
    let result = result(
      arguments?[4]?.string ?? "",
      ids: arguments?[5]?[0],
      fields: arguments?[5]?[1] ?? named?["fields"]
    )
    return response(["jsonrpc": "2.0", "id": body["id"] ?? .null, "result": result])
  }

  private static func response(_ json: JSON) -> HTTPResponse {
    HTTPResponse(type: "application/json; charset=utf-8", text: json.text)
  }

  private static func result(_ method: String, ids: JSON?, fields: JSON?) -> JSON {
    switch method {
    case "read", "search_read":
      var row: JSONObject = ["id": ids?[0] ?? 1]
      for name in fields?.array?.compactMap(\.string) ?? [] { row[name] = value(name) }
      return [.object(row)]
    case "create", "search": return [1]
    case "login", "authenticate": return 8
    case "load": return ["ids": [1], "messages": [], "nextrow": 0]
    default: return true
    }
  }

  private static func value(_ field: String) -> JSON {
    switch field {
    case "state": "done"
    case "quantity", "product_uom_qty": 5
    case "picked": true
    case "name", "date_done", "write_date": "2026-01-01 00:00:00"
    case "product_id", "move_id": [1, "name"]
    case "backorder_ids": []
    default: false
    }
  }
}
