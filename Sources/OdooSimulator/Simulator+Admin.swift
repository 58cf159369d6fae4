internal import HTTPServer
internal import JSON

/// `/simulator/…`: what tests and the demo do behind Odoo's back.
extension Simulator {
  func administer(_ request: HTTPRequest) -> HTTPResponse {
    do {
      var body: JSON = [:]
      if !request.body.isEmpty { body = try JSON.parse(request.body) }
      let path = String(request.path.dropFirst("/simulator/".count))
      guard let answer = try administer(request.method, path, body) else {
        return .json(["error": "not found", "path": .string(request.path)], status: 404)
      }
      return .json(answer)
    } catch let error as OdooError {
      return .json(["error": .string(error.name), "message": .string(error.message)], status: 400)
    } catch let error as SimulatorError {
      return .json(["error": .string(error.name), "message": .string(error.message)], status: 400)
    } catch {
      return .json(["error": "bad request", "message": .string("\(error)")], status: 400)
    }
  }

  func administer(_ method: String, _ path: String, _ body: JSON) throws -> JSON? {
    switch (method, path) {
    case ("GET", "health"):
      return [
        "status": "pass", "version": .string(version.description),
        "database": .string(databaseName),
      ]
    case ("GET", "state"): return dump()
    case ("GET", "log"): return locked { ["calls": $1.log.json, "total": .int($1.log.total)] }
    case ("POST", "seed"):
      return try asAdministrator { database in
        try database.seed(body)
        return ["ok": true]
      }
    case ("POST", "orders"): return try asAdministrator { try $0.makeOrders(body) }
    case ("POST", "receipts"): return try asAdministrator { try $0.makeReceipts(body) }
    case ("POST", "batches"): return try asAdministrator { try $0.makeBatch(body) }
    case ("POST", "people"): return try asAdministrator { try $0.person(body) }
    case ("POST", "actions"):
      return try asAdministrator { database in
        ["id": .int(database.installAction(body["code"]?.string ?? "# Tallyman confirm v2"))]
      }
    case ("POST", "actions/remove"):
      return try asAdministrator { database in
        try database.unlink("ir.actions.server", [body["id"]?.int ?? 0])
        return ["ok": true]
      }
    case ("POST", "users"): return try asAdministrator { try $0.changeUser(body) }
    case ("POST", "faults"):
      let fault = try Fault(body)
      locked { $1.faults.add(fault) }
      return ["ok": true]
    case ("DELETE", "faults"):
      locked { $1.faults.clear() }
      return ["ok": true]
    case ("POST", "held"): return ["executed": .int(runHeldCalls())]
    case ("POST", "chaos"):
      let chaos = try Chaos(body)
      locked { $1.faults.set(chaos) }
      return ["ok": true]
    case ("POST", "version"):
      let told = body["server_version"]?.string.map { ($0, body["server_version_info"] ?? []) }
      locked { $1.reported = told }
      return ["ok": true]
    case ("POST", "fields"):
      try locked { database, _ in try database.changeFields(body) }
      return ["ok": true]
    case ("POST", "clock"):
      locked { $1.clockShift += Int64((body["forward_seconds"]?.double ?? 0) * 1_000_000) }
      return ["ok": true]
    default: return nil
    }
  }

  func asAdministrator<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try transaction(user: 2, body)
  }

  /// The whole state, and what is still going on.
  func dump() -> JSON {
    locked { database, state in
      var object = database.dump().object ?? JSONObject()
      object["version"] = .string(version.description)
      object["late_calls"] = .int(state.late)
      object["calls"] = state.log.json
      return .object(object)
    }
  }
}

extension Database {
  /// Installs a server action for Inventory / User, as an administrator would.
  func installAction(_ code: String) -> Int {
    let group = store.ids("res.groups")
      .first { store.get("res.groups", $0)?.text("_xml") == "stock.group_stock_user" }
    let id = add(
      "ir.actions.server",
      [
        "name": .text("Tallyman"), "state": .text("code"), "code": .text(code),
        version < .v19 ? "groups_id" : "group_ids": .refs(group.map { [$0] } ?? []),
      ]
    )
    serverActions[id] = ServerAction(code: code)
    return id
  }

  /// `{"login", "email", "active", "password", "add_key", "remove_key", "add_group", "remove_group"}`.
  func changeUser(_ json: JSON) throws -> JSON {
    let login = json["login"]?.string ?? "tallyman"
    guard let user = user(login: login) else {
      throw SimulatorError(name: "not found", message: "user \(login)")
    }
    if let email = json["email"] { set("res.users", user, ["email": .text(email.string)]) }
    if let names = json["companies"]?.array?.compactMap(\.string) {
      let companies = try names.map(company(named:))
      set(
        "res.users",
        user,
        ["company_ids": .refs(companies), "company_id": .ref(companies.first)]
      )
    }
    if let active = json["active"]?.bool {
      set("res.users", user, ["active": .bool(active)])
      acceptedKeys = acceptedKeys.filter { !$0.hasPrefix("\(user):") }
    }
    if let password = json["password"]?.string { setPassword(password, user: user) }
    if let key = json["add_key"]?.string {
      let end = json["expires"]?.string.flatMap(DateText.moment)
      addKey(key, user: user, name: json["name"]?.string ?? "key", expires: end)
    }
    if let key = json["remove_key"]?.string { removeKey(key) }
    for (member, adds) in [("add_group", true), ("remove_group", false)] {
      guard let xml = json[member]?.string else { continue }
      let name = version < .v19 ? "groups_id" : "group_ids"
      let group = store.ids("res.groups")
        .first { store.get("res.groups", $0)?.text("_xml") == xml }
      guard let group else {
        throw SimulatorError(name: "not found", message: "group \(xml)")
      }
      let rest = (store.get("res.users", user)?.refs(name) ?? []).filter { $0 != group }
      set("res.users", user, [name: .refs(adds ? rest + [group] : rest)])
    }
    touch("res.users", user)
    return ["id": .int(user)]
  }
}
