internal import Barcodes
internal import Floor

/// A mirror together with what was closed since.
struct RehearsalLookup<Mirror: MirrorLookup>: Lookup {
  let mirror: Mirror
  let closed: ClosedTransfers
  let mirrorAge: Int64?

  var nomenclature: Nomenclature? { mirror.nomenclature }
  func transfer(named name: String) -> Transfer? { mirror.transfer(named: name) }
  func transfer(id: Int) -> Transfer? { mirror.transfer(id: id) }
  func articles(spellings: [String]) -> [Article] { mirror.articles(spellings: spellings) }
  func product(id: Int) -> Product? { mirror.product(id: id) }
  func products(reference: String) -> [Product] { mirror.products(reference: reference) }
  func lots(named name: String) -> [Lot] { mirror.lots(named: name) }
  func package(named name: String) -> Package? { mirror.package(named: name) }
  func packageType(id: Int) -> PackageType? { mirror.packageType(id: id) }
  func packageType(barcode: String) -> PackageType? { mirror.packageType(barcode: barcode) }
  func location(_ code: String) -> Location? { mirror.location(code) }
  func operation(barcode: String) -> Transfer.Operation? { mirror.operation(barcode: barcode) }
  func batch(named name: String) -> Batch? { mirror.batch(named: name) }
  func transfers(ofChain chain: String) -> [Transfer] { mirror.transfers(ofChain: chain) }
  func openTransfers(asking product: Int, limit: Int) -> [Transfer] {
    mirror.openTransfers(asking: product, limit: limit)
  }
  func openTransfers(holding package: String, limit: Int) -> [Transfer] {
    mirror.openTransfers(holding: package, limit: limit)
  }
  func unitName(id: Int) -> String? { mirror.unitName(id: id) }
  func route(ofWarehouse id: Int) -> Route { mirror.route(ofWarehouse: id) }

  func closure(of target: Confirmation.Target) -> Closure? { closed.closure(of: target) }
  func closures(ofChain chain: String) -> [Closure] { closed.closures(ofChain: chain) }
  func closures(naming name: String) -> [Closure] { closed.closures(naming: name) }
}
