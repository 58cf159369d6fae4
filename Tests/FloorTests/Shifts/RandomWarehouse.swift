import Floor
import TestKit

/// Orders, receipts and master data, drawn at random.
enum RandomWarehouse {
  static let bolt = "4006381333931"
  static let paint = "4012345000016"
  static let pump = "4012345000023"
  static let screw = "4012345000030"
  static let now: Int64 = 1_795_000_000_000

  static func mirror(_ choices: inout Choices) -> MemoryMirror {
    let mirror = MemoryMirror()
    masterData(mirror)
    if choices.chance(40) { mirror.expiries = ["LOT-A": now - 1, "SN1": now + 1] }
    mirror.route = Route(
      delivery: choices.element(of: [[.ship], [.pick, .pack, .ship], [.pick, .ship]])
    )
    let isMadeAhead = choices.chance(50)
    for order in 1...choices.int(1...3) {
      let products = choices.array(1...3) { $0.element(of: [1, 2, 3, 4, 6]) }
      let moves = Set(products).sorted().map { ($0, $0 == 3 ? 2 : choices.int(1...4)) }
      let steps = isMadeAhead ? mirror.route.delivery : [mirror.route.delivery[0]]
      for (index, step) in steps.enumerated() {
        let id = order * 10 + index
        mirror.transfers.append(
          transfer(id, step, order, moves, isReady: index == 0, &choices)
        )
      }
    }
    mirror.transfers.append(receipt(&choices))
    mirror.transfers.append(shipment(90, "PACK0000009", carrier: "Fast", &choices))
    mirror.transfers.append(shipment(91, "PACK0000091", carrier: "Slow", &choices))
    mirror.batches = [Batch(id: 1, name: "BATCH/00001", transferIDs: [10, 20, 30])]
    return mirror
  }

  private static func masterData(_ mirror: MemoryMirror) {
    let tenth = Quantity(millionths: 100_000)
    mirror.products = [
      1: Product(id: 1, name: "Bolt", barcode: bolt, weight: tenth),
      2: Product(id: 2, name: "Nut", reference: "NUT", barcode: "012345678905"),
      3: Product(id: 3, name: "Pump", barcode: pump, tracking: .serial, weight: Quantity(2)),
      4: Product(id: 4, name: "Paint", barcode: paint, tracking: .lot, weight: .one),
      5: Product(id: 5, name: "Chair", barcode: "CHAIR"),
      6: Product(id: 6, name: "Screw", barcode: screw, weight: tenth),
    ]
    mirror.packagings = ["BOLTS4": Article(product: Product(id: 1, name: "Bolt"))]
    mirror.packagings["BOLTS4"]?.quantity = Quantity(4)
    mirror.lots = [
      "SN1": [3], "SN2": [3], "SN3": [3], "LOT-A": [4], "LOT-B": [4], "SAME": [3, 4],
    ]
    mirror.packages = ["PACK0000009", "PACK0000091"]
    mirror.fullPackages = ["PACK0000050"]
    mirror.packageTypes = [PackageType(id: 7, name: "Carton", barcode: "CARTON", tare: tenth)]
    mirror.locations = [
      Location(id: 5, name: "WH/Dock 1", barcode: RandomSite.dock),
      Location(id: 8, name: "WH/Stock/A1", barcode: "SHELF1"),
    ]
    mirror.operations = [
      "WH-DELIVERY": Transfer.Operation(typeID: 1, step: .ship, warehouse: 1)
    ]
  }

  private static func transfer(
    _ id: Int,
    _ step: Transfer.Step,
    _ order: Int,
    _ moves: [(Int, Int)],
    isReady: Bool,
    _ choices: inout Choices
  ) -> Transfer {
    let names: [Transfer.Step: String] = [.pick: "PICK", .pack: "PACK", .ship: "OUT"]
    var transfer = MemoryMirror.transfer(
      id,
      "WH/\(names[step] ?? "INT")/\(String(100_000 + order).dropFirst())",
      step,
      moves.map { (id * 10 + $0.0, $0.0, $0.1) },
      state: isReady ? .assigned : .waiting
    )
    transfer.chain = "S\(order)"
    transfer.batchID = order
    for index in transfer.moves.indices {
      let product = transfer.moves[index].productID
      if !isReady { transfer.moves[index].lines = [] }
      if product == 6 { transfer.moves[index].factor = Quantity(12) }
      if isReady, product == 4, choices.chance(50) {
        transfer.moves[index].lines[0].lot = Reference(id: 40, name: "LOT-A")
      }
    }
    return transfer
  }

  private static func receipt(_ choices: inout Choices) -> Transfer {
    MemoryMirror.transfer(80, "WH/IN/00080", .receive, [(801, 3, 2), (802, 4, choices.int(1...5))])
  }

  /// A delivery of a parcel that is packed, beside something loose.
  private static func shipment(
    _ id: Int,
    _ package: String,
    carrier: String,
    _ choices: inout Choices
  ) -> Transfer {
    let serial = choices.chance(40)
    var transfer = MemoryMirror.transfer(
      id,
      "TM/OUT/000\(id)",
      .ship,
      [(id * 10, serial ? 3 : 1, 2), (id * 10 + 1, 2, 1)]
    )
    transfer.chain = "P\(id)"
    transfer.carrier = carrier
    let reference = Reference(id: id, name: package)
    var line = transfer.moves[0].lines[0]
    line.package = reference
    line.resultPackage = reference
    line.quantity = .one
    line.lot = serial ? Reference(id: 31, name: "SN1") : nil
    transfer.moves[0].lines = [line]
    return transfer
  }
}
