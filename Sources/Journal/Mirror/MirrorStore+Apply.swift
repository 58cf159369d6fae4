internal import Floor
internal import JSON
public import Odoo

extension MirrorStore {
  /// Makes a change in one transaction.
  ///
  /// - Parameter stamp: The time, kept with the end of a refresh to tell the mirror's age.
  public func apply(_ change: MirrorChange, at stamp: Stamp) throws(SQLiteError) {
    try database.transaction { () throws(SQLiteError) in try write(change, stamp) }
  }

  private func write(_ change: MirrorChange, _ stamp: Stamp) throws(SQLiteError) {
    switch change {
    case .transfers(let transfers, let readStarted):
      for transfer in transfers { try write(transfer, readStarted) }
    case .forgetTransfers(let ids): try delete(ids, statements.forgetTransfer)
    case .keepOpenTransfers(let ids):
      let kept = Set(ids)
      let gone = try list(statements.openTransfers).filter { !kept.contains($0) }
      try delete(gone, statements.forgetTransfer)
    case .operationTypes(let types):
      try database.execute("DELETE FROM operation_type")
      for type in types { try write(type) }
    case .warehouses(let warehouses):
      try database.execute("DELETE FROM warehouse")
      for warehouse in warehouses { try write(warehouse) }
    case .batches(let batches): for batch in batches { try write(batch) }
    case .units(let units):
      try database.execute("DELETE FROM unit")
      for unit in units { try write(unit) }
    case .nomenclature(let nomenclature):
      try statements.meta.bind(1, "nomenclature")
      try statements.meta.bind(2, nomenclature?.json.bytes ?? [])
      try statements.meta.run()
    case .products(let products): for product in products { try write(product) }
    case .packagings(let packagings): for packaging in packagings { try write(packaging) }
    case .locations(let locations): for location in locations { try write(location) }
    case .lots(let lots): for lot in lots { try write(lot) }
    case .packageTypes(let types): for type in types { try write(type) }
    case .packages(let packages): for package in packages { try write(package) }
    case .forget(let table, let ids):
      try delete(ids, database.prepare("DELETE FROM \(table.name) WHERE id = ?1"))
    case .keepOnly(let table, let after, let through, let ids):
      let select = try database.prepare(
        "SELECT id FROM \(table.name) WHERE id > ?1 AND (?2 IS NULL OR id <= ?2)"
      )
      try select.bind(1, after)
      try select.bind(2, through)
      let kept = Set(ids)
      let gone = try list(select).filter { !kept.contains($0) }
      try delete(gone, database.prepare("DELETE FROM \(table.name) WHERE id = ?1"))
    case .refreshed(let refreshed): try write(refreshed, stamp)
    }
  }

  private func write(
    _ refreshed: MirrorChange.Refreshed,
    _ stamp: Stamp
  ) throws(SQLiteError) {
    let statement = statements.refresh
    try statement.bind(1, refreshed.kind.name)
    try statement.bind(2, refreshed.readStarted)
    try statement.bind(3, stamp.boot)
    try statement.bind(4, stamp.monotonic)
    try statement.bind(5, stamp.wall)
    try statement.bind(6, stamp.synced)
    try statement.run()
    guard let state = refreshed.state else { return }
    try write(state)
    try database.execute(
      """
      DELETE FROM transfer WHERE open = 0 AND id NOT IN (
        SELECT id FROM transfer WHERE open = 0 ORDER BY read_started DESC, id DESC
        LIMIT \(Self.closedLimit));
      DELETE FROM batch
      WHERE id NOT IN (SELECT batch FROM transfer WHERE batch IS NOT NULL)
      """
    )
  }

  private func write(_ transfer: Transfer, _ readStarted: Int64) throws(SQLiteError) {
    let isOpen = transfer.state != .done && transfer.state != .cancelled
    let statement = statements.transfer
    try statement.bind(1, transfer.id)
    try statement.bind(2, transfer.name)
    try statement.bind(3, isOpen)
    try statement.bind(4, transfer.chain)
    try statement.bind(5, transfer.backorderOf)
    try statement.bind(6, readStarted)
    try statement.bind(7, transfer.json.bytes)
    try statement.bind(8, transfer.batchID)
    try statement.run()
    try index(transfer, isOpen: isOpen)
  }

  /// Brings the indices of open transfers in step; a replaced row fires no trigger.
  private func index(_ transfer: Transfer, isOpen: Bool) throws(SQLiteError) {
    for statement in [statements.forgetAsking, statements.forgetHolding] {
      try statement.bind(1, transfer.id)
      try statement.run()
    }
    guard isOpen else { return }
    for product in Set(transfer.moves.filter { $0.demand > .zero }.map(\.productID)) {
      try statements.asking.bind(1, product)
      try statements.asking.bind(2, transfer.id)
      try statements.asking.run()
    }
    let lines = transfer.moves.flatMap(\.lines)
    for package in Set(lines.flatMap { [$0.package?.name, $0.resultPackage?.name] }) {
      guard let package, !package.isEmpty else { continue }
      try statements.holding.bind(1, package)
      try statements.holding.bind(2, transfer.id)
      try statements.holding.run()
    }
  }

