import Floor
import TestKit

/// What a worker does next, drawn at random: mostly something that fits.
enum RandomEvent {
  private static let gs = "\u{1D}"

  static func draw(_ choices: inout Choices, _ mirror: MemoryMirror) -> EventBody {
    switch choices.int(0...29) {
    case 0...11: .scan(goods(&choices))
    case 12...14: .scan(.init(code: transfer(&choices, mirror)))
    case 15...17: .scan(.init(code: package(&choices)))
    case 18, 19: .scan(.init(code: label(&choices)))
    case 20, 21: .scan(.init(code: choices.element(of: ["OBTVALI", "O-BTN.validate"])))
    case 22: .scan(.init(code: "OCDCANC"))
    case 23: .scan(.init(code: small(&choices)))
    case 24: .command(choices.element(of: EventBody.Command.allCases))
    case 25: .weight(weight(&choices))
    case 26: .scan(.init(code: RandomSite.badge))
    case 27: .scan(.init(code: "TM-PARK"))
    default: .work(work(&choices, mirror))
    }
  }

  /// Products, references, packagings, lots and serial numbers.
  static func goods(_ choices: inout Choices) -> EventBody.Scan {
    let code = choices.element(of: [
      RandomWarehouse.bolt, RandomWarehouse.paint, "LOT-A", RandomWarehouse.pump, "SN1",
      "012345678905", RandomWarehouse.screw, "NUT", "BOLTS4", "LOT-B", "SN2", "SN3", "SAME",
      "CHAIR", "NEW-LOT",
    ])
    let keyed = choices.chance(10) ? Quantity(choices.int(1...3)) : nil
    return EventBody.Scan(code: code, quantity: keyed)
  }

  /// GS1 element strings of products with lots, serial numbers, dates and counts.
  private static func label(_ choices: inout Choices) -> String {
    let code = choices.element(of: [
      "]C101" + "0" + RandomWarehouse.paint + "10LOT-A",
      "]C101" + "0" + RandomWarehouse.paint + "302" + gs + "10LOT-B",
      "]C101" + "0" + RandomWarehouse.paint + "17251231" + "10NEW-LOT",
      "]C101" + "0" + RandomWarehouse.pump + "21SN1",
      "]C101" + "0" + RandomWarehouse.bolt + "302",
      "]C110LOT-A",
      "010" + RandomWarehouse.bolt + "302",
    ])
    return code
  }

  private static func transfer(_ choices: inout Choices, _ mirror: MemoryMirror) -> String {
    if choices.chance(12) { return "WH/OUT/00099" }
    if choices.chance(12) { return "BATCH/00001" }
    return choices.element(of: mirror.transfers).name
  }

  private static func package(_ choices: inout Choices) -> String {
    choices.element(of: [
      "PACK0000001", "PACK0000002", "OBTPACK", "PACK0000009", "PACK0000091", "TM-CLOSEPACK",
      "CARTON", "340123450000000017", "PACK0000050",
    ])
  }

  private static func small(_ choices: inout Choices) -> String {
    choices.element(of: [
      "1Z999", RandomSite.dock, "OCDDISC", "TM-COUNT", "SHELF1", "TM-QTY-2", "TM-STATUS",
      "WH-DELIVERY", "NONSENSE", "]C101123", "",
    ])
  }

  private static func weight(_ choices: inout Choices) -> EventBody.Weight {
    EventBody.Weight(
      kilograms: Quantity(millionths: Int64(choices.int(0...60)) * 100_000),
      stable: !choices.chance(10),
      package: choices.chance(30) ? "PACK0000001" : nil
    )
  }

  private static func work(
    _ choices: inout Choices,
    _ mirror: MemoryMirror
  ) -> EventBody.Work {
    EventBody.Work(
      step: choices.element(of: [.ship, .pick, .pack, .receive]),
      transfer: choices.chance(60) ? choices.element(of: mirror.transfers).name : nil,
      lines: choices.array(0...2) { choices in
        EventBody.Work.Line(
          code: choices.element(of: [
            RandomWarehouse.bolt, RandomWarehouse.paint, RandomWarehouse.pump, "PACK0000009",
          ]),
          quantity: Quantity(choices.int(1...2)),
          lot: choices.element(of: [nil, "LOT-A", "SN1", "SN2"]),
          package: choices.chance(30) ? "PACK0000002" : nil
        )
      },
      package: choices.chance(30) ? "PACK0000001" : nil,
      kilograms: choices.chance(20) ? Quantity(1) : nil,
      tracking: choices.chance(20) ? "1Z1" : nil,
      validate: choices.chance(25)
    )
  }
}
