internal import Floor
internal import TestKit

/// What the devices of two stations send, drawn at random.
enum RandomPayload {
  static func draw(_ choices: inout Choices, number: Int, station: String) -> Payload {
    if choices.chance(8) { return .grams(choices.int(1...30) * 100, station: station) }
    let code = choices.element(of: [
      Stock.bolt, "WH/OUT/00001", "OBTVALI", "012345678905", "WH/PICK/00008", "WH/OUT/00002",
      "SN1", "LOT-A", "PACK0000077", "OCDCANC", "WH/OUT/00003", "PACK0000009", "TM-PARK",
      "TM-COUNT", "LOC-STOCK", "NONSENSE", "BATCH/00001", "PUMP", "TM-QTY-2", "OBTPACK",
    ])
    return .scan(
      code,
      choices.element(of: Payload.Scanner.allCases),
      number: number,
      station: station
    )
  }

  static func site(_ choices: inout Choices) -> FloorSite {
    var site = FloorSite(trackingPrefixes: ["1Z"])
    site.policy.secondStation = choices.chance(50) ? .join : .refuse
    site.policy.complete = choices.chance(30) ? .validate : .wait
    site.packageNumbers = SSCCRange(extensionDigit: 3, companyPrefix: "4012345", first: 1)
    return site
  }
}
