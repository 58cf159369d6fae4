internal import JSON
internal import OdooSimulator

/// Scenarios about users and their API keys.
extension Scenario {
  /// The key that a recording calls its second one.
  static let secondKey = "second-key"

  static let keyCreate = Scenario(
    number: "03",
    signsIn: true,
    setUp: { admin in
      // The recorded user began without keys; the one that the requests use is not shown here.
      let keys = try admin.call("res.users.apikeys", "search", [["user_id", "!=", 2]])
      _ = try admin.call("res.users.apikeys", "unlink", keys ?? [])
      guard admin.version == .v19 else { return }
      try admin.perform(
        "users",
        ["add_key": "lab-key", "name": "tallyman gw", "expires": "2099-01-01 00:00:00"]
      )
    },
    overJSON2: false
  )

  static let noPassword = Scenario(
    number: "04",
    before: [
      "user archived: API key": { try $0.perform("users", ["active": false]) },
      "user unarchived: API key": { try $0.perform("users", ["active": true]) },
    ],
    overJSON2: false
  )

  static let keyRevoke = Scenario(
    number: "08",
    signsIn: true,
    setUp: { try $0.perform("users", ["add_key": .string(secondKey), "name": "second"]) },
    before: [
      "old password after a change": { try $0.perform("users", ["password": "another one"]) }
    ],
    overJSON2: false
  )
}
