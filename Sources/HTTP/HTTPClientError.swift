/// Why a client could not be made.
public struct HTTPClientError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of error it is.
  public enum Code: String, Sendable {
    /// The URL cannot be used.
    case url
    /// libcurl could not be started.
    case library
  }

  /// What kind of error it is.
  public var code: Code
  /// What went wrong.
  public var what: String
  /// What to do about it.
  public var hint: String

  /// One line for a log or a terminal.
  public var description: String { "\(what). \(hint)" }
}
