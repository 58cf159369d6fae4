internal import CSQLite

/// A prepared statement; prepared once, then bound, stepped and reset many times.
///
/// Parameters count from 1 and columns from 0, as in SQLite. Confined to its connection's thread.
public final class Statement {
  /// Its text.
  public let sql: String
  /// Keeps the connection open for as long as the statement lives.
  let database: Database
  let handle: OpaquePointer

  init(_ sql: String, in database: Database) throws(SQLiteError) {
    var prepared: OpaquePointer?
    let code = sqlite3_prepare_v3(
      database.handle,
      sql,
      -1,
      UInt32(SQLITE_PREPARE_PERSISTENT),
      &prepared,
      nil
    )
    guard code == SQLITE_OK else { throw database.error(code, sql) }
    guard let prepared else {
      throw SQLiteError(
        extendedCode: SQLITE_MISUSE,
        operation: sql,
        path: database.path,
        message: "holds no statement"
      )
    }
    self.sql = sql
    self.database = database
    handle = prepared
  }

  deinit { sqlite3_finalize(handle) }

  /// Goes to the next row; false at the end.
  ///
  /// After an error the statement is reset, so that it holds no lock and can be used again.
  public func step() throws(SQLiteError) -> Bool {
    let code = sqlite3_step(handle)
    switch code {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default:
      let error = database.error(code, sql)
      sqlite3_reset(handle)
      throw error
    }
  }

  /// Runs a statement that gives no rows of interest, and resets it.
  public func run() throws(SQLiteError) {
    while try step() {}
    sqlite3_reset(handle)
  }

  /// Makes the statement ready for its next use; bound values stay.
  ///
  /// A statement that gave rows must be reset as soon as they are read: until then it holds the
  /// read transaction open, and the log cannot be cut.
  public func reset() { sqlite3_reset(handle) }

  /// Sets every parameter to null.
  public func clearBindings() { sqlite3_clear_bindings(handle) }
}
