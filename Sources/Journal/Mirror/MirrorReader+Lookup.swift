internal import CSQLite
public import Floor
public import Odoo

extension MirrorReader: MirrorLookup {
  /// The transfer of that name, in any letter case; the open one of two.
  public func transfer(named name: String) -> Transfer? { mirrored(named: name)?.transfer }

  /// The transfer with that database id.
  public func transfer(id: Int) -> Transfer? { mirrored(id: id)?.transfer }

  /// The transfer of that name, with the stamp of its reading.
  public func mirrored(named name: String) -> MirroredTransfer? {
    // Most codes are no transfers; those that are have a memory of their own (`decoded`).
    remembered(name, in: { $0.transfers }, if: { $0 == nil }) {
      look(otherwise: nil) { (reading) throws(SQLiteError) in
        try reading.transferByName.bind(1, name)
        return try transfers(reading.transferByName).first
      }
    }
  }

  /// The transfer with that database id, with the stamp of its reading.
  public func mirrored(id: Int) -> MirroredTransfer? {
    look(otherwise: nil) { (reading) throws(SQLiteError) in
      try reading.transferByID.bind(1, id)
      return try transfers(reading.transferByID).first
    }
  }

  /// All transfers of a chain that the mirror knows, oldest first.
  public func mirrored(chain: String) -> [MirroredTransfer] {
    look(otherwise: []) { (reading) throws(SQLiteError) in
      try reading.transfersOfChain.bind(1, chain)
      return try transfers(reading.transfersOfChain)
    }
  }

  /// The backorders of a transfer that the mirror knows, oldest first.
  public func backorders(of id: Int) -> [MirroredTransfer] {
    look(otherwise: []) { (reading) throws(SQLiteError) in
      try reading.backorders.bind(1, id)
      return try transfers(reading.backorders)
    }
  }

  /// Open transfers with ids above `after`, at most `limit`, in the order of their ids.
  public func openTransfers(after: Int = 0, limit: Int) -> [MirroredTransfer] {
    look(otherwise: []) { (reading) throws(SQLiteError) in
      try reading.openTransfers.bind(1, after)
      try reading.openTransfers.bind(2, limit)
      return try transfers(reading.openTransfers)
    }
  }

  func transfers(_ statement: Statement) throws(SQLiteError) -> [MirroredTransfer] {
    defer { statement.reset() }
    var found: [MirroredTransfer] = []
    while try statement.step() {
      guard let transfer = decoded.transfer(statement.int(2), statement) else {
        // SQLite keeps no checksum of its pages; a row that reads wrong is damage all the same.
        throw SQLiteError(
          extendedCode: SQLITE_CORRUPT,
          operation: statement.sql,
          path: statement.database.path,
          message: "a transfer does not read as one"
        )
      }
      found.append(MirroredTransfer(transfer: transfer, readStarted: statement.int64(1)))
    }
    return found
  }

  /// Products and packagings whose barcode is one of `spellings`; a product only once.
  public func articles(spellings: [String]) -> [Article] {
    remembered(spellings, in: { $0.articles }) {
      look(otherwise: []) { (reading) throws(SQLiteError) in
        try reading.together { () throws(SQLiteError) in try articles(spellings, reading) }
      }
    }
  }

  private func articles(
    _ spellings: [String],
    _ reading: MirrorReading
  ) throws(SQLiteError) -> [Article] {
    var found: [Article] = []
    for spelling in spellings {
      let statement = reading.productByBarcode
      defer { statement.reset() }
      try statement.bind(1, spelling)
      while try statement.step() { add(Article(product: product(statement)), to: &found) }
    }
    for spelling in spellings {
      let statement = reading.packagingByBarcode
      defer { statement.reset() }
      try statement.bind(1, spelling)
      while try statement.step() {
        guard let quantity = content(statement) else { continue }
        add(Article(product: product(statement), quantity: quantity), to: &found)
      }
    }
    return found
  }

  private func add(_ article: Article, to found: inout [Article]) {
    if !found.contains(article) { found.append(article) }
  }

  /// What a packaging holds in the product's unit; nil if its unit is not known.
  private func content(_ statement: Statement) -> Quantity? {
    if let quantity = statement.optionalInt64(7) { return Quantity(millionths: quantity) }
    guard let unit = statement.optionalInt64(8), let product = statement.optionalInt64(9),
      unit > 0, product > 0
    else { return nil }
    return Quantity.one.scaled(by: unit, over: product)
  }

  /// The location with that database id.
  public func location(id: Int) -> Location? {
    look(otherwise: nil) { (reading) throws(SQLiteError) in
      let statement = reading.locationByID
      defer { statement.reset() }
      try statement.bind(1, id)
      guard try statement.step() else { return nil }
      return Location(
        id: statement.int(0),
        name: statement.text(1),
        barcode: statement.optionalText(2)
      )
    }
  }

