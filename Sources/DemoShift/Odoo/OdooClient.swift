internal import TestKit

/// A small client for Odoo's JSON-RPC, with an API key for a password.
///
/// It shares nothing with the agent's: what it reads is what the agent is checked against.
final class OdooClient: Sendable {
  private let web: Web
  private let database: String
  private let login: String
  private let key: String
  private let user = Monitor<Int?>(nil)

  /// Tries of a read whose answer was lost.
  private static let tries = 8

  init(_ web: Web, database: String, login: String, key: String) {
    self.web = web
    self.database = database
    self.login = login
    self.key = key
  }

  /// Calls a method that only reads; asks again where there was no answer.
  func read(
    _ model: String,
    _ method: String,
    _ arguments: [Value],
    _ named: Value
  ) throws
    -> Value
  {
    let user = try signedIn()
    return try call(
      "object",
      "execute_kw",
      [
        .string(database), .number(Double(user)), .string(key), .string(model), .string(method),
        .array(arguments), named,
      ]
    )
  }

  /// Rows of a model, relations as id and name.
  func rows(_ model: String, _ domain: Value, _ fields: [String]) throws -> [Value] {
    try read(
      model,
      "search_read",
      [domain],
      ["fields": .array(fields.map { .string($0) }), "order": "id"]
    ).array
  }

  /// The names of a model's fields; none where there is no such model.
  func fields(_ model: String) throws -> Set<String> {
    let answer = try? read(model, "fields_get", [], ["attributes": ["type"]])
    guard case .object(let members)? = answer else { return [] }
    return Set(members.keys)
  }

  private func signedIn() throws -> Int {
    if let known = user.withLock({ $0 }) { return known }
    let answer = try call("common", "login", [.string(database), .string(login), .string(key)])
    guard let id = answer.int else {
      throw DemoFailure("Odoo does not know \(login) with that key in database \(database)")
    }
    user.update { $0 = id }
    return id
  }

  private func call(_ service: String, _ method: String, _ arguments: [Value]) throws -> Value {
    let body: Value = [
      "jsonrpc": "2.0", "method": "call", "id": 1,
      "params": [
        "service": .string(service), "method": .string(method), "args": .array(arguments),
      ],
    ]
    var last: any Error = DemoFailure("no try")
    for attempt in 1...Self.tries {
      do {
        let answer = try web.request("POST", "/jsonrpc", body)
        guard let error = answer["error"] else { return answer["result"] ?? .null }
        throw DemoFailure(
          "Odoo refused \(method): \(error["data"]?["message"]?.text ?? error.json)"
        )
      } catch {
        last = error
        if attempt < Self.tries { pause(.milliseconds(250 * attempt)) }
      }
    }
    throw last
  }
}

/// Waits that long.
package func pause(_ duration: Duration) {
  let _: Bool? = Monitor(0).poll(within: duration) { _ in nil }
}
