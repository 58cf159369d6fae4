internal import JSON

/// A secret that stands for a user.
struct APIKey: Sendable {
  let row: Int
  let secret: String
  var expires: Int64?
}

/// What a user can log in with.
struct Credentials: Sendable {
  var password: String
  var keys: [APIKey] = []
}

extension Database {
  /// The user of a login and a password or key; nil is what `common.login` answers `false` for.
  func authenticate(login: String, secret: String, at time: Int64) -> Int? {
    guard let user = user(login: login), isActive(user), !secret.isEmpty else { return nil }
    let credentials = credentials[user]
    let valid = credentials?.password == secret || liveKey(secret, user) != nil
    if valid { acceptedKeys.insert(secret) }
    return valid ? user : nil
  }

  func user(login: String) -> Int? {
    store.ids("res.users").first { store.get("res.users", $0)?.text("login") == login }
  }

  /// A key is refused where the web client logs in.
  func user(login: String, password: String) -> Int? {
    guard let user = user(login: login), isActive(user) else { return nil }
    return credentials[user]?.password == password ? user : nil
  }

  private func isActive(_ user: Int) -> Bool {
    store.get("res.users", user)?["active"] != .bool(false)
  }

  private func liveKey(_ secret: String, _ user: Int) -> APIKey? {
    credentials[user]?.keys.first { $0.secret == secret && ($0.expires ?? .max) > now }
  }

  /// AccessDenied, or MissingError for a user that does not exist.
  func check(user id: Int, secret: String, at time: Int64) throws {
    guard store.get("res.users", id) != nil else {
      throw OdooError.missing("res.users", id, user: id)
    }
    guard isActive(id), !secret.isEmpty else { throw OdooError.denied }
    if credentials[id]?.password == secret || liveKey(secret, id) != nil {
      acceptedKeys.insert("\(id):\(secret)")
      return
    }
    // Up to 18 a process goes on accepting a removed key until the password or the user changes.
    guard version < .v19, acceptedKeys.contains("\(id):\(secret)") else { throw OdooError.denied }
  }

  func user(ofKey secret: String, at time: Int64) -> Int? {
    credentials.first { user, _ in isActive(user) && liveKey(secret, user) != nil }?.key
  }

  func addKey(_ secret: String, user: Int, name: String, expires: Int64? = nil) {
    var values: [String: Value] = [
      "name": .text(name), "user_id": .ref(user), "scope": .empty,
    ]
    if version >= .v18 { values["expiration_date"] = expires.map { .moment($0) } ?? .empty }
    let row = add("res.users.apikeys", values)
    credentials[user]?.keys.append(APIKey(row: row, secret: secret, expires: expires))
  }

  func removeKey(_ secret: String) {
    for (user, known) in credentials {
      for key in known.keys where key.secret == secret {
        store.remove("res.users.apikeys", key.row)
        credentials[user]?.keys.removeAll { $0.secret == secret }
      }
    }
  }

  func setPassword(_ password: String, user: Int) {
    credentials[user]?.password = password
    acceptedKeys = acceptedKeys.filter { !$0.hasPrefix("\(user):") }
  }

  func sessionInfo(_ user: Int, name: String) -> JSON {
    let row = store.get("res.users", user)
    return [
      "uid": .int(user), "is_system": .bool(hasGroup("base.group_system", user: user)),
      "is_admin": .bool(hasGroup("base.group_system", user: user)), "is_public": false,
      "is_internal_user": true, "user_context": ["lang": "en_US", "tz": false, "uid": .int(user)],
      "db": .string(name), "server_version": .string(version.description),
      "server_version_info": [.int(version.rawValue), 0, 0, "final", 0, ""],
      "name": .string(row?.text("name") ?? ""), "username": .string(row?.text("login") ?? ""),
      "partner_id": .int(row?.ref("partner_id")),
    ]
  }
}
