internal import CSQLite

extension Database {
  /// Number of the schema that the file holds; 0 for a new file.
  public func userVersion() throws(SQLiteError) -> Int {
    Int(try integer("PRAGMA user_version") ?? 0)
  }

  /// Sets the number of the schema, inside the transaction that makes it.
  public func setUserVersion(_ version: Int) throws(SQLiteError) {
    try execute("PRAGMA user_version = \(version)")
  }

  /// Sets a pragma, reads it back, and throws unless it took effect.
  ///
  /// SQLite ignores a pragma that it does not know or cannot obey without a word; durability must
  /// not rest on one. Text is compared without case.
  ///
  /// - Parameters:
  ///   - pragma: Name of the pragma, such as `synchronous`.
  ///   - value: What is written, such as `FULL`.
  ///   - expected: What must be read back where it differs from `value`, such as `2`.
  public func require(
    _ pragma: String,
    _ value: String,
    reads expected: String? = nil
  ) throws(SQLiteError) {
    try execute("PRAGMA \(pragma) = \(value)")
    let found = try text("PRAGMA \(pragma)")
    guard found?.lowercased() == (expected ?? value).lowercased() else {
      throw SQLiteError(
        extendedCode: SQLITE_MISMATCH,
        operation: "PRAGMA \(pragma) = \(value)",
        path: path,
        message: "reads back as \(found ?? "nothing")",
        hint: "the file system or the SQLite library cannot give this; use a local file system"
      )
    }
  }

  /// What a checkpoint does with readers in its way.
  public enum CheckpointMode: Sendable {
    /// As much as is possible without waiting.
    case passive
    /// Everything, then the log starts at its beginning.
    case restart
    /// Everything, and the log is cut to nothing.
    case truncate
  }

  /// Moves the log into the database file; false if readers left something to do.
  @discardableResult
  public func checkpoint(_ mode: CheckpointMode = .passive) throws(SQLiteError) -> Bool {
    var logFrames: Int32 = 0
    var done: Int32 = 0
    let flag: Int32 =
      switch mode {
      case .passive: SQLITE_CHECKPOINT_PASSIVE
      case .restart: SQLITE_CHECKPOINT_RESTART
      case .truncate: SQLITE_CHECKPOINT_TRUNCATE
      }
    let code = sqlite3_wal_checkpoint_v2(handle, nil, flag, &logFrames, &done)
    if code & 0xFF == SQLITE_BUSY { return false }
    guard code == SQLITE_OK else { throw error(code, "checkpoint") }
    return logFrames == done
  }
}
