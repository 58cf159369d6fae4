internal import JSON

/// Requests of `/jsonrpc`, also those that need no session.
public enum JSONRPC {
  /// `common.version`: needs neither a database nor a login.
  public static func version(id: Int = 1) -> HTTPRequest {
    request(service: "common", method: "version", [], id: id)
  }

  /// `common.login`: answers the uid, or `false` for a wrong login or key.
  ///
  /// It takes Odoo about 270 ms, so once per start is enough.
  public static func login(
    database: String,
    login: String,
    key: Secret,
    id: Int = 1
  ) -> HTTPRequest {
    let arguments: [JSON] = key.reveal { [.string(database), .string(login), .string($0)] }
    return request(service: "common", method: "login", arguments, id: id)
  }

  /// A request of a service's method.
  static func request(
    service: String,
    method: String,
    _ arguments: [JSON],
    id: Int
  ) -> HTTPRequest {
    let body: JSON = [
      "jsonrpc": "2.0", "method": "call", "id": .int(id),
      "params": [
        "service": .string(service), "method": .string(method), "args": .array(arguments),
      ],
    ]
    return HTTPRequest(
      method: "POST",
      path: "/jsonrpc",
      headers: [.init("Content-Type", "application/json"), .init("Accept", "application/json")],
      body: body.bytes
    )
  }
}

/// Requests of `/json/2`.
public enum JSON2 {
  /// `res.users.context_get`: answers the uid of the key's user; the log-in of JSON-2.
  public static func contextGet(database: String, key: Secret) -> HTTPRequest {
    request(
      OdooCall("res.users", "context_get", writes: false),
      context: [:],
      database: database,
      key: key
    )
  }

  static func request(
    _ call: OdooCall,
    context: JSONObject,
    database: String,
    key: Secret
  ) -> HTTPRequest {
    var body = call.arguments
    if let ids = call.ids { body["ids"] = .array(ids.map { .int($0) }) }
    if !context.members.isEmpty { body["context"] = .object(context) }
    return HTTPRequest(
      method: "POST",
      path: "/json/2/\(call.model)/\(call.method)",
      headers: [
        .init("Authorization", key.reveal { "bearer \($0)" }),
        .init("X-Odoo-Database", database),
        .init("Content-Type", "application/json"),
        .init("Accept", "application/json"),
      ],
      body: JSON.object(body).bytes
    )
  }
}
