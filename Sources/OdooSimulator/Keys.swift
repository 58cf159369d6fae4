internal import JSON

/// How a user makes and removes API keys of his own, as in Preferences > Account Security.
extension Database {
  /// Models that everybody may use for himself.
  static let ownKeys: Set<String> = [
    "res.users.apikeys.description", "res.users.identitycheck", "res.users.apikeys",
  ]

  /// Days that a key of an internal user may live at most.
  private static let longestLife = 90.0

  /// Refuses a description of a key that would live too long; administrators may do what they like.
  func checkKeyDescription(_ values: [String: Value]) throws {
    guard version >= .v18, !hasGroup("base.group_system") else { return }
    let days = values["duration"]?.text.flatMap { Double($0) } ?? 0
    if days == 0 { throw OdooError.validation("The API key must have an expiration date") }
    let end = values["expiration_date"]?.moment ?? now + Int64(days) * 86_400 * DateText.second
    guard Double(end - now) <= Self.longestLife * 86_400 * Double(DateText.second) else {
      throw OdooError.validation("You cannot exceed \(Self.longestLife) days.")
    }
  }

  /// Methods of the wizards; nil for any other.
  func performOnKeys(_ call: Call, _ ids: [Int]) throws -> JSON? {
    switch (call.model, call.method) {
    case ("res.users.apikeys.description", "make_key"):
      let description = try ids.first.map { try row(call.model, $0) }
      let check = add(
        "res.users.identitycheck",
        ["_name": description?["name"] ?? .empty, "_days": description?["duration"] ?? .empty]
      )
      return action("res.users.identitycheck", check)
    case ("res.users.identitycheck", "run_check"):
      return try makeKey(row(call.model, ids.first ?? 0))
    case ("res.users.apikeys", "remove"):
      for id in ids {
        guard try row(call.model, id).ref("user_id") == user else { throw OdooError.denied }
        let secret = credentials[user]?.keys.first { $0.row == id }?.secret
        if let secret { removeKey(secret) }
      }
      return ["type": "ir.actions.act_window_close"]
    default: return nil
    }
  }

  private func makeKey(_ check: Record) throws -> JSON {
    // 17 and 18 keep the password on the wizard, 19 takes it from the context.
    let password = context["password"]?.string ?? check.text("password")
    guard credentials[user]?.password == password else {
      throw OdooError.user("Incorrect Password, try again or click on Forgot Password.")
    }
    let number = next("key-", digits: 36)
    let day = 86_400 * DateText.second
    let life = Int64(check.text("_days")) ?? 0
    let end = version < .v18 || life == 0 ? nil : (now / day + life) * day
    addKey(number, user: user, name: check.text("_name"), expires: end)
    var shown = action("res.users.apikeys.show", nil).object ?? JSONObject()
    shown["context"] = ["default_key": .string(number)]
    return .object(shown)
  }

  private func action(_ model: String, _ id: Int?) -> JSON {
    var action: JSONObject = [
      "type": "ir.actions.act_window", "res_model": .string(model), "target": "new",
      "views": [[false, "form"]],
    ]
    if let id { action["res_id"] = .int(id) }
    return .object(action)
  }
}
