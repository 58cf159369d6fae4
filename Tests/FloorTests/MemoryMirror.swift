import Floor

/// A mirror and a journal in memory, with a small warehouse in it.
final class MemoryMirror: Lookup {
  var mirrorAge: Int64? = 3
  var transfers: [Transfer] = []
  var products: [Int: Product] = [:]
  var packagings: [String: Article] = [:]
  var lots: [String: [Int]] = [:]
  var packages: Set<String> = []
  var closures: [Confirmation.Target: Closure] = [:]

  func transfer(named name: String) -> Transfer? {
    transfers.first { $0.name.lowercased() == name.lowercased() }
  }
  func transfer(id: Int) -> Transfer? { transfers.first { $0.id == id } }
  func articles(spellings: [String]) -> [Article] {
    products.values.filter { product in product.barcode.map(spellings.contains) ?? false }
      .sorted { $0.id < $1.id }.map { Article(product: $0) }
      + spellings.compactMap { packagings[$0] }
  }
  func product(id: Int) -> Product? { products[id] }
  func lots(named name: String) -> [Lot] {
    (lots[name] ?? []).map { Lot(id: $0, name: name, productID: $0) }
  }
  func package(named name: String) -> Package? {
    packages.contains(name) ? Package(id: 1, name: name) : nil
  }
  func location(_ code: String) -> Location? { nil }
  func closure(of target: Confirmation.Target) -> Closure? { closures[target] }

  /// WH/OUT/00001 asks for 5 bolts and 3 nuts; WH/OUT/00002 for 2 pumps with serial numbers and 4
  /// paints with lots; TM/OUT/00003 ships a package; WH/IN/00004 receives 2 pumps.
  static func warehouse() -> MemoryMirror {
    let mirror = MemoryMirror()
    mirror.products = [
      1: Product(id: 1, name: "Bolt", barcode: "4006381333931"),
      2: Product(id: 2, name: "Nut", barcode: "012345678905"),
      3: Product(id: 3, name: "Pump", barcode: "PUMP", tracking: .serial),
      4: Product(id: 4, name: "Paint", barcode: "PAINT", tracking: .lot),
      5: Product(id: 5, name: "Chair", barcode: "CHAIR"),
    ]
    mirror.packagings["BOLTS4"] = mirror.products[1].map {
      Article(product: $0, quantity: Quantity(4))
    }
    mirror.lots = ["SN1": [3], "SN2": [3], "SN3": [3], "LOT-A": [4], "LOT-B": [4], "SAME": [3, 4]]
    mirror.transfers = [
      transfer(1, "WH/OUT/00001", .ship, [(11, 1, 5), (12, 2, 3)]),
      transfer(2, "WH/OUT/00002", .ship, [(21, 3, 2), (22, 4, 4)]),
      shipment(),
      transfer(4, "WH/IN/00004", .receive, [(41, 3, 2)]),
      transfer(5, "WH/OUT/00005", .ship, [(51, 1, 1)], state: .waiting),
      transfer(6, "WH/OUT/00006", .ship, [(61, 1, 1)], state: .done),
      transfer(7, "WH/OUT/00007", .ship, [(71, 1, 1)], state: .cancelled),
      transfer(8, "TM/PICK/00008", .pick, [(81, 1, 2)]),
    ]
    return mirror
  }

  static func transfer(
    _ id: Int,
    _ name: String,
    _ step: Transfer.Step,
    _ moves: [(Int, Int, Int)],
    state: Transfer.State = .assigned,
    backorderOf: Int? = nil
  ) -> Transfer {
    Transfer(
      id: id,
      name: name,
      state: state,
      operation: Transfer.Operation(typeID: 1, step: step, warehouse: 1),
      locationID: 8,
      destinationID: 5,
      chain: "S\(id)",
      backorderOf: backorderOf,
      moves: moves.map { move, product, demand in
        Move(
          id: move,
          productID: product,
          demand: Quantity(demand),
          lines: [
            MoveLine(
              id: move * 10,
              quantity: Quantity(demand),
              locationID: 8,
              destinationID: 5
            )
          ]
        )
      }
    )
  }

  private static func shipment() -> Transfer {
    var transfer = transfer(3, "TM/OUT/00003", .ship, [(31, 1, 5)])
    let package = Reference(id: 9, name: "PACK0000009")
    transfer.moves[0].lines = [
      MoveLine(
        id: 310,
        quantity: Quantity(5),
        package: package,
        resultPackage: package,
        locationID: 9,
        destinationID: 5
      )
    ]
    return transfer
  }
}
