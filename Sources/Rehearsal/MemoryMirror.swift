public import Floor

/// A mirror in memory: for trying flows and for tests, without a file and without Odoo.
public struct MemoryMirror: MirrorLookup, Sendable {
  /// Age in seconds of the last refresh; nil if there was none.
  public var mirrorAge: Int64?
  /// All transfers, oldest first.
  public var transfers: [Transfer] = []
  /// The products.
  public var products: [Product] = []
  /// What each packaging's barcode stands for.
  public var packagings: [String: Article] = [:]
  /// Lots and serial numbers.
  public var lots: [Lot] = []
  /// Packages; of two with one name the last is meant.
  public var packages: [Package] = []
  /// Kinds of cartons and pallets.
  public var packageTypes: [PackageType] = []
  /// Locations.
  public var locations: [Location] = []
  /// Batches and waves.
  public var batches: [Batch] = []
  /// Operation types that have a barcode.
  public var operations: [Transfer.Operation] = []
  /// Names of units of measure, by id.
  public var unitNames: [Int: String] = [:]
  /// Steps by warehouse; one of each where it is not named.
  public var routes: [Int: Route] = [:]

  /// An empty mirror.
  public init(mirrorAge: Int64? = nil) { self.mirrorAge = mirrorAge }

  /// The transfer of that name, in any letter case.
  public func transfer(named name: String) -> Transfer? {
    transfers.last { $0.name.lowercased() == name.lowercased() }
  }

  /// The transfer with that id.
  public func transfer(id: Int) -> Transfer? { transfers.first { $0.id == id } }

  /// Products and packagings whose barcode is one of `spellings`.
  public func articles(spellings: [String]) -> [Article] {
    products.filter { product in product.barcode.map(spellings.contains) ?? false }
      .map { Article(product: $0) } + spellings.compactMap { packagings[$0] }
  }

  /// The product with that id.
  public func product(id: Int) -> Product? { products.first { $0.id == id } }

  /// Products with that internal reference.
  public func products(reference: String) -> [Product] {
    products.filter { $0.reference == reference }
  }

  /// Lots and serial numbers of that name.
  public func lots(named name: String) -> [Lot] { lots.filter { $0.name == name } }

  /// The newest package of that name.
  public func package(named name: String) -> Package? { packages.last { $0.name == name } }

  /// The package type with that id.
  public func packageType(id: Int) -> PackageType? { packageTypes.first { $0.id == id } }

  /// The package type of that barcode.
  public func packageType(barcode: String) -> PackageType? {
    packageTypes.first { $0.barcode == barcode }
  }

  /// The location of that barcode, else of that name.
  public func location(_ code: String) -> Location? {
    locations.first { $0.barcode == code } ?? locations.first { $0.name == code }
  }

  /// The operation type of that barcode, in any letter case.
  public func operation(barcode: String) -> Transfer.Operation? {
    operations.first { $0.barcode?.uppercased() == barcode.uppercased() }
  }

  /// The batch of that name, in any letter case.
  public func batch(named name: String) -> Batch? {
    batches.first { $0.name.lowercased() == name.lowercased() }
  }

  /// The transfers of a chain.
  public func transfers(ofChain chain: String) -> [Transfer] {
    transfers.filter { $0.chain == chain }
  }

  /// Open transfers that ask for a product.
  public func openTransfers(asking product: Int, limit: Int) -> [Transfer] {
    let found = open.filter { transfer in transfer.moves.contains { $0.productID == product } }
    return Array(found.prefix(limit))
  }

  /// Open transfers with goods in a package of that name.
  public func openTransfers(holding package: String, limit: Int) -> [Transfer] {
    let found = open.filter { transfer in
      transfer.moves.contains { move in
        move.lines.contains { $0.package?.name == package || $0.resultPackage?.name == package }
      }
    }
    return Array(found.prefix(limit))
  }

  /// The name of a unit of measure.
  public func unitName(id: Int) -> String? { unitNames[id] }

  /// The steps of a warehouse.
  public func route(ofWarehouse id: Int) -> Route { routes[id] ?? Route() }

  private var open: [Transfer] {
    transfers.filter { $0.state != .done && $0.state != .cancelled }
  }
}
