internal import CSQLite

/// An SQLite file that a test looks into while, or after, the agent writes to it.
///
/// Opened for reading only: whatever a test asks, the file stays as it is. A WAL that a killed
/// process has left behind is read too.
public final class SQLiteFile: @unchecked Sendable {
  // Unchecked: SQLite's own mutex serializes the connection (SQLITE_OPEN_FULLMUTEX).

  /// The longest wait for a writer's lock.
  static let busyMilliseconds: Int32 = 10_000

  private let database: OpaquePointer
  private let path: String

  /// Opens the file at `path`, which has to exist.
  public init(_ path: String) throws {
    var opened: OpaquePointer?
    let code = sqlite3_open_v2(path, &opened, SQLITE_OPEN_READONLY | SQLITE_OPEN_FULLMUTEX, nil)
    guard code == SQLITE_OK, let opened else {
      sqlite3_close(opened)
      let reason = String(cString: sqlite3_errstr(code))
      throw TestKitError.unexpected("cannot open \(path): \(reason)")
    }
    database = opened
    self.path = path
    sqlite3_busy_timeout(opened, Self.busyMilliseconds)
  }

  deinit {
    sqlite3_close_v2(database)
  }

  /// One row, its values by column name and as text; a NULL is nil.
  public struct Row: Sendable, Hashable {
    /// The names of the columns.
    public let columns: [String]
    /// The values in the columns' order.
    public let values: [String?]

    /// The value of a column, nil where it is NULL or there is no such column.
    public subscript(column: String) -> String? {
      columns.firstIndex(of: column).flatMap { values[$0] }
    }
  }

  /// Runs one statement with text bound to its parameters, and returns all of its rows.
  public func rows(_ sql: String, _ parameters: String?...) throws -> [Row] {
    var prepared: OpaquePointer?
    guard sqlite3_prepare_v2(database, sql, -1, &prepared, nil) == SQLITE_OK,
      let statement = prepared
    else { throw failure(sql) }
    defer { sqlite3_finalize(statement) }
    for (index, parameter) in parameters.enumerated() {
      guard let parameter else { continue }
      let length = Int32(parameter.utf8.count)
      guard tm_bind_text(statement, Int32(index + 1), parameter, length) == SQLITE_OK else {
        throw failure(sql)
      }
    }
    let count = sqlite3_column_count(statement)
    let columns = (0..<count).map {
      sqlite3_column_name(statement, $0).map { String(cString: $0) } ?? ""
    }
    var rows: [Row] = []
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW:
        rows.append(Row(columns: columns, values: (0..<count).map { Self.text(statement, $0) }))
      case SQLITE_DONE: return rows
      default: throw failure(sql)
      }
    }
  }

  /// The first column of the first row, nil where there is no row or it is NULL.
  public func value(_ sql: String) throws -> String? {
    try rows(sql).first?.values.first ?? nil
  }

  /// Throws unless SQLite finds the whole file consistent.
  public func checkIntegrity() throws {
    let report = try rows("PRAGMA integrity_check").compactMap { $0.values.first ?? nil }
    guard report == ["ok"] else {
      throw TestKitError.unexpected("\(path) is damaged: \(report.joined(separator: "; "))")
    }
  }

  private static func text(_ statement: OpaquePointer, _ column: Int32) -> String? {
    guard let bytes = sqlite3_column_blob(statement, column) else {
      return sqlite3_column_type(statement, column) == SQLITE_NULL ? nil : ""
    }
    let count = Int(sqlite3_column_bytes(statement, column))
    return String(decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self)
  }

  private func failure(_ sql: String) -> TestKitError {
    .unexpected("\(sql): \(String(cString: sqlite3_errmsg(database)))")
  }
}
