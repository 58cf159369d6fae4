/// A connection that reads a mirror, with its statements prepared once.
final class MirrorReading {
  let database: Database
  private let begin: Statement
  private let end: Statement
  private let dataVersion: Statement
  let refresh: Statement
  let transferByName: Statement
  let transferByID: Statement
  let transfersOfChain: Statement
  let backorders: Statement
  let openTransfers: Statement
  let openAsking: Statement
  let openHolding: Statement
  let batchByName: Statement
  let transfersOfBatch: Statement
  let packageTypeByID: Statement
  let packageTypeByBarcode: Statement
  let warehouseByID: Statement
  let unitName: Statement
  let nomenclature: Statement
  let typeSteps: Statement
  let productByID: Statement
  let productByBarcode: Statement
  let productByReference: Statement
  let packagingByBarcode: Statement
  let lotByName: Statement
  let packageByName: Statement
  let locationByBarcode: Statement
  let locationByName: Statement
  let locationByID: Statement
  let operationTypeByBarcode: Statement
  let counts: Statement

  init(path: String) throws(JournalError) {
    do throws(SQLiteError) {
      database = try Database(path: path, mode: .readOnly, busyTimeout: .milliseconds(200))
    } catch {
      throw JournalError(error, path: path)
    }
    try MirrorFile.requireVersion(database, path: path)
    do throws(SQLiteError) {
      begin = try database.prepare("BEGIN DEFERRED")
      end = try database.prepare("COMMIT")
      dataVersion = try database.prepare("PRAGMA data_version")
      refresh = try database.prepare(
        "SELECT boot, mono, wall, synced FROM refresh WHERE kind = ?1"
      )
      let transfer = "SELECT content, read_started, id FROM transfer"
      // Odoo keeps names unique within a company; of two the open one is meant.
      transferByName = try database.prepare(
        "\(transfer) WHERE name = ?1 ORDER BY open DESC, id DESC LIMIT 1"
      )
      transferByID = try database.prepare("\(transfer) WHERE id = ?1")
      transfersOfChain = try database.prepare("\(transfer) WHERE chain = ?1 ORDER BY id")
      backorders = try database.prepare("\(transfer) WHERE backorder_of = ?1 ORDER BY id")
      openTransfers = try database.prepare(
        "\(transfer) WHERE open = 1 AND id > ?1 ORDER BY id LIMIT ?2"
      )
      openAsking = try database.prepare(
        """
        SELECT t.content, t.read_started, t.id FROM asking a JOIN transfer t ON t.id = a.transfer
        WHERE a.product = ?1 ORDER BY a.transfer LIMIT ?2
        """
      )
      openHolding = try database.prepare(
        """
        SELECT t.content, t.read_started, t.id FROM holding h JOIN transfer t ON t.id = h.transfer
        WHERE h.package = ?1 ORDER BY h.transfer LIMIT ?2
        """
      )
      batchByName = try database.prepare(
        "SELECT id, name FROM batch WHERE name = ?1 ORDER BY id DESC LIMIT 1"
      )
      transfersOfBatch = try database.prepare(
        "SELECT id FROM transfer WHERE batch = ?1 ORDER BY id"
      )
      let packageType = "SELECT id, name, barcode, tare, heaviest, carrier FROM package_type"
      packageTypeByID = try database.prepare("\(packageType) WHERE id = ?1")
      packageTypeByBarcode = try database.prepare(
        "\(packageType) WHERE barcode = ?1 ORDER BY id LIMIT 1"
      )
      warehouseByID = try database.prepare(
        "SELECT delivery, reception FROM warehouse WHERE id = ?1"
      )
      nomenclature = try database.prepare(
        "SELECT value FROM meta WHERE name = 'nomenclature'"
      )
      typeSteps = try database.prepare("SELECT id, step FROM operation_type")
      unitName = try database.prepare("SELECT name FROM unit WHERE id = ?1")
      let columns = "p.id, p.name, p.reference, p.barcode, p.tracking, p.weight, p.unit"
      productByID = try database.prepare("SELECT \(columns) FROM product p WHERE id = ?1")
      productByBarcode = try database.prepare(
        "SELECT \(columns) FROM product p WHERE barcode = ?1 ORDER BY id"
      )
      productByReference = try database.prepare(
        "SELECT \(columns) FROM product p WHERE reference = ?1 ORDER BY id"
      )
      packagingByBarcode = try database.prepare(
        """
        SELECT \(columns), k.quantity, u.ratio, v.ratio FROM packaging k
        JOIN product p ON p.id = k.product
        LEFT JOIN unit u ON u.id = k.unit LEFT JOIN unit v ON v.id = p.unit
        WHERE k.barcode = ?1 ORDER BY k.id
        """
      )
      lotByName = try database.prepare(
        "SELECT id, name, product, expires FROM lot WHERE name = ?1 ORDER BY id"
      )
      packageByName = try database.prepare(
        "SELECT id, name, location, type FROM package WHERE name = ?1 ORDER BY id DESC LIMIT 1"
      )
      let location = "SELECT id, name, barcode FROM location"
      locationByBarcode = try database.prepare("\(location) WHERE barcode = ?1 LIMIT 1")
      locationByName = try database.prepare("\(location) WHERE name = ?1 LIMIT 1")
      locationByID = try database.prepare("\(location) WHERE id = ?1")
      operationTypeByBarcode = try database.prepare(
        """
        SELECT id, name, barcode, step, warehouse FROM operation_type
        WHERE barcode = ?1 COLLATE NOCASE ORDER BY barcode = ?1 DESC, id LIMIT 1
        """
      )
      counts = try database.prepare(
        """
        SELECT (SELECT count(*) FROM transfer WHERE open = 1), (SELECT count(*) FROM product),
        (SELECT count(*) FROM packaging), (SELECT count(*) FROM location),
        (SELECT count(*) FROM lot), (SELECT count(*) FROM package)
        """
      )
    } catch {
      throw JournalError(error, path: path)
    }
  }

  /// SQLite's number of the file's state: another one after another connection has written it.
  func version() throws(SQLiteError) -> Int64? {
    defer { dataVersion.reset() }
    return try dataVersion.step() ? dataVersion.int64(0) : nil
  }

  /// Does several look-ups in one read transaction: taking SQLite's lock costs more than finding a
  /// row does.
  func together<Result>(_ body: () throws(SQLiteError) -> Result) throws(SQLiteError) -> Result {
    if database.isInTransaction { return try body() }
    try begin.run()
    do throws(SQLiteError) {
      let result = try body()
      try end.run()
      return result
    } catch {
      database.rollback()
      throw error
    }
  }
}
