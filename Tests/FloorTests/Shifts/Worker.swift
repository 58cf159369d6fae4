import Floor
import TestKit

/// A worker who gets things done: scans what the open transfer asks for, and closes it.
struct Worker {
  let mirror: MemoryMirror
  let station: Station?
  let confirmations: [Confirmation]

  func next(_ choices: inout Choices) -> String {
    if let count = station?.count {
      return count.location == nil ? "SHELF1" : choices.element(of: ["OBTVALI", "SHELF1"])
    }
    if case .load = station?.group?.kind { return parcel(&choices) }
    guard let tally = station?.tally else { return opening(&choices) }
    if choices.chance(12) { return "OBTVALI" }
    if let waiting = tally.marks.awaitingLot { return lot(waiting.productID, tally, &choices) }
    if choices.chance(15) { return choices.element(of: ["PACK0000001", "OBTPACK", "PACK0000002"]) }
    if let package = expected(tally), choices.chance(60) { return package }
    let missing = tally.products.filter { tally.counted(of: $0) < tally.demand(of: $0) }
    guard !missing.isEmpty else { return "OBTVALI" }
    let product = choices.element(of: missing)
    return choices.chance(40)
      ? lot(product, tally, &choices) : mirror.products[product]?.barcode ?? "OBTVALI"
  }

  private func opening(_ choices: inout Choices) -> String {
    switch choices.int(0...19) {
    case 0: "TM-COUNT"
    case 1...3: RandomSite.dock
    case 4, 5: "BATCH/00001"
    case 6...9: confirmations.last?.transferName ?? "WH/OUT/00001"
    default: choices.element(of: mirror.transfers).name
    }
  }

  private func parcel(_ choices: inout Choices) -> String {
    let packed = confirmations.filter { $0.step != .ship }.flatMap(\.lines).compactMap(\.package)
    return choices.element(of: packed + ["PACK0000009", "PACK0000091", RandomSite.dock])
  }

  private func expected(_ tally: Tally) -> String? {
    tally.transfer.moves.flatMap(\.lines).compactMap(\.package?.name)
      .first { name in !tally.lines.contains { $0.sourcePackage == name } }
  }

  private func lot(_ product: Int, _ tally: Tally, _ choices: inout Choices) -> String {
    let reserved = tally.transfer.moves.filter { $0.productID == product }.flatMap(\.lines)
      .compactMap(\.lot?.name)
    if !reserved.isEmpty, choices.chance(70) { return choices.element(of: reserved) }
    switch product {
    case 3: return choices.element(of: ["SN1", "SN2", "SN3"])
    case 4: return choices.element(of: ["LOT-A", "LOT-B"])
    default: return mirror.products[product]?.barcode ?? "CHAIR"
    }
  }
}
