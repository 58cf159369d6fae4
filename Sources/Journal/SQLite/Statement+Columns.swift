internal import CSQLite

extension Statement {
  /// True if the column is null in this row.
  public func isNull(_ column: Int) -> Bool {
    sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL
  }

  /// The column as a whole number; 0 for null.
  public func int64(_ column: Int) -> Int64 { sqlite3_column_int64(handle, Int32(column)) }

  /// The column as a whole number; 0 for null.
  public func int(_ column: Int) -> Int { Int(sqlite3_column_int64(handle, Int32(column))) }

  /// The column as a truth value; false for null.
  public func bool(_ column: Int) -> Bool { sqlite3_column_int64(handle, Int32(column)) != 0 }

  /// The column as a binary number; 0 for null.
  public func double(_ column: Int) -> Double { sqlite3_column_double(handle, Int32(column)) }

  /// The column as text; empty for null.
  public func text(_ column: Int) -> String {
    guard let start = sqlite3_column_text(handle, Int32(column)) else { return "" }
    let count = Int(sqlite3_column_bytes(handle, Int32(column)))
    return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  /// The column as bytes, in a copy; empty for null.
  public func bytes(_ column: Int) -> [UInt8] { withBytes(column) { Array($0) } }

  /// Gives `body` the column's bytes where SQLite holds them; they are gone with the next step.
  public func withBytes<Result>(
    _ column: Int,
    _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    let start = sqlite3_column_blob(handle, Int32(column))
    let count = Int(sqlite3_column_bytes(handle, Int32(column)))
    return body(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
  }

  /// The column as a whole number, or nil for null.
  public func optionalInt64(_ column: Int) -> Int64? { isNull(column) ? nil : int64(column) }

  /// The column as a whole number, or nil for null.
  public func optionalInt(_ column: Int) -> Int? { isNull(column) ? nil : int(column) }

  /// The column as text, or nil for null.
  public func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }

  /// The column as bytes, or nil for null.
  public func optionalBytes(_ column: Int) -> [UInt8]? { isNull(column) ? nil : bytes(column) }
}
