/// The statements that write the mirror, prepared once.
final class MirrorWriting {
  let transfer: Statement
  let forgetTransfer: Statement
  let openTransfers: Statement
  let product: Statement
  let packaging: Statement
  let unit: Statement
  let location: Statement
  let lot: Statement
  let package: Statement
  let operationType: Statement
  let packageType: Statement
  let warehouse: Statement
  let batch: Statement
  let asking: Statement
  let holding: Statement
  let forgetAsking: Statement
  let forgetHolding: Statement
  let refresh: Statement
  let meta: Statement

  init(_ database: Database) throws(SQLiteError) {
    transfer = try database.prepare(
      "INSERT OR REPLACE INTO transfer VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
    )
    forgetTransfer = try database.prepare("DELETE FROM transfer WHERE id = ?1")
    openTransfers = try database.prepare("SELECT id FROM transfer WHERE open = 1")
    product = try database.prepare(
      "INSERT OR REPLACE INTO product VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)"
    )
    packaging = try database.prepare("INSERT OR REPLACE INTO packaging VALUES(?1, ?2, ?3, ?4, ?5)")
    unit = try database.prepare("INSERT OR REPLACE INTO unit VALUES(?1, ?2, ?3, ?4)")
    location = try database.prepare("INSERT OR REPLACE INTO location VALUES(?1, ?2, ?3)")
    lot = try database.prepare("INSERT OR REPLACE INTO lot VALUES(?1, ?2, ?3, ?4)")
    package = try database.prepare("INSERT OR REPLACE INTO package VALUES(?1, ?2, ?3, ?4)")
    operationType = try database.prepare(
      "INSERT OR REPLACE INTO operation_type VALUES(?1, ?2, ?3, ?4, ?5)"
    )
    packageType = try database.prepare(
      "INSERT OR REPLACE INTO package_type VALUES(?1, ?2, ?3, ?4, ?5, ?6)"
    )
    warehouse = try database.prepare("INSERT OR REPLACE INTO warehouse VALUES(?1, ?2, ?3, ?4)")
    batch = try database.prepare("INSERT OR REPLACE INTO batch VALUES(?1, ?2)")
    asking = try database.prepare("INSERT OR IGNORE INTO asking VALUES(?1, ?2)")
    holding = try database.prepare("INSERT OR IGNORE INTO holding VALUES(?1, ?2)")
    forgetAsking = try database.prepare("DELETE FROM asking WHERE transfer = ?1")
    forgetHolding = try database.prepare("DELETE FROM holding WHERE transfer = ?1")
    refresh = try database.prepare("INSERT OR REPLACE INTO refresh VALUES(?1, ?2, ?3, ?4, ?5, ?6)")
    meta = try database.prepare("INSERT OR REPLACE INTO meta VALUES(?1, ?2)")
  }
}
