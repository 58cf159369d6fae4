internal import Floor

extension DemoWarehouse {
  static let operations = [
    operation(1, .receive, Warehouse.oneStep, "WHIN"),
    operation(2, .ship, Warehouse.oneStep, "WHOUT"),
    operation(3, .pick, Warehouse.threeSteps, "TMPICK"),
    operation(4, .pack, Warehouse.threeSteps, "TMPACK"),
    operation(5, .ship, Warehouse.threeSteps, "TMOUT"),
  ]

  private static func operation(
    _ id: Int,
    _ step: Transfer.Step,
    _ warehouse: Int,
    _ barcode: String
  ) -> Transfer.Operation {
    Transfer.Operation(typeID: id, step: step, warehouse: warehouse, barcode: barcode)
  }

  /// Goods that a transfer asks for, and where they are reserved.
  private struct Wanted {
    var product: Product
    var demand: Quantity
    var lot: String?
    var package: String?

    init(_ product: Product, _ demand: Quantity, lot: String? = nil, package: String? = nil) {
      self.product = product
      self.demand = demand
      self.lot = lot
      self.package = package
    }

    init(_ product: Product, _ demand: Int, lot: String? = nil, package: String? = nil) {
      self.init(product, Quantity(demand), lot: lot, package: package)
    }
  }

  static let deliveries: [Transfer] = [
    delivery(1, [Wanted(bolt, 5), Wanted(nut, 3)]),
    delivery(2, [Wanted(pump, 2), Wanted(paint, 4, lot: "LOT-A")]),
    delivery(3, [Wanted(bolt, 2), Wanted(chair, 1)], batch: 1),
    delivery(4, [Wanted(bolt, 3)], batch: 1),
    delivery(5, [Wanted(nut, 5, package: "PACK0000009")]),
    delivery(6, [Wanted(chair, 1)], state: .waiting),
    delivery(7, [Wanted(cheese, Quantity(millionths: 2_500_000))]),
    delivery(8, [Wanted(nut, 1)], state: .done),
    delivery(9, [Wanted(nut, 1)], state: .cancelled),
    delivery(10, [Wanted(nut, 2)]),
  ]

  static let receipts: [Transfer] = [
    transfer(
      11,
      "WH/IN/00001",
      operations[0],
      [Wanted(bolt, 20), Wanted(pump, 2), Wanted(paint, 6)],
      from: Place.suppliers,
      to: Place.stock,
      chain: "P00001"
    )
  ]

  private static func delivery(
    _ id: Int,
    _ wanted: [Wanted],
    state: Transfer.State = .assigned,
    batch: Int? = nil
  ) -> Transfer {
    var delivery = transfer(
      id,
      "WH/OUT/\(number(id))",
      operations[1],
      wanted,
      from: Place.stock,
      to: Place.customers,
      chain: "S\(number(id))"
    )
    delivery.state = state
    delivery.batchID = batch
    return delivery
  }

  private static func number(_ id: Int) -> String {
    String(repeating: "0", count: 5 - "\(id)".count) + "\(id)"
  }

  private static func transfer(
    _ id: Int,
    _ name: String,
    _ operation: Transfer.Operation,
    _ wanted: [Wanted],
    from: Int,
    to: Int,
    chain: String,
    carrier: String? = nil
  ) -> Transfer {
    let moves = wanted.enumerated().map { index, wanted in
      move(id * 10 + index, wanted, from, to)
    }
    return Transfer(
      id: id,
      name: name,
      state: .assigned,
      operation: operation,
      locationID: from,
      destinationID: to,
      chain: chain,
      carrier: carrier,
      moves: moves
    )
  }

  private static func move(_ id: Int, _ wanted: Wanted, _ from: Int, _ to: Int) -> Move {
    let package = wanted.package.flatMap { name in
      packages.first { $0.name == name }.map { Reference(id: $0.id, name: $0.name) }
    }
    let lot = wanted.lot.flatMap { name in
      lots.first { $0.name == name }.map { Reference(id: $0.id, name: $0.name) }
    }
    let line = MoveLine(
      id: id * 10,
      quantity: wanted.demand,
      lot: lot,
      package: package,
      resultPackage: package,
      locationID: from,
      destinationID: to
    )
    return Move(
      id: id,
      productID: wanted.product.id,
      demand: wanted.demand,
      unitID: wanted.product.unitID,
      lines: [line]
    )
  }

  /// One order in three steps, and two that are packed and wait for their truck.
  static func threeSteps(_ chaining: Chaining) -> [Transfer] {
    let wanted = [Wanted(bolt, 4), Wanted(paint, 2, lot: "LOT-A")]
    var pick = transfer(
      21,
      "TM/PICK/00001",
      operations[2],
      wanted,
      from: Place.farStock,
      to: Place.packing,
      chain: "S00021"
    )
    guard chaining == .allAtOnce else { return [pick] + packed }
    var pack = transfer(
      22,
      "TM/PACK/00001",
      operations[3],
      wanted,
      from: Place.packing,
      to: Place.gate,
      chain: "S00021"
    )
    let ship = transfer(
      23,
      "TM/OUT/00001",
      operations[4],
      wanted,
      from: Place.gate,
      to: Place.customers,
      chain: "S00021",
      carrier: "Parcel Co"
    )
    follow(&pick, by: pack)
    follow(&pack, by: ship)
    return [pick, waiting(pack), waiting(ship)] + packed
  }

  private static func follow(_ transfer: inout Transfer, by next: Transfer) {
    for index in transfer.moves.indices {
      transfer.moves[index].nextIDs = [next.moves[index].id]
    }
  }

  /// A step whose goods have not come yet: nothing is reserved.
  private static func waiting(_ transfer: Transfer) -> Transfer {
    var copy = transfer
    copy.state = .waiting
    for index in copy.moves.indices { copy.moves[index].lines = [] }
    return copy
  }

  private static var packed: [Transfer] {
    [
      shipment(
        24,
        2,
        [Wanted(nut, 3, package: "PACK0000021"), Wanted(nut, 2, package: "PACK0000022")],
        carrier: "Parcel Co"
      ),
      shipment(25, 3, [Wanted(bolt, 6, package: "PACK0000023")], carrier: "Post"),
    ]
  }

  private static func shipment(
    _ id: Int,
    _ place: Int,
    _ wanted: [Wanted],
    carrier: String
  ) -> Transfer {
    transfer(
      id,
      "TM/OUT/\(number(place))",
      operations[4],
      wanted,
      from: Place.gate,
      to: Place.customers,
      chain: "S\(number(id))",
      carrier: carrier
    )
  }
}
