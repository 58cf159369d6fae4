internal import Floor
internal import Journal
internal import Odoo

/// The warehouse of the scenarios, as Odoo would have told it to mirror.db.
enum Stock {
  static let now: Int64 = 1_795_000_000_000
  static let bolt = "4006381333931"
  static let paint = "4012345000016"

  static func fill(_ store: MirrorStore, isFresh: Bool, at stamp: Stamp) throws {
    var changes: [MirrorChange] = [
      .transfers(transfers, readStarted: 1),
      .operationTypes([
        Mirrored.OperationType(
          id: 1,
          name: "Delivery",
          barcode: "WH-DELIVERY",
          step: .ship,
          warehouse: 1
        )
      ]),
      .warehouses([
        Mirrored.Warehouse(id: 1, code: "WH", route: Route(delivery: [.pick, .pack, .ship]))
      ]),
      .batches([Mirrored.BatchName(id: 1, name: "BATCH/00001")]),
      .products(products),
      .packagings([
        Mirrored.Packaging(id: 1, barcode: "BOLTS4", productID: 1, content: .units(Quantity(4)))
      ]),
      .locations([
        Location(id: 8, name: "WH/Stock", barcode: "LOC-STOCK"),
        Location(id: 5, name: "WH/Dock", barcode: "DOCK1"),
        Location(id: 99, name: "WH/Far", barcode: "LOC-FAR"),
      ]),
      .lots([
        Lot(id: 1, name: "SN1", productID: 3), Lot(id: 2, name: "SN2", productID: 3),
        Lot(id: 3, name: "LOT-A", productID: 4), Lot(id: 4, name: "LOT-B", productID: 4),
        Lot(id: 5, name: "LOT-OLD", productID: 4, expires: now - 86_400_000),
      ]),
      .packageTypes([
        PackageType(id: 1, name: "Carton", barcode: "CARTON", heaviest: Quantity(25)),
        PackageType(id: 2, name: "Fast box", barcode: "FAST-BOX", carrierType: "fast"),
      ]
      ),
      .packages([
        Package(id: 9, name: "PACK0000009"), Package(id: 10, name: "PACK0000010"),
        Package(id: 50, name: "PACK0000050", locationID: 8),
      ]),
    ]
    if isFresh {
      changes.append(
        .refreshed(MirrorChange.Refreshed(kind: .realTime, readStarted: 1, state: nil))
      )
    }
    for change in changes { try store.apply(change, at: stamp) }
  }

  /// Odoo asks for so many bolts only in WH/PICK/00008.
  static func ask(_ bolts: Int, _ store: MirrorStore, at stamp: Stamp) throws {
    let changed = transfer(8, "WH/PICK/00008", [(1, bolts)], step: .pick)
    try store.apply(.transfers([changed], readStarted: 2), at: stamp)
  }

  private static var products: [Product] {
    let light = Quantity(millionths: 100_000)
    return [
      Product(id: 1, name: "Bolt", barcode: bolt, weight: light),
      Product(id: 2, name: "Nut", barcode: "012345678905"),
      Product(id: 3, name: "Pump", barcode: "PUMP", tracking: .serial),
      Product(id: 4, name: "Paint", barcode: paint, tracking: .lot),
      Product(id: 5, name: "Chair", barcode: "CHAIR"),
      Product(id: 6, name: "Left twin", barcode: "TWIN"),
      Product(id: 7, name: "Right twin", barcode: "TWIN"),
    ]
  }

  private static var transfers: [Transfer] {
    var mixed = transfer(11, "WH/OUT/00011", [(1, 1), (1, 1)])
    mixed.moves[1].factor = Quantity(12)
    var dozens = transfer(17, "WH/OUT/00017", [(1, 2)])
    dozens.moves[0].factor = Quantity(12)
    dozens.moves[0].rounding = .one
    var reserved = transfer(2, "WH/OUT/00002", [(3, 2), (4, 4)])
    reserved.moves[1].lines[0].lot = Reference(id: 3, name: "LOT-A")
    let batched = [14, 15].map { id -> Transfer in
      var transfer = transfer(id, "WH/PICK/000\(id)", [(2, 1)], step: .pick)
      transfer.batchID = 1
      return transfer
    }
    return [
      transfer(1, "WH/OUT/00001", [(1, 5), (2, 3)]), reserved,
      parcel(3, "WH/OUT/00003", "PACK0000009", "Fast"),
      transfer(4, "WH/IN/00004", [(3, 2)], step: .receive),
      transfer(5, "WH/OUT/00005", [(1, 1)], state: .waiting),
      transfer(6, "WH/OUT/00006", [(1, 1)], state: .done),
      transfer(7, "WH/OUT/00007", [(1, 1)], state: .cancelled),
      transfer(8, "WH/PICK/00008", [(1, 2)], step: .pick),
      parcel(9, "WH/OUT/00009", "PACK0000010", "Slow"),
      transfer(10, "WH/OUT/00010", [(6, 1), (7, 1)]), mixed, dozens,
      transfer(16, "WH/OUT/00016", [(3, 1)]),
    ] + batched
  }

  private static func transfer(
    _ id: Int,
    _ name: String,
    _ moves: [(Int, Int)],
    step: Transfer.Step = .ship,
    state: Transfer.State = .assigned
  ) -> Transfer {
    Transfer(
      id: id,
      name: name,
      state: state,
      operation: Transfer.Operation(typeID: 1, step: step, warehouse: 1),
      locationID: 8,
      destinationID: 5,
      chain: "S\(id)",
      moves: moves.enumerated().map { index, move in
        Move(
          id: id * 10 + index,
          productID: move.0,
          demand: Quantity(move.1),
          lines: [
            MoveLine(
              id: id * 100 + index,
              quantity: Quantity(move.1),
              locationID: 8,
              destinationID: 5
            )
          ]
        )
      }
    )
  }

  private static func parcel(
    _ id: Int,
    _ name: String,
    _ package: String,
    _ carrier: String
  ) -> Transfer {
    var transfer = transfer(id, name, [(1, 5)])
    transfer.carrier = carrier
    transfer.carrierType = carrier.lowercased()
    let reference = Reference(id: id, name: package)
    transfer.moves[0].lines[0].package = reference
    transfer.moves[0].lines[0].resultPackage = reference
    return transfer
  }
}
