import Floor
import Journal
import Odoo

/// A warehouse of the size that was asked for, in a real `mirror.db`.
struct Site {
  let transfers: Int
  let products: Int

  /// Kinds of goods, by the last digit of the product's id.
  static func tracking(of product: Int) -> Product.Tracking {
    product % 10 == 2 ? .lot : product % 50 == 9 ? .serial : .none
  }

  /// The EAN-13 of a product.
  static func barcode(of product: Int) -> String {
    let body = "400" + padded(product, 9)
    var sum = 0
    for (index, digit) in body.utf8.reversed().enumerated() {
      sum += Int(digit - 0x30) * (index.isMultiple(of: 2) ? 3 : 1)
    }
    return body + String((10 - sum % 10) % 10)
  }

  static func lot(of product: Int) -> String { "L\(product)-A" }
  static func name(of transfer: Int) -> String { "WH/OUT/" + padded(transfer, 5) }

  /// The four products of a transfer: two plain ones, one with lots, one more.
  func goods(of transfer: Int) -> [Int] {
    let first = transfer * 10 % (products - 20) / 10 * 10
    return [first + 1, first + 2, first + 3, first + 4].map { $0 + 10 }
  }

  static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }

  /// Writes the mirror, in changes as large as those of a refresh.
  func write(to store: MirrorStore, at stamp: Stamp) throws {
    for start in stride(from: 1, through: products, by: 1000) {
      let ids = start..<min(start + 1000, products + 1)
      try store.apply(.products(ids.map(product)), at: stamp)
      let lots = ids.filter { Self.tracking(of: $0) == .lot }
      try store.apply(
        .lots(lots.map { Lot(id: $0, name: Self.lot(of: $0), productID: $0) }),
        at: stamp
      )
      let packagings = ids.filter { $0 % 10 == 5 }.map { id in
        Mirrored.Packaging(
          id: id,
          barcode: "BOX" + Self.barcode(of: id),
          productID: id,
          content: .units(Quantity(12))
        )
      }
      try store.apply(.packagings(packagings), at: stamp)
    }
    try store.apply(.units([Mirrored.Unit(id: 1, name: "Units", ratio: .one)]), at: stamp)
    try store.apply(
      .locations((1...2000).map { Location(id: $0, name: "WH/Stock/\($0)", barcode: "LOC-\($0)") }),
      at: stamp
    )
    try store.apply(
      .packages((1...5000).map { Package(id: $0, name: "PACK9" + Self.padded($0, 6)) }),
      at: stamp
    )
    for start in stride(from: 1, through: transfers, by: 500) {
      let ids = start..<min(start + 500, transfers + 1)
      try store.apply(.transfers(ids.map(transfer), readStarted: 1), at: stamp)
    }
    try store.apply(
      .refreshed(MirrorChange.Refreshed(kind: .realTime, readStarted: 1)),
      at: stamp
    )
  }

  private func product(_ id: Int) -> Product {
    Product(
      id: id,
      name: "Product number \(id)",
      reference: "REF-\(id)",
      barcode: Self.barcode(of: id),
      tracking: Self.tracking(of: id),
      weight: Quantity(millionths: 120_000),
      unitID: 1
    )
  }

  private func transfer(_ id: Int) -> Transfer {
    Transfer(
      id: id,
      name: Self.name(of: id),
      state: .assigned,
      operation: Transfer.Operation(typeID: 2, step: .ship, warehouse: 1, barcode: "WHOUT"),
      locationID: 8,
      destinationID: 5,
      partner: "Customer \(id)",
      origin: "S\(id)",
      chain: "group:\(id)",
      moves: goods(of: id).enumerated().map { index, product in
        move(id * 10 + index, product)
      }
    )
  }

  private func move(_ id: Int, _ product: Int) -> Move {
    let hasLot = Self.tracking(of: product) == .lot
    return Move(
      id: id,
      productID: product,
      demand: Quantity(Self.demand),
      unitID: 1,
      lines: [
        MoveLine(
          id: id * 10,
          quantity: Quantity(Self.demand),
          lot: hasLot ? Reference(id: product, name: Self.lot(of: product)) : nil,
          locationID: 8 + id % 1000,
          destinationID: 5
        )
      ]
    )
  }

  /// Units of each product that a transfer asks for.
  static let demand = 3
}