  private func write(_ warehouse: Mirrored.Warehouse) throws(SQLiteError) {
    let statement = statements.warehouse
    try statement.bind(1, warehouse.id)
    try statement.bind(2, warehouse.code)
    try statement.bind(3, warehouse.route.delivery.map(\.rawValue).joined(separator: " "))
    try statement.bind(4, warehouse.route.reception.map(\.rawValue).joined(separator: " "))
    try statement.run()
  }

  private func write(_ batch: Mirrored.BatchName) throws(SQLiteError) {
    try statements.batch.bind(1, batch.id)
    try statements.batch.bind(2, batch.name)
    try statements.batch.run()
  }

  private func write(_ type: PackageType) throws(SQLiteError) {
    let statement = statements.packageType
    try statement.bind(1, type.id)
    try statement.bind(2, type.name)
    try statement.bind(3, type.barcode)
    try statement.bind(4, type.tare.millionths)
    try statement.bind(5, type.heaviest.millionths)
    try statement.bind(6, type.carrierType)
    try statement.run()
  }

  private func write(_ type: Mirrored.OperationType) throws(SQLiteError) {
    let statement = statements.operationType
    try statement.bind(1, type.id)
    try statement.bind(2, type.name)
    try statement.bind(3, type.barcode)
    try statement.bind(4, type.step.rawValue)
    try statement.bind(5, type.warehouse)
    try statement.run()
  }

  private func write(_ unit: Mirrored.Unit) throws(SQLiteError) {
    try statements.unit.bind(1, unit.id)
    try statements.unit.bind(2, unit.name)
    try statements.unit.bind(3, unit.ratio.millionths)
    try statements.unit.bind(4, unit.rounding.millionths)
    try statements.unit.run()
  }

  private func write(_ product: Product) throws(SQLiteError) {
    let statement = statements.product
    try statement.bind(1, product.id)
    try statement.bind(2, product.name)
    try statement.bind(3, product.reference)
    try statement.bind(4, product.barcode)
    try statement.bind(5, product.tracking.rawValue)
    try statement.bind(6, product.weight.millionths)
    try statement.bind(7, product.unitID)
    try statement.run()
  }

  private func write(_ packaging: Mirrored.Packaging) throws(SQLiteError) {
    let statement = statements.packaging
    try statement.bind(1, packaging.id)
    try statement.bind(2, packaging.barcode)
    try statement.bind(3, packaging.productID)
    switch packaging.content {
    case .units(let quantity):
      try statement.bind(4, quantity.millionths)
      try statement.bindNull(5)
    case .unit(let unit):
      try statement.bindNull(4)
      try statement.bind(5, unit)
    }
    try statement.run()
  }

  private func write(_ location: Location) throws(SQLiteError) {
    try statements.location.bind(1, location.id)
    try statements.location.bind(2, location.name)
    try statements.location.bind(3, location.barcode)
    try statements.location.run()
  }

  private func write(_ lot: Lot) throws(SQLiteError) {
    try statements.lot.bind(1, lot.id)
    try statements.lot.bind(2, lot.name)
    try statements.lot.bind(3, lot.productID)
    try statements.lot.bind(4, lot.expires)
    try statements.lot.run()
  }

  private func write(_ package: Package) throws(SQLiteError) {
    try statements.package.bind(1, package.id)
    try statements.package.bind(2, package.name)
    try statements.package.bind(3, package.locationID)
    try statements.package.bind(4, package.typeID)
    try statements.package.run()
  }

  private func list(_ statement: Statement) throws(SQLiteError) -> [Int] {
    defer { statement.reset() }
    var ids: [Int] = []
    while try statement.step() { ids.append(statement.int(0)) }
    return ids
  }

  private func delete(_ ids: [Int], _ statement: Statement) throws(SQLiteError) {
    for id in ids {
      try statement.bind(1, id)
      try statement.run()
    }
  }
}

extension RefreshKind {
  /// The name under which the last refresh of a kind is kept, however deep it was.
  var name: String {
    switch self {
    case .transfers: "transfers"
    case .masterData: "master_data"
    }
  }
}

extension MirrorTable {
  /// Name of the table in `mirror.db`.
  var name: String {
    switch self {
    case .locations: "location"
    case .products: "product"
    case .packagings: "packaging"
    case .packageTypes: "package_type"
    case .packages: "package"
    case .lots: "lot"
    }
  }
}
