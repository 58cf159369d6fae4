internal import JSON
internal import OdooSimulator

/// Calls a simulator as a client does, over HTTP.
struct RemoteCalls {
  enum Answer: Equatable {
    case result(JSON?)
    case error(String, String)
    case http(Int)
    case nothing

    var value: JSON? { if case .result(let value) = self { value } else { nil } }
    var name: String? { if case .error(let name, _) = self { name } else { nil } }
  }

  let server: OdooSimulatorServer
  var json2 = false
  var key: String?

  private var client: PlainClient { PlainClient(port: server.port) }
  private var user: Int { server.admin.version < .v19 ? 8 : 7 }

  /// Calls a method by named arguments; `ids` first where there are some.
  func call(
    _ model: String,
    _ method: String,
    ids: [Int]? = nil,
    _ named: JSONObject = [:],
    context: JSONObject = [:]
  ) throws -> Answer {
    json2
      ? try callJSON2(model, method, ids, named, context)
      : try callRPC(model, method, ids, named, context)
  }

  private func callRPC(
    _ model: String,
    _ method: String,
    _ ids: [Int]?,
    _ named: JSONObject,
    _ context: JSONObject
  ) throws -> Answer {
    var keywords = named
    keywords["context"] = .object(context)
    let body: JSON = [
      "jsonrpc": "2.0", "method": "call", "id": 1,
      "params": [
        "service": "object", "method": "execute_kw",
        "args": [
          .string(server.database), .int(user), .string(key ?? server.key), .string(model),
          .string(method), .array(ids.map { [.array($0.map { .int($0) })] } ?? []),
          .object(keywords),
        ],
      ],
    ]
    let headers = [(name: "Content-Type", value: "application/json")]
    guard let answer = try client.send("POST", "/jsonrpc", headers: headers, body: body.bytes)
    else { return .nothing }
    guard answer.status == 200, let json = try? JSON.parse(answer.body) else {
      return .http(answer.status)
    }
    guard let error = json["error"]?["data"] else { return .result(json["result"]) }
    return .error(error["name"]?.string ?? "", error["message"]?.string ?? "")
  }

  private func callJSON2(
    _ model: String,
    _ method: String,
    _ ids: [Int]?,
    _ named: JSONObject,
    _ context: JSONObject
  ) throws -> Answer {
    var body = named
    if let ids { body["ids"] = .array(ids.map { .int($0) }) }
    body["context"] = .object(context)
    let headers = [
      (name: "Content-Type", value: "application/json"),
      (name: "Authorization", value: "bearer \(key ?? server.key)"),
    ]
    let path = "/json/2/\(model)/\(method)"
    let bytes = JSON.object(body).bytes
    guard let answer = try client.send("POST", path, headers: headers, body: bytes) else {
      return .nothing
    }
    guard let json = try? JSON.parse(answer.body) else { return .http(answer.status) }
    guard answer.status >= 400 else { return .result(json) }
    return .error(json["name"]?.string ?? "", json["message"]?.string ?? "")
  }

  func validate(_ ids: Int..., dropping: Bool = false) throws -> Answer {
    var context: JSONObject = ["skip_backorder": true, "skip_sms": true, "skip_expired": true]
    if dropping { context["picking_ids_not_to_backorder"] = .array(ids.map { .int($0) }) }
    return try call("stock.picking", "button_validate", ids: ids, context: context)
  }

  func read(_ model: String, _ id: Int, _ fields: String...) throws -> JSON {
    let named: JSONObject = ["fields": .array(fields.map { .string($0) })]
    return try call(model, "read", ids: [id], named).value?[0] ?? .null
  }

  func state(of transfer: Int) throws -> String {
    try read("stock.picking", transfer, "state")["state"]?.string ?? ""
  }

  /// The protocols of a version.
  static func all(_ server: OdooSimulatorServer) -> [RemoteCalls] {
    let rpc = RemoteCalls(server: server)
    return server.admin.version < .v19 ? [rpc] : [rpc, RemoteCalls(server: server, json2: true)]
  }
}

extension OdooSimulatorServer {
  /// Makes an order over 1-step delivery; answers its transfer.
  func transfer(_ lines: [(product: String, quantity: Double)] = [("TM-1001", 5)]) throws -> Int {
    try admin.order(lines)["transfers"]?[0]?["id"]?.int ?? 0
  }

  func dumped(_ transfer: Int) -> JSON {
    admin.state()["transfers"]?.array?.first { $0["id"]?.int == transfer } ?? .null
  }
}
