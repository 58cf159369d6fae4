internal import Barcodes
import Floor

/// A mirror and a journal in memory, with a small warehouse in it.
final class MemoryMirror: Lookup {
  var mirrorAge: Int64? = 3
  var transfers: [Transfer] = []
  var products: [Int: Product] = [:]
  var packagings: [String: Article] = [:]
  var lots: [String: [Int]] = [:]
  /// When lots expire, by name, in milliseconds since 1970.
  var expiries: [String: Int64] = [:]
  var packages: Set<String> = []
  /// Packages that have goods in them.
  var fullPackages: Set<String> = []
  var packageTypes: [PackageType] = []
  var locations: [Location] = []
  var batches: [Batch] = []
  var operations: [String: Transfer.Operation] = [:]
  var unitNames: [Int: String] = [:]
  var route = Route()
  var nomenclature: Nomenclature?
  var closures: [Confirmation.Target: Closure] = [:]
  /// Targets in the order of their closing.
  var closed: [Confirmation.Target] = []

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
    (lots[name] ?? []).map {
      Lot(id: $0, name: name, productID: $0, expires: expiries[name])
    }
  }
  func package(named name: String) -> Package? {
    guard packages.contains(name) || fullPackages.contains(name) else { return nil }
    return Package(id: 1, name: name, locationID: fullPackages.contains(name) ? 8 : nil)
  }
  func packageType(id: Int) -> PackageType? { packageTypes.first { $0.id == id } }
  func packageType(barcode: String) -> PackageType? {
    packageTypes.first { $0.barcode == barcode }
  }
  func products(reference: String) -> [Product] {
    products.values.filter { $0.reference == reference }.sorted { $0.id < $1.id }
  }
  func location(_ code: String) -> Location? {
    locations.first { $0.barcode == code } ?? locations.first { $0.name == code }
  }
  func operation(barcode: String) -> Transfer.Operation? { operations[barcode.uppercased()] }
  func batch(named name: String) -> Batch? {
    batches.first { $0.name.lowercased() == name.lowercased() }
  }
  func transfers(ofChain chain: String) -> [Transfer] { transfers.filter { $0.chain == chain } }
  func openTransfers(asking product: Int, limit: Int) -> [Transfer] {
    Array(open.filter { $0.moves.contains { $0.productID == product } }.prefix(limit))
  }
  func openTransfers(holding package: String, limit: Int) -> [Transfer] {
    let found = open.filter { transfer in
      transfer.moves.contains { move in
        move.lines.contains {
          $0.package?.name == package || $0.resultPackage?.name == package
        }
      }
    }
    return Array(found.prefix(limit))
  }
  func route(ofWarehouse id: Int) -> Route { route }
  func unitName(id: Int) -> String? { unitNames[id] }

  private var open: [Transfer] {
    transfers.filter { $0.state != .done && $0.state != .cancelled }
  }

  /// Closes a transfer, as the journal would remember it.
  func close(_ confirmation: Confirmation) {
    closures[confirmation.target] = Closure(confirmation: confirmation, applied: false)
    closed.append(confirmation.target)
  }
  func closures(ofChain chain: String) -> [Closure] {
    closed.compactMap { closures[$0] }.filter { $0.confirmation.chain == chain }
  }
  func closures(naming name: String) -> [Closure] {
    closed.compactMap { closures[$0] }.filter { closure in
      closure.confirmation.lines.contains { $0.lot == name || $0.package == name }
        || closure.confirmation.packages.contains { $0.name == name }
    }
  }
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
