internal import Floor

extension SettingsReader {
  func stations() -> [Settings.Station] {
    var stations: [Settings.Station] = []
    var owners: [String: String] = [:]
    for table in root.tables("station") {
      let name = table.requiredText("name", expected: "the station's name") {
        (1...DeviceName.longest).contains($0.utf8.count) && $0.utf8.allSatisfy { $0 >= 0x20 }
      }
      if stations.contains(where: { $0.name == name }), !name.isEmpty {
        table.fail("name", "station \"\(name)\" stands twice; give each its own name")
      }
      if !table.has("devices") { table.fail("devices", "is missing; expected a list of devices") }
      let devices =
        table.texts("devices", expected: "device names", where: { DeviceName.isValid($0) }) ?? []
      for device in devices {
        if let owner = owners[device] {
          table.fail(
            "devices",
            "device \"\(device)\" belongs to station \"\(owner)\" already; a device belongs to one"
          )
        }
        owners[device] = name
      }
      stations.append(
        Settings.Station(
          name: name,
          devices: devices,
          role: StationRole(
            steps: steps(table),
            operations: operations(table),
            warehouse: table.optionalInteger("warehouse", in: 1...Int(Int32.max))
          ),
          language: table.text(
            "language",
            expected: LanguageCode.expectation,
            where: LanguageCode.isValid
          ),
          lamp: lamp(table),
          feedback: route(table)
        )
      )
      table.finish()
    }
    for key in [
      "name", "devices", "steps", "operations", "warehouse", "language", "feedback", "lamp",
      "lamp.profile", "lamp.device",
    ] { report.noteKnown("station[].\(key)") }
    return stations
  }

  private func lamp(_ station: TableReader) -> FeedbackPlan.Lamp? {
    guard let table = station.table("lamp") else { return nil }
    let profile = table.requiredText(
      "profile",
      expected: ProfileName.expectation,
      where: ProfileName.isValid
    )
    let device = table.requiredText(
      "device",
      expected: "the lamp's name: \(DeviceName.expectation)",
      where: { DeviceName.isValid($0) }
    )
    table.finish()
    return FeedbackPlan.Lamp(profile: profile, device: device)
  }

  /// Refuses lamps of profiles that are not read.
  func checkLamps(of stations: [Settings.Station], enabled: [String]) {
    for (index, station) in stations.enumerated() {
      guard let profile = station.lamp?.profile, !profile.isEmpty, !enabled.contains(profile)
      else { continue }
      report.add(
        "profile \"\(profile)\" is not enabled; add it to profiles.enabled",
        at: "station[\(index)].lamp.profile"
      )
    }
  }

  private func route(_ station: TableReader) -> FeedbackPlan.Route? {
    let route = station.choice("feedback", FeedbackPlan.Route.self)
    if let route, route != .device, !station.has("lamp") {
      station.fail(
        "feedback",
        "needs a lamp; add lamp = { profile = \"…\", device = \"…\" } to the station"
      )
    }
    return route
  }

  func profiles() -> Settings.ProfileSelection {
    let table = root.tableOrEmpty("profiles")
    let directory = file(table, "directory")
    let enabled =
      table.texts("enabled", expected: ProfileName.expectation, where: ProfileName.isValid)
      ?? Defaults.profiles
    for (index, name) in enabled.enumerated() where enabled[..<index].contains(name) {
      table.fail("enabled", "profile \"\(name)\" stands twice; name it once")
    }
    var variables: [String: [String: String]] = [:]
    for name in enabled where table.has(name) {
      guard let profile = table.table(name) else { continue }
      var values: [String: String] = [:]
      for key in profile.keys {
        values[key] = profile.text(key, expected: "text", where: { $0.utf8.count <= 1000 })
      }
      variables[name] = values
    }
    for key in table.keys where !["directory", "enabled"].contains(key) && !enabled.contains(key) {
      _ = table.node(key)
      let hint = NearestName.of(key, among: enabled + ["directory", "enabled"])
      table.fail(
        key,
        "is no key, and no enabled profile"
          + (hint.map { "; did you mean \($0)?" } ?? "; add \"\(key)\" to profiles.enabled")
      )
    }
    table.finish()
    return Settings.ProfileSelection(
      directory: directory ?? Defaults.profileDirectory,
      enabled: enabled,
      variables: variables
    )
  }
}

/// Names of profiles: also the names of their files.
enum ProfileName {
  static let expectation = "profile names of lower-case letters, digits and -"

  static func isValid(_ name: String) -> Bool {
    (1...64).contains(name.utf8.count) && name != "directory" && name != "enabled"
      && name.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x61...0x7A, UInt8(ascii: "-"): true
        default: false
        }
      }
  }
}
