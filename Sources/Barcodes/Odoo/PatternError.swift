/// Why a rule's pattern cannot be used.
public enum PatternError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A construct outside the subset, at this character.
  case unsupported(String, at: Int)
  /// A bracket, brace or class that is not closed, or nothing to repeat, at this character.
  case malformed(String, at: Int)
  /// More characters than a pattern may have.
  case tooLong(Int)

  /// What was expected, what came and what to do.
  public var description: String {
    switch self {
    case .unsupported(let text, let place):
      "A pattern has characters, classes, groups, | and repetitions; \(text) at \(place) is none "
        + "of these. Write the rule without it."
    case .malformed(let text, let place):
      "A pattern's brackets are closed and a repetition follows something; \(text) at \(place) "
        + "is not so. Correct the rule in Odoo."
    case .tooLong(let length):
      "A pattern has at most \(Pattern.longest) characters, not \(length). Shorten the rule."
    }
  }
}
