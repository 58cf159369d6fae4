internal import Floor

extension Scenario {
  private static let out = "WH/OUT/00001"
  private static let pick = "WH/PICK/00008"
  private static let pumps = "WH/OUT/00002"
  private static let bolt = Stock.bolt
  private static let ship: @Sendable (inout FloorSite) -> Void = { site in
    site.stations = ["one": StationRole(steps: [.ship])]
  }

  /// Refused because of what was scanned.
  static let refusedScans: [Scenario] = codes + lots + packages + weights + commands

  private static let codes: [Scenario] = [
    scans(.unknownBarcode, "NONSENSE"),
    scans(.badBarcode, "]C1010123"),
    scans(.operationType, "WH-DELIVERY"),
    scans(.nothingOpen, "OBTVALI"),
    scans(.wrongProduct, out, "CHAIR"),
    scans(.ambiguousProduct, "WH/OUT/00010", "TWIN"),
    scans(.tooMany, pick, bolt, bolt, bolt),
    scans(.quantityImplausible, out, "]C1010\(bolt)300"),
    scans(.wrongLocation, out, "LOC-FAR"),
  ]

  private static let lots: [Scenario] = [
    scans(.wrongLot, pumps, "PUMP", "NO-SUCH"),
    scans(.otherLot, pumps, "LOT-B") { $0.policy.otherLot = .refuse },
    scans(.expiredLot, pumps, "LOT-OLD"),
    scans(.lotMissing, pumps, "PUMP", "OBTVALI"),
    scans(.serialTwice, pumps, "SN1", "SN1"),
    scans(.serialElsewhere, [pumps, "SN1"], then: ["WH/OUT/00016", "SN1"]),
    scans(.serialQuantity, pumps, "TM-QTY-2", "SN1"),
  ]

  private static let packages: [Scenario] = [
    scans(.packageElsewhere, [out, "PACK0000077"], then: [pumps, "PACK0000077"]),
    scans(.packageTwice, "WH/OUT/00003", "PACK0000009", "PACK0000009"),
    scans(.packageNotEmpty, out, "PACK0000050"),
    scans(.packageUnknown, "DOCK1", "PACK0000088", site: ship),
    scans(
      .notPacked,
      [pick, bolt, bolt, "PACK0000077", "OBTVALI"],
      then: ["DOCK1", "PACK0000077"]
    ) { $0.stations = ["two": StationRole(steps: [.ship])] },
    scans(.wrongCarrier, "DOCK1", "PACK0000009", "PACK0000010", site: ship),
    scans(.wrongCarton, "WH/OUT/00009", "PACK0000010", "FAST-BOX"),
    scans(.scanParcel, "DOCK1", bolt, site: ship),
    scans(.noPackageNumbers, out, bolt, "OBTPACK") { site in
      site.packageNumbers = SSCCRange(
        extensionDigit: 3,
        companyPrefix: "4012345",
        first: 2,
        last: 1
      )
    },
  ]

  private static let weights: [Scenario] = [
    sends(.noPackage, after: [out], .grams(500)),
    sends(
      .weightUnstable,
      after: [out, "PACK0000077"],
      .own(#"{"value":"1.2","unit":"kg","stable":false}"#, kind: "weight")
    ),
    sends(.weightImplausible, after: [out, "PACK0000077"], .grams(0)),
    sends(.weightMismatch, after: [out, bolt, "PACK0000077"], .grams(9_000)) {
      $0.policy.weight.mismatch = .refuse
    },
    sends(.packageTooHeavy, after: [out, "PACK0000077", "CARTON"], .grams(25_001)),
    scans(.weightMissing, pick, bolt, bolt, "PACK0000077", "OBTVALI") {
      $0.policy.weight.isRequired = true
    },
  ]

  private static let commands: [Scenario] = [
    scans(.nothingCounted, out, "OBTVALI"),
    scans(.nothingToUndo, out, "OCDCANC"),
    scans(.nothingToOverride, "BADGE-7") { $0.supervisors = ["BADGE-7": "Anna"] },
    scans(.incomplete, out, bolt, "OBTVALI") { $0.policy.incomplete = .refuse },
    sends(.wrongStep, .own(#"{"transfer":"\#(out)","validate":true}"#, kind: "receive")),
    scans(.commandUnavailable, "OBTSCRA"),
    sends(.countOpen, after: ["TM-COUNT"], .own(#"{"transfer":"\#(out)"}"#, kind: "ship")),
    scans(.countNeedsLocation, "TM-COUNT", bolt),
  ]
}
