internal import HTTPServer
internal import JSON

/// JSON-RPC: HTTP 200 for nearly everything; the error is in the body.
extension Simulator {
  func understandRPC(_ request: HTTPRequest) -> Understood {
    guard request.method == "POST", isJSON(request) else {
      let status = version < .v19 ? 400 : 415
      return .answer(
        .html(
          status,
          version < .v19 ? "Bad Request" : "Unsupported Media Type",
          "Request inferred type is compatible with ['http'] but '/jsonrpc' is type='json'."
        )
      )
    }
    guard let body = try? JSON.parse(request.body) else {
      return .answer(HTTPResponse(status: 400, type: "text/html", text: "Invalid JSON data"))
    }
    guard let object = body.object else {
      return .answer(HTTPResponse(status: 400, type: "text/html", text: "Invalid JSON-RPC data"))
    }
    let id = object["id"] ?? .null
    let parameters = object["params"] ?? [:]
    let service = parameters["service"]?.string
    let method = parameters["method"]?.string
    let arguments = parameters["args"]?.array
    guard let service, let method, let arguments else {
      return .answer(
        rpcError(
          .type(
            "RPC.jsonrpc() missing 3 required positional arguments: 'service', 'method', and 'args'"
          ),
          id: id
        )
      )
    }
    if service == "object" { return understandObject(method, arguments, id) }
    return .call(
      incoming("\(service).\(method)", id) { try self.common(service, method, arguments) }
    )
  }

  func incoming(
    _ name: String,
    _ id: JSON,
    transfers: [Int] = [],
    _ perform: @escaping @Sendable () throws -> JSON?
  ) -> Incoming {
    Incoming(
      name: name,
      transfers: transfers,
      perform: perform,
      render: { self.rpcResult($0, id: id) },
      refuse: { self.rpcError($0, id: id) }
    )
  }

  func rpcResult(_ result: JSON?, id: JSON) -> HTTPResponse {
    var envelope: JSONObject = ["jsonrpc": "2.0", "id": id]
    if let result { envelope["result"] = result }
    return .json(.object(envelope))
  }

  func rpcError(_ error: OdooError, id: JSON) -> HTTPResponse {
    let code = error.code ?? version.applicationErrorCode
    let text = error.code == 100 ? "Odoo Session Expired" : "Odoo Server Error"
    return .json([
      "jsonrpc": "2.0", "id": id,
      "error": ["code": .int(code), "message": .string(text), "data": error.data],
    ])
  }

  private func common(_ service: String, _ method: String, _ arguments: [JSON]) throws -> JSON? {
    switch (service, method) {
    case ("common", "version"): return versionInfo
    case ("common", "login"), ("common", "authenticate"):
      try checkDatabase(arguments.first?.string)
      let login = arguments.count > 1 ? arguments[1].string ?? "" : ""
      let secret = arguments.count > 2 ? arguments[2].string ?? "" : ""
      let user = locked { database, state in
        database.authenticate(login: login, secret: secret, at: state.clockShift)
      }
      return user.map { .int($0) } ?? false
    case ("db", "list"): return [.string(databaseName)]
    case ("db", "server_version"): return .string(version.description)
    case ("common", _), ("db", _):
      throw OdooError("builtins.NameError", "Method not available \(method)")
    default: throw OdooError("builtins.KeyError", service)
    }
  }

  func checkDatabase(_ name: String?) throws {
    guard name != databaseName else { return }
    if name == "postgres" { throw OdooError("builtins.KeyError", "res.users") }
    throw OdooError.noDatabase(name ?? "")
  }

  private func understandObject(_ method: String, _ arguments: [JSON], _ id: JSON) -> Understood {
    let isCall = (method == "execute_kw" || method == "execute") && arguments.count >= 5
    guard isCall, let model = arguments[3].string, let name = arguments[4].string else {
      return .call(
        incoming("object.\(method)", id) {
          let kind = self.version < .v19 ? "builtins.NameError" : "builtins.ValueError"
          throw OdooError(kind, "Method not available \(method)")
        }
      )
    }
    let positional: [JSON]
    var named = JSONObject()
    if method == "execute" {
      positional = Array(arguments.dropFirst(5))
    } else {
      positional = arguments.count > 5 ? arguments[5].array ?? [] : []
      named = arguments.count > 6 ? arguments[6].object ?? JSONObject() : named
    }
    let call = Call(model: model, method: name, positional: positional, named: named)
    return .call(
      incoming("\(model).\(name)", id, transfers: call.transfers) {
        try self.checkDatabase(arguments[0].string)
        let user = arguments[1].int ?? 0
        try self.locked { database, state in
          try database.check(user: user, secret: arguments[2].string ?? "", at: state.clockShift)
        }
        return try self.perform(call, as: user)
      }
    )
  }

  /// Carries out a call as a user and notes it in the log.
  func perform(_ call: Call, as user: Int) throws -> JSON? {
    do {
      let result = try transaction(user: user, context: call.context) { try $0.perform(call) }
      locked { $1.log.note(call, user: user, outcome: "ok", at: $0.now) }
      return result
    } catch {
      let name = (error as? OdooError)?.name ?? "\(error)"
      locked { $1.log.note(call, user: user, outcome: name, at: $0.now) }
      throw error
    }
  }
}

extension OdooError {
  var data: JSON {
    [
      "name": .string(name),
      "debug": .string("Traceback (most recent call last):\n\(name): \(message)\n"),
      "message": .string(message), "arguments": .array(arguments), "context": [:],
    ]
  }
}
