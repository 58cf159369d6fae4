internal import Floor

/// `[floor]` and its rules: what the site decided.
extension SettingsReader {
  func floor() -> Settings.Floor {
    let table = root.tableOrEmpty("floor")
    defer { table.finish() }
    let changes = policyChanges(table)
    return Settings.Floor(
      policy: FloorSite(rules: [PolicyRule(changes: changes)]).policy(of: nil, at: ""),
      rules: rules(table),
      trackingPrefixes: table.texts(
        "tracking_prefixes",
        expected: "1 to 20 characters without blanks",
        where: Self.isPrefix
      ) ?? [],
      barcodeRegion: region(table),
      trustClock: table.flag("trust_clock") ?? false,
      unassignedDevices: table.choice("unassigned_devices") ?? .ownStation,
      feedbackExpires: table.duration(
        "feedback_expires",
        in: .seconds(1)...(.seconds(300)),
        default: Defaults.feedbackExpires
      ),
      language: table.text(
        "language",
        expected: LanguageCode.expectation,
        where: LanguageCode.isValid
      ) ?? Defaults.language,
      languageDirectory: file(table, "language_directory") ?? Defaults.languageDirectory
    )
  }

  private static func isPrefix(_ text: String) -> Bool {
    (1...20).contains(text.utf8.count) && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
  }

  private func region(_ table: TableReader) -> String? {
    let regions = FloorSite.regions
    let names = regions.map { "\"\($0)\"" }.joined(separator: ", ")
    return table.text("barcode_region", expected: "one of \(names)", where: regions.contains)
  }

  private func rules(_ floor: TableReader) -> [PolicyRule] {
    let rules = floor.tables("rule").map { table in
      let rule = PolicyRule(
        steps: steps(table),
        operations: operations(table),
        stations: table.texts("stations", expected: "names of stations") ?? [],
        changes: policyChanges(table)
      )
      if rule.changes == PolicyChanges() {
        let message = "changes nothing; expected a policy such as incomplete = \"refuse\""
        report.add("the rule \(message)", at: table.path)
      }
      table.finish()
      return rule
    }
    for key in ["steps", "operations", "stations"] + Self.policyKeys {
      report.noteKnown("floor.rule[].\(key)")
    }
    return rules
  }

  /// A rule for a station that does not exist would silently do nothing.
  func checkRules(_ settings: Settings) {
    let known = settings.stations.map(\.name)
    for (index, rule) in settings.floor.rules.enumerated() {
      for station in rule.stations where !known.contains(station) {
        let mayBeDevice =
          settings.floor.unassignedDevices == .ownStation && DeviceName.isValid(station)
        guard !mayBeDevice || NearestName.of(station, among: known) != nil else { continue }
        let hint = NearestName.of(station, among: known).map { "; did you mean \($0)?" }
        report.add(
          "station \"\(station)\" is not configured\(hint ?? "; add it as [[station]]")",
          at: "floor.rule[\(index)].stations"
        )
      }
    }
  }

  func steps(_ table: TableReader) -> [Transfer.Step] {
    let all = ["receive", "pick", "pack", "ship", "internal"]
    let names = table.texts("steps", expected: "steps out of \(all.joined(separator: ", "))") {
      all.contains($0)
    }
    return (names ?? []).compactMap(Transfer.Step.init(rawValue:))
  }

  func operations(_ table: TableReader) -> [String] {
    let texts = table.texts(
      "operations",
      expected: "barcodes of operation types as in Odoo, such as \"WHOUT\""
    )
    return (texts ?? []).map { $0.uppercased() }
  }

  private static let policyKeys = [
    "incomplete", "complete", "over_pick", "over_pick_percent", "other_lot", "expired_lot",
    "unknown_transfer", "stale_mirror", "stale_after", "second_station", "park_after",
    "confirm_within", "weight_mismatch", "weight_absolute", "weight_percent", "weight_required",
  ]

  private func policyChanges(_ table: TableReader) -> PolicyChanges {
    let day: Duration = .seconds(86_400)
    var changes = PolicyChanges()
    changes.incomplete = table.choice("incomplete")
    changes.complete = table.choice("complete")
    changes.overPick = table.choice("over_pick")
    changes.overPickPercent = table.optionalInteger("over_pick_percent", in: 1...1000)
    changes.otherLot = table.choice("other_lot")
    changes.expiredLot = table.choice("expired_lot")
    changes.unknownTransfer = table.choice("unknown_transfer")
    changes.staleMirror = table.choice("stale_mirror")
    changes.staleAfter = table.optionalDuration("stale_after", in: .seconds(10)...(day * 365))
      .map { $0.components.seconds }
    changes.secondStation = table.choice("second_station")
    changes.parkAfter = table.optionalDuration("park_after", in: .seconds(10)...day)
      .map { $0.components.seconds * 1000 }
    changes.confirmWithin = table.optionalDuration(
      "confirm_within",
      in: .seconds(2)...(.seconds(300))
    ).map { $0.components.seconds * 1000 + $0.components.attoseconds / 1_000_000_000_000_000 }
    changes.weightMismatch = table.choice("weight_mismatch")
    changes.weightAbsolute = table.decimal("weight_absolute", in: 0...10_000, unit: "kilograms")
    changes.weightPercent = table.decimal("weight_percent", in: 0...1000, unit: "percent")
    changes.weightRequired = table.flag("weight_required")
    return changes
  }
}
