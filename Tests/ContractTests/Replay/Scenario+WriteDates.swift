internal import JSON
internal import OdooSimulator

extension Scenario {
  /// Somebody takes the serial number that another transfer had reserved, and validates first.
  static let writeDates = Scenario(
    number: "20",
    starts: [
      .order(("TM-T1-009", 1)),
      Start(
        lines: [("TM-T1-009", 1)],
        prepare: { admin, thief in
          let victim = admin.state()["transfers"]?.array?.last {
            $0["id"] != thief["id"] && $0["moves"]?[0]?["product"] == "TM-T1-009"
          }
          let lot = victim?.at(pointer: "/moves/0/lines/0/lot_id") ?? .null
          let line = thief.at(pointer: "/moves/0/lines/0/id") ?? .null
          try admin.person(["do": "set_line", "line": line, "lot_id": lot, "picked": true])
          try admin.person(["do": "validate", "transfer": thief["name"] ?? .null])
        }
      ),
    ],
    atOnce: true,
    overJSON2: false
  )

  /// In the recording of 17 stock arrived for a third transfer first.
  func starts(for version: OdooVersion) -> [Start] {
    guard number == "20", version == .v17 else { return starts + (more[version] ?? []) }
    let waiting = Start(
      lines: [("TM-NOSTOCK", 4)],
      prepare: { admin, _ in
        try admin.seed([
          "stock": [
            ["product": "TM-NOSTOCK", "location": "WH/Stock/BIN-T1-A1", "quantity": 4]
          ]
        ])
      }
    )
    return [waiting] + starts
  }
}
