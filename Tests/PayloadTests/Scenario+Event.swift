internal import Floor

extension Scenario {
  private static let out = "WH/OUT/00001"
  private static let pick = "WH/PICK/00008"
  private static let bolt = Stock.bolt

  /// Refused because of the transfer.
  static let refusedTransfers: [Scenario] = [
    scans(.unknownTransfer, "WH/OUT/09999"),
    scans(.ambiguousTransfer, bolt),
    scans(.notReady, "WH/OUT/00005"),
    scans(.alreadyDone, "WH/OUT/00006"),
    scans(.cancelled, "WH/OUT/00007"),
    scans(.alreadyClosed, pick, bolt, bolt, "OBTVALI", "OBTVALI"),
    scans(.openElsewhere, [out], then: [out]),
    scans(.otherTransferOpen, out, bolt, "BATCH/00001"),
    scans(.wrongStation, out) { $0.stations = ["one": StationRole(steps: [.pick])] },
    scenario(.mirrorStale, [.scan(out, at: "one")], isFresh: false) {
      $0.policy.staleMirror = .refuse
    },
    scenario(
      .transferChanged,
      [pick, bolt, bolt].map { .scan($0, at: "one") } + [
        .odooAsks(bolts: 1), .scan("OBTVALI", at: "one"),
      ]
    ),
    scans(.mixedUnits, "WH/OUT/00011"),
    scans(.unitFraction, "WH/OUT/00017", "4006381333931", "OBTVALI"),
    scans(.tooManyOpen, out) { $0.policy.openTransfers = 0 },
  ]

  /// Refused before anybody looks at what was scanned.
  static let refusedEvents: [Scenario] = [
    sends(.malformed, .own("{not json")),
    sends(.tooLarge, .own(String(repeating: "x", count: 1 << 17))),
    sends(.retained, Payload("warehouse/one-raw/scan", bolt, isRetained: true)),
    sends(.unknownTopic, Payload("somewhere/else", bolt)),
    sends(.unknownDevice, Payload("tele/stranger/RESULT", #"{"SSerialReceived":"X"}"#)),
    sends(
      .idConflict,
      .own(#"{"id":"7","code":"A"}"#),
      .own(#"{"id":"7","code":"B"}"#)
    ),
    scenario(
      .doubtful,
      [
        .send(.own(out)), .send(.own(bolt)), .brokerRestart,
        .send(Payload("warehouse/one-raw/scan", bolt)),
      ]
    ),
  ]

  /// Verdicts that only the agent gives, with the test that makes it do so from a payload.
  static let elsewhere: [VerdictCode: (file: String, test: String)] = [
    .storageFull: ("Tests/AgentTests/Disk/FullDiskTests.swift", "refusedThenCounted")
  ]

  static let all = good + refusedScans + refusedTransfers + refusedEvents
}
