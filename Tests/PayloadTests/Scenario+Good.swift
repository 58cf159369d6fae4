internal import Floor

extension Scenario {
  private static let ship: @Sendable (inout FloorSite) -> Void = { site in
    site.stations = ["one": StationRole(steps: [.ship])]
  }
  private static let out = "WH/OUT/00001"
  private static let pick = "WH/PICK/00008"
  private static let bolt = Stock.bolt

  /// Verdicts that say what has happened, and those that ask.
  static let good: [Scenario] = work + packages + loads + counts + questions

  private static let work: [Scenario] = [
    scans(.opened, out),
    scans(.counted, out, bolt),
    scans(.complete, pick, bolt, bolt),
    scans(.scanLot, "WH/OUT/00002", "PUMP"),
    scans(.quantityNoted, "TM-QTY-3"),
    scans(.locationNoted, out, "LOC-STOCK"),
    scans(.tracked, out, "1Z999"),
    scans(.undone, out, bolt, "OCDCANC"),
    scans(.discarded, out, "O-CMD.DISCARD"),
    scans(.confirmed, pick, bolt, bolt, "O-BTN.validate"),
    scans(.status, out, "TM-STATUS"),
    scans(.parked, out, "TM-PARK"),
    scans(.resumed, out, bolt, "TM-PARK", out),
    scans(.joined, [out], then: [out]) { $0.policy.secondStation = .join },
    scans(.batchOpened, "BATCH/00001"),
    scenario(.blindOpened, [.scan("WH/OUT/09999", at: "one")], isFresh: false) {
      $0.policy.unknownTransfer = .blind
    },
  ]

  private static let packages: [Scenario] = [
    scans(.packageOpened, out, "PACK0000077"),
    scans(.packageClosed, out, "PACK0000077", "TM-CLOSEPACK"),
    scans(.packageTyped, out, "PACK0000077", "CARTON"),
    scans(.packed, out, bolt, "PACK0000077"),
    scans(.nested, out, bolt, "PACK0000077", "PACK0000078", "PACK0000077"),
    sends(.weighed, after: [out, bolt, "PACK0000077"], .grams(100)),
  ]

  private static let loads: [Scenario] = [
    scans(.loadOpened, "DOCK1", site: ship),
    scans(.loaded, "DOCK1", "PACK0000009", site: ship),
    scans(.loadClosed, "DOCK1", "PACK0000009", "DOCK1", site: ship),
  ]

  private static let counts: [Scenario] = [
    scans(.countOpened, "TM-COUNT"),
    scans(.countLocation, "TM-COUNT", "LOC-STOCK"),
    scans(.countCounted, "TM-COUNT", "LOC-STOCK", bolt),
    scans(.countClosed, "TM-COUNT", "LOC-STOCK", bolt, "OBTVALI"),
  ]

  private static let questions: [Scenario] = [
    scans(.confirmIncomplete, out, bolt, "OBTVALI"),
    scans(.confirmDiscard, out, bolt, "OCDDISC"),
    scans(.confirmPark, out, bolt, "WH/OUT/00002"),
  ]
}
