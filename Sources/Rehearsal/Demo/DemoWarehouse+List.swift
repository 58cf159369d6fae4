extension DemoWarehouse {
  /// What there is to scan.
  public static func list(_ chaining: Chaining) -> [CodeList] {
    [
      CodeList(heading: "Stations (:station NAME)", entries: stationList),
      CodeList(heading: "Transfers", entries: transferList + chainList(chaining)),
      CodeList(heading: "Goods", entries: goodsList),
      CodeList(heading: "Lots and serial numbers", entries: lotList),
      CodeList(heading: "Packages, cartons, tracking", entries: packageList),
      CodeList(heading: "Locations", entries: locationList),
      CodeList(heading: "Commands and badges", entries: commandList),
    ]
  }

  private static let stationList = [
    CodeList.Entry("desk", "does everything; you begin here"),
    CodeList.Entry("dock", "receives"),
    CodeList.Entry("pick1", "picks"),
    CodeList.Entry("pack1", "packs"),
    CodeList.Entry("gate", "ships; a location begins loading"),
    CodeList.Entry("helper", "counts with the station that has the transfer open"),
    CodeList.Entry("express", "closes a transfer by itself when it is complete"),
  ]

  private static let transferList = [
    CodeList.Entry("WH/OUT/00001", "delivery: 5 bolts, 3 nuts"),
    CodeList.Entry("WH/OUT/00002", "delivery: 2 pumps with serial numbers, 4 paints of LOT-A"),
    CodeList.Entry("BATCH/00001", "batch of WH/OUT/00003 and WH/OUT/00004"),
    CodeList.Entry("WH/OUT/00003", "delivery: 2 bolts, 1 chair"),
    CodeList.Entry("WH/OUT/00004", "delivery: 3 bolts"),
    CodeList.Entry("WH/OUT/00005", "delivery of a whole package: PACK0000009 with 5 nuts"),
    CodeList.Entry("WH/OUT/00006", "not ready: its chair is not reserved"),
    CodeList.Entry("WH/OUT/00007", "delivery: 2.5 kg of cheese"),
    CodeList.Entry("WH/OUT/00008", "done already"),
    CodeList.Entry("WH/OUT/00009", "cancelled"),
    CodeList.Entry("WH/OUT/00010", "delivery: 2 nuts"),
    CodeList.Entry("WH/OUT/00011", "not known here; after :wait 20m it opens without a list"),
    CodeList.Entry("WH/IN/00001", "receipt: 20 bolts, 2 pumps, 6 paints"),
  ]

  private static func chainList(_ chaining: Chaining) -> [CodeList.Entry] {
    let steps = [CodeList.Entry("TM/PICK/00001", "first of three: 4 bolts, 2 paints of LOT-A")]
    let next =
      chaining == .allAtOnce
      ? [
        CodeList.Entry("TM/PACK/00001", "second step; waits for the first"),
        CodeList.Entry("TM/OUT/00001", "third step; waits for the second"),
      ] : []
    return steps + next + [
      CodeList.Entry("TM/OUT/00002", "packed: PACK0000021 and PACK0000022, by Parcel Co"),
      CodeList.Entry("TM/OUT/00003", "packed: PACK0000023, by Post"),
    ]
  }

  private static let goodsList = [
    CodeList.Entry("4006381333931", "bolt (also BOLT-M8), 0.05 kg"),
    CodeList.Entry("14006381333938", "box of 10 bolts"),
    CodeList.Entry("4012345678901", "nut, 0.02 kg"),
    CodeList.Entry("4000000000013", "paint, kept by lot, 3 kg"),
    CodeList.Entry("4000000000020", "pump, kept by serial number, 4 kg"),
    CodeList.Entry("4000000000037", "chair"),
    CodeList.Entry("]C1010400000000001310LOT-A^372", "label: 2 paints of LOT-A"),
    CodeList.Entry("(01)04000000000020(21)SN-1001", "label: pump SN-1001"),
    CodeList.Entry("(01)02812340000002(3103)000750", "label: 0.75 kg of cheese"),
    CodeList.Entry("2812349007507", "shop label: 0.75 kg of cheese"),
    CodeList.Entry("(01)04006381333932", "damaged label: wrong check digit"),
  ]

  private static let lotList = [
    CodeList.Entry("LOT-A, LOT-B", "lots of paint"),
    CodeList.Entry("LOT-OLD", "lot of paint that has expired"),
    CodeList.Entry("SN-1001, SN-1002, SN-1003", "serial numbers of pumps"),
  ]

  private static let packageList = [
    CodeList.Entry("PACK0000101", "a new package; any PACK and 7 digits"),
    CodeList.Entry("340123450000009010", "a new package with an SSCC"),
    CodeList.Entry("TM-NEWPACK, TM-CLOSEPACK", "opens a package with a new number; closes it"),
    CodeList.Entry("PACK0000099", "holds other goods"),
    CodeList.Entry("CARTON-S", "the last package is a carton: 0.2 kg"),
    CodeList.Entry("PALLET", "the last package is a pallet: 20 kg"),
    CodeList.Entry("1Z999AA10123456784", "tracking number"),
  ]

  private static let locationList = [
    CodeList.Entry("LOC-STOCK, LOC-A1", "stock of WH, and a shelf in it"),
    CodeList.Entry("GATE-1", "gate of TM"),
  ]

  private static let commandList = [
    CodeList.Entry("OBTVALI", "validate: close what is open"),
    CodeList.Entry("OCDCANC", "take the last change back"),
    CodeList.Entry("OCDDISC", "discard: put it away uncounted"),
    CodeList.Entry("TM-STATUS, TM-PARK", "what is open; put it aside"),
    CodeList.Entry("TM-QTY-3", "the next scan stands for 3"),
    CodeList.Entry("TM-COUNT", "count stock"),
    CodeList.Entry("SUPER-1", "badge of Kim, who lets refused things pass"),
  ]
}
