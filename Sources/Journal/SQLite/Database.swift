internal import CSQLite

/// One connection to a SQLite file.
///
/// Confined to the thread that opened it: SQLite's own mutexes are off (`NOMUTEX`) and the class
/// is deliberately not Sendable. Statements are prepared once, kept by their owner, and keep the
/// connection alive; nothing is cached behind the owner's back.
public final class Database {
  /// Path of the file, as it was given.
  public let path: String
  let handle: OpaquePointer

  /// How a file is opened.
  public enum Mode: Sendable {
    /// Read and write; the file is made if it does not exist.
    case create
    /// Read and write an existing file.
    case readWrite
    /// Only read an existing file.
    case readOnly
  }

  /// How long a statement waits for another connection's lock unless told otherwise.
  public static let defaultBusyTimeout = Duration.seconds(5)

  /// Opens the file at `path`.
  ///
  /// SQLite reads nothing of the file yet: a damaged one shows at the first statement.
  public init(
    path: String,
    mode: Mode = .create,
    busyTimeout: Duration = defaultBusyTimeout
  ) throws(SQLiteError) {
    let access: Int32 =
      switch mode {
      case .create: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      case .readWrite: SQLITE_OPEN_READWRITE
      case .readOnly: SQLITE_OPEN_READONLY
      }
    let flags = access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    var opened: OpaquePointer?
    let code = sqlite3_open_v2(path, &opened, flags, nil)
    guard code == SQLITE_OK, let opened else {
      let error = SQLiteError(
        extendedCode: code,
        operation: "open",
        path: path,
        message: opened.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory",
        systemError: opened.map { sqlite3_system_errno($0) } ?? 0
      )
      sqlite3_close_v2(opened)
      throw error
    }
    self.path = path
    handle = opened
    sqlite3_busy_timeout(handle, Int32(clamping: busyTimeout.wholeMilliseconds))
  }

  deinit { sqlite3_close_v2(handle) }

  /// Runs one or more statements that give no rows of interest.
  public func execute(_ sql: String) throws(SQLiteError) {
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw error(code, sql) }
  }

  /// Prepares one statement, to be kept and used many times.
  public func prepare(_ sql: String) throws(SQLiteError) -> Statement {
    try Statement(sql, in: self)
  }

  /// The first column of the first row as a whole number; nil without a row, or for null.
  public func integer(_ sql: String) throws(SQLiteError) -> Int64? {
    let statement = try prepare(sql)
    guard try statement.step(), !statement.isNull(0) else { return nil }
    return statement.int64(0)
  }

  /// The first column of the first row as text; nil without a row, or for null.
  public func text(_ sql: String) throws(SQLiteError) -> String? {
    let statement = try prepare(sql)
    guard try statement.step(), !statement.isNull(0) else { return nil }
    return statement.text(0)
  }

  /// Rows that the last INSERT, UPDATE or DELETE changed.
  public var changes: Int { Int(sqlite3_changes64(handle)) }

  /// Row id of the last INSERT.
  public var lastInsertRowID: Int64 { sqlite3_last_insert_rowid(handle) }

  /// Makes the running statement of this connection end with `SQLITE_INTERRUPT`.
  public func interrupt() { sqlite3_interrupt(handle) }

  /// The error of the connection's last call.
  func error(_ code: Int32, _ operation: String) -> SQLiteError {
    SQLiteError(
      extendedCode: code,
      operation: operation,
      path: path,
      message: String(cString: sqlite3_errmsg(handle)),
      systemError: sqlite3_system_errno(handle)
    )
  }
}

extension Duration {
  /// Milliseconds, cut to whole ones.
  var wholeMilliseconds: Int64 {
    components.seconds &* 1000 &+ components.attoseconds / 1_000_000_000_000_000
  }
}
