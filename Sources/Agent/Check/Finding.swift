/// One result of `tallyman check`.
public struct Finding: Hashable, Sendable {
  /// What was looked at, such as `broker`.
  public var subject: String
  /// How it is.
  public var level: Level
  /// What was found.
  public var text: String
  /// What to do, where something should be done.
  public var hint: String?

  /// How something is.
  public enum Level: String, Sendable {
    /// As it should be.
    case good = "ok"
    /// It works, and should be looked at.
    case warning
    /// It does not work.
    case problem
  }

  init(_ subject: String, _ level: Level, _ text: String, hint: String? = nil) {
    self.subject = subject
    self.level = level
    self.text = text
    self.hint = hint
  }
}
