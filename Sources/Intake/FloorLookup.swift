package import Barcodes
public import Floor
public import Journal

/// A mirror that is told the time before each batch.
public protocol IntakeMirror: MirrorLookup {
  /// Look-ups until the next call happen at this time.
  func begin(at stamp: Stamp)
  /// The batch is over.
  func end()
}

extension MirrorReader: IntakeMirror {}

/// The mirror and the journal together, as the floor asks them.
///
/// A failing query reads as "not found", and is remembered: the batch that it belongs to must not
/// be committed on the strength of it.
package final class FloorLookup<Mirror: IntakeMirror>: Lookup {
  let mirror: Mirror
  let journal: Journal
  private(set) var failure: SQLiteError?
  package let mirrorAge: Int64?
  private var products: [Int: Product?] = [:]

  package init(mirror: Mirror, journal: Journal) {
    self.mirror = mirror
    self.journal = journal
    mirrorAge = mirror.mirrorAge
  }

  package var nomenclature: Nomenclature? { mirror.nomenclature }
  package func transfer(named name: String) -> Transfer? { mirror.transfer(named: name) }
  package func transfer(id: Int) -> Transfer? { mirror.transfer(id: id) }
  package func articles(spellings: [String]) -> [Article] { mirror.articles(spellings: spellings) }
  /// One scan asks several times for its product; within a batch the mirror does not change.
  package func product(id: Int) -> Product? {
    if let known = products[id] { return known }
    let found = mirror.product(id: id)
    products[id] = .some(found)
    return found
  }
  package func lots(named name: String) -> [Lot] { mirror.lots(named: name) }
  package func package(named name: String) -> Package? { mirror.package(named: name) }
  package func products(reference: String) -> [Product] { mirror.products(reference: reference) }
  package func packageType(id: Int) -> PackageType? { mirror.packageType(id: id) }
  package func packageType(barcode: String) -> PackageType? { mirror.packageType(barcode: barcode) }
  package func operation(barcode: String) -> Transfer.Operation? {
    mirror.operation(barcode: barcode)
  }
  package func batch(named name: String) -> Batch? { mirror.batch(named: name) }
  package func transfers(ofChain chain: String) -> [Transfer] { mirror.transfers(ofChain: chain) }
  package func openTransfers(asking product: Int, limit: Int) -> [Transfer] {
    mirror.openTransfers(asking: product, limit: limit)
  }
  package func openTransfers(holding package: String, limit: Int) -> [Transfer] {
    mirror.openTransfers(holding: package, limit: limit)
  }
  package func route(ofWarehouse id: Int) -> Route { mirror.route(ofWarehouse: id) }
  package func unitName(id: Int) -> String? { mirror.unitName(id: id) }
  package func location(_ code: String) -> Location? { mirror.location(code) }

  package func closures(ofChain chain: String) -> [Closure] {
    asked { (journal) throws(SQLiteError) in try journal.closures(ofChain: chain) } ?? []
  }

  package func closures(naming name: String) -> [Closure] {
    asked { (journal) throws(SQLiteError) in try journal.closures(naming: name) } ?? []
  }

  package func closure(of target: Confirmation.Target) -> Closure? {
    asked { (journal) throws(SQLiteError) in try journal.closure(of: target) } ?? nil
  }

  private func asked<Result>(
    _ question: (Journal) throws(SQLiteError) -> Result
  ) -> Result? {
    do throws(SQLiteError) {
      return try question(journal)
    } catch {
      failure = error
      return nil
    }
  }
}
