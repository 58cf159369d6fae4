internal import CSQLite

extension Database {
  /// When a transaction takes its locks.
  public enum TransactionKind: String, Sendable {
    /// At the first read or write; for reading a consistent state.
    case deferred = "DEFERRED"
    /// The write lock at once, so that the commit cannot fail with BUSY.
    case immediate = "IMMEDIATE"
  }

  /// True between a begin and its commit or rollback.
  public var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

  /// Starts a transaction.
  public func begin(_ kind: TransactionKind = .immediate) throws(SQLiteError) {
    try execute(kind == .immediate ? "BEGIN IMMEDIATE" : "BEGIN DEFERRED")
  }

  /// Makes the transaction durable, as far as `synchronous` says.
  ///
  /// After a failure the transaction may still be open, or may even have reached the disk: roll
  /// back, reopen, and look.
  public func commit() throws(SQLiteError) { try execute("COMMIT") }

  /// Takes the transaction back; harmless without one, and after SQLite did so by itself.
  public func rollback() {
    guard isInTransaction else { return }
    sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
  }

  /// Runs `body` in a transaction that is committed at its end and taken back on any error.
  public func transaction<Result>(
    _ kind: TransactionKind = .immediate,
    _ body: () throws(SQLiteError) -> Result
  ) throws(SQLiteError) -> Result {
    try begin(kind)
    do {
      let result = try body()
      try commit()
      return result
    } catch {
      rollback()
      throw error
    }
  }
}
