internal import CSQLite

extension Statement {
  /// Binds a whole number.
  public func bind(_ index: Int, _ value: Int64) throws(SQLiteError) {
    try check(sqlite3_bind_int64(handle, Int32(index), value))
  }

  /// Binds a whole number.
  public func bind(_ index: Int, _ value: Int) throws(SQLiteError) {
    try check(sqlite3_bind_int64(handle, Int32(index), Int64(value)))
  }

  /// Binds a truth value as 0 or 1.
  public func bind(_ index: Int, _ value: Bool) throws(SQLiteError) {
    try check(sqlite3_bind_int64(handle, Int32(index), value ? 1 : 0))
  }

  /// Binds a binary number.
  public func bind(_ index: Int, _ value: Double) throws(SQLiteError) {
    try check(sqlite3_bind_double(handle, Int32(index), value))
  }

  /// Binds text; SQLite makes the only copy.
  public func bind(_ index: Int, _ value: String) throws(SQLiteError) {
    var value = value
    let code = value.withUTF8 { utf8 in
      // An empty string may have no address, and a null address would bind NULL.
      guard let start = utf8.baseAddress else { return tm_bind_text(handle, Int32(index), "", 0) }
      return start.withMemoryRebound(to: CChar.self, capacity: utf8.count) {
        tm_bind_text(handle, Int32(index), $0, Int32(utf8.count))
      }
    }
    try check(code)
  }

  /// Binds bytes; SQLite makes the only copy.
  public func bind(_ index: Int, _ value: [UInt8]) throws(SQLiteError) {
    try check(
      value.withUnsafeBytes {
        tm_bind_blob(handle, Int32(index), $0.baseAddress, Int32($0.count))
      }
    )
  }

  /// Binds null.
  public func bindNull(_ index: Int) throws(SQLiteError) {
    try check(sqlite3_bind_null(handle, Int32(index)))
  }

  /// Binds a whole number or null.
  public func bind(_ index: Int, _ value: Int64?) throws(SQLiteError) {
    if let value { try bind(index, value) } else { try bindNull(index) }
  }

  /// Binds a whole number or null.
  public func bind(_ index: Int, _ value: Int?) throws(SQLiteError) {
    if let value { try bind(index, value) } else { try bindNull(index) }
  }

  /// Binds a binary number or null.
  public func bind(_ index: Int, _ value: Double?) throws(SQLiteError) {
    if let value { try bind(index, value) } else { try bindNull(index) }
  }

  /// Binds text or null.
  public func bind(_ index: Int, _ value: String?) throws(SQLiteError) {
    if let value { try bind(index, value) } else { try bindNull(index) }
  }

  /// Binds bytes or null.
  public func bind(_ index: Int, _ value: [UInt8]?) throws(SQLiteError) {
    if let value { try bind(index, value) } else { try bindNull(index) }
  }

  private func check(_ code: Int32) throws(SQLiteError) {
    guard code == SQLITE_OK else { throw database.error(code, sql) }
  }
}
