/// Codes of one kind that can be scanned, for people who try them.
public struct CodeList: Hashable, Sendable {
  /// What the codes are.
  public let heading: String
  /// Each code with what it stands for.
  public let entries: [Entry]

  /// A code and what it stands for.
  public struct Entry: Hashable, Sendable {
    /// The code as it can be typed.
    public let code: String
    /// What it stands for.
    public let meaning: String

    /// A code and its meaning.
    public init(_ code: String, _ meaning: String) {
      self.code = code
      self.meaning = meaning
    }
  }

  /// A list under a heading.
  public init(heading: String, entries: [Entry]) {
    self.heading = heading
    self.entries = entries
  }
}
