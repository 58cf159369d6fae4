internal import CSQLite

/// What went wrong in a database file, and what an operator can do about it.
public struct SQLiteError: Error, Hashable, Sendable {
  /// SQLite's primary result code, such as `SQLITE_BUSY` (5).
  public var code: Int32
  /// SQLite's extended result code, such as `SQLITE_IOERR_FSYNC` (1034).
  public var extendedCode: Int32
  /// What was being done: `open`, or the text of the statement.
  public var operation: String
  /// Path of the database file.
  public var path: String
  /// SQLite's own words.
  public var message: String
  /// `errno` of the failed system call; 0 where there was none.
  public var systemError: Int32
  /// What the operator should do.
  public var hint: String

  /// An error with the hint that belongs to its code, unless a better one is given.
  public init(
    extendedCode: Int32,
    operation: String,
    path: String,
    message: String,
    systemError: Int32 = 0,
    hint: String? = nil
  ) {
    self.code = extendedCode & 0xFF
    self.extendedCode = extendedCode
    self.operation = operation
    self.path = path
    self.message = message
    self.systemError = systemError
    self.hint = hint ?? Self.hint(for: extendedCode & 0xFF)
  }

  /// True if the same operation may succeed later without anybody touching the file.
  public var isRetryable: Bool {
    switch code {
    case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_FULL, SQLITE_NOMEM, SQLITE_INTERRUPT, SQLITE_PROTOCOL:
      true
    default: false
    }
  }

  /// True if the file's content is damaged, or is no database.
  public var isDamage: Bool { code == SQLITE_CORRUPT || code == SQLITE_NOTADB }

  /// True if there is no space left.
  public var isFull: Bool { code == SQLITE_FULL }

  /// True if the storage failed; the outcome of a commit is then unknown until the file is reopened.
  public var isStorageFailure: Bool { code == SQLITE_IOERR }

  /// True if the file does not exist or may not be opened.
  public var isUnopenable: Bool { code == SQLITE_CANTOPEN }

  private static func hint(for code: Int32) -> String {
    switch code {
    case SQLITE_BUSY, SQLITE_LOCKED:
      "another process holds the file; see that only one agent runs, and that no tool keeps it open"
    case SQLITE_FULL: "free space on the file system that holds the file"
    case SQLITE_IOERR: "the storage failed; look into the kernel log, then restart the agent"
    case SQLITE_CORRUPT, SQLITE_NOTADB:
      "the file is damaged; keep it for recovery and do not write to it"
    case SQLITE_CANTOPEN:
      "check that the directory exists and that the agent's user may read and write it"
    case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH:
      "check the owner and the permissions of the file and its directory, and read-only mounts"
    case SQLITE_NOMEM: "the box is out of memory; look for what uses it"
    default: "report this as a defect of the agent, with the operation and the code"
    }
  }
}

extension SQLiteError: CustomStringConvertible {
  /// One line for a log.
  public var description: String {
    let errno = systemError == 0 ? "" : ", errno \(systemError)"
    return "\(path): \(operation): \(message) (SQLite \(extendedCode)\(errno)); \(hint)"
  }
}
