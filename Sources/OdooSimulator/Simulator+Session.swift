internal import HTTPServer
internal import JSON

/// The web client's endpoints: a session cookie instead of a key in each call.
extension Simulator {
  func authenticateSession(_ request: HTTPRequest) -> Understood {
    let body = (try? JSON.parse(request.body)) ?? [:]
    let id = body["id"] ?? .null
    let parameters = body["params"] ?? [:]
    do {
      guard parameters["db"]?.string == databaseName else {
        throw OdooError.access("Database not found.")
      }
      let login = parameters["login"]?.string ?? ""
      let password = parameters["password"]?.string ?? ""
      let session = try locked { database, state -> (String, JSON) in
        guard let user = database.user(login: login, password: password) else {
          throw OdooError.denied
        }
        let name = "simulated-session-\(state.sessions.count + 1)"
        state.sessions[name] = user
        return (name, database.sessionInfo(user, name: databaseName))
      }
      var response = rpcResult(session.1, id: id)
      response.headers.append(
        HTTPField("Set-Cookie", "session_id=\(session.0); HttpOnly; Path=/; SameSite=Lax")
      )
      return .answer(response)
    } catch {
      return .answer(rpcError(error as? OdooError ?? .denied, id: id))
    }
  }

  func understandSession(_ request: HTTPRequest) -> Understood {
    let body = (try? JSON.parse(request.body)) ?? [:]
    let id = body["id"] ?? .null
    let parameters = body["params"] ?? [:]
    let cookies = request.header("Cookie")?.split(separator: ";").map(\.trimmed) ?? []
    let session = cookies.first { $0.hasPrefix("session_id=") }?.dropFirst("session_id=".count)
    let user = locked { _, state in session.flatMap { state.sessions[String($0)] } }
    guard let user else {
      var error = OdooError("odoo.http.SessionExpiredException", "Session expired", status: 403)
      error.code = 100
      return .answer(rpcError(error, id: .null))
    }
    let call = Call(
      model: parameters["model"]?.string ?? "",
      method: parameters["method"]?.string ?? "",
      positional: parameters["args"]?.array ?? [],
      named: parameters["kwargs"]?.object ?? JSONObject()
    )
    return .call(
      incoming("\(call.model).\(call.method)", id) { try self.perform(call, as: user) }
    )
  }
}
