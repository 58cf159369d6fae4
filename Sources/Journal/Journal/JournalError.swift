/// Why the journal cannot be used, and what an operator can do.
public struct JournalError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public var kind: Kind
  /// The file.
  public var path: String
  /// What was found.
  public var message: String
  /// What to do.
  public var hint: String

  /// What is wrong with a journal.
  public enum Kind: Hashable, Sendable {
    /// Another process holds it.
    case inUse
    /// It was written by a newer version.
    case newer
    /// It is damaged.
    case damaged
    /// It cannot be opened or written.
    case unusable
  }

  init(kind: Kind, path: String, message: String, hint: String) {
    self.kind = kind
    self.path = path
    self.message = message
    self.hint = hint
  }

  init(_ error: SQLiteError, path: String) {
    self.init(
      kind: error.isDamage ? .damaged : .unusable,
      path: path,
      message: error.message,
      hint: error.hint
    )
  }

  /// One line for a log.
  public var description: String { "\(path): \(message). \(hint)" }
}