  /// The operation type of that barcode, in any letter case.
  public func operation(barcode: String) -> Transfer.Operation? {
    remembered(barcode, in: { $0.operations }) {
      operationType(barcode: barcode).map {
        Transfer.Operation(
          typeID: $0.id,
          step: $0.step,
          warehouse: $0.warehouse,
          barcode: $0.barcode
        )
      }
    }
  }

  /// Products whose internal reference (`default_code`) is `reference`.
  public func products(reference: String) -> [Product] {
    look(otherwise: []) { (reading) throws(SQLiteError) in
      let statement = reading.productByReference
      defer { statement.reset() }
      try statement.bind(1, reference)
      var found: [Product] = []
      while try statement.step() { found.append(product(statement)) }
      return found
    }
  }

  /// The product with that database id.
  public func product(id: Int) -> Product? {
    remembered(id, in: { $0.products }) {
      look(otherwise: nil) { (reading) throws(SQLiteError) in
        let statement = reading.productByID
        defer { statement.reset() }
        try statement.bind(1, id)
        return try statement.step() ? product(statement) : nil
      }
    }
  }

  private func product(_ statement: Statement) -> Product {
    Product(
      id: statement.int(0),
      name: statement.text(1),
      reference: statement.optionalText(2),
      barcode: statement.optionalText(3),
      tracking: Product.Tracking(rawValue: statement.text(4)) ?? .none,
      weight: Quantity(millionths: statement.int64(5)),
      unitID: statement.optionalInt(6)
    )
  }

  /// Lots and serial numbers of that name, of any product.
  public func lots(named name: String) -> [Lot] { lots(named: name, product: nil) }

  /// Lots and serial numbers of that name, of one product or of any.
  public func lots(named name: String, product: Int?) -> [Lot] {
    look(otherwise: []) { (reading) throws(SQLiteError) in
      let statement = reading.lotByName
      defer { statement.reset() }
      try statement.bind(1, name)
      var found: [Lot] = []
      while try statement.step() {
        let lot = Lot(
          id: statement.int(0),
          name: statement.text(1),
          productID: statement.int(2),
          expires: statement.optionalInt64(3)
        )
        if product == nil || lot.productID == product { found.append(lot) }
      }
      return found
    }
  }

  /// The package of that name; the newest, as Odoo does not keep names unique.
  public func package(named name: String) -> Package? {
    look(otherwise: nil) { (reading) throws(SQLiteError) in
      let statement = reading.packageByName
      defer { statement.reset() }
      try statement.bind(1, name)
      guard try statement.step() else { return nil }
      return Package(
        id: statement.int(0),
        name: statement.text(1),
        locationID: statement.optionalInt(2),
        typeID: statement.optionalInt(3)
      )
    }
  }

  /// The location of that barcode, else of that full name.
  public func location(_ code: String) -> Location? {
    look(otherwise: nil) { (reading) throws(SQLiteError) in
      for statement in [reading.locationByBarcode, reading.locationByName] {
        defer { statement.reset() }
        try statement.bind(1, code)
        guard try statement.step() else { continue }
        return Location(
          id: statement.int(0),
          name: statement.text(1),
          barcode: statement.optionalText(2)
        )
      }
      return nil
    }
  }

  /// The operation type of that barcode, in any letter case.
  public func operationType(barcode: String) -> Mirrored.OperationType? {
    look(otherwise: nil) { (reading) throws(SQLiteError) in
      let statement = reading.operationTypeByBarcode
      defer { statement.reset() }
      try statement.bind(1, barcode)
      guard try statement.step() else { return nil }
      return Mirrored.OperationType(
        id: statement.int(0),
        name: statement.text(1),
        barcode: statement.optionalText(2),
        step: Transfer.Step(rawValue: statement.text(3)) ?? .move,
        warehouse: statement.int(4)
      )
    }
  }

  /// How much the mirror holds.
  public struct Counts: Hashable, Sendable {
    /// Open transfers.
    public var openTransfers = 0
    /// Products.
    public var products = 0
    /// Packaging barcodes.
    public var packagings = 0
    /// Locations.
    public var locations = 0
    /// Lots and serial numbers.
    public var lots = 0
    /// Packages.
    public var packages = 0
  }

  /// How much the mirror holds; counts rows, so not for every batch.
  public var counts: Counts {
    look(otherwise: Counts()) { (reading) throws(SQLiteError) in
      let statement = reading.counts
      defer { statement.reset() }
      guard try statement.step() else { return Counts() }
      return Counts(
        openTransfers: statement.int(0),
        products: statement.int(1),
        packagings: statement.int(2),
        locations: statement.int(3),
        lots: statement.int(4),
        packages: statement.int(5)
      )
    }
  }
}
