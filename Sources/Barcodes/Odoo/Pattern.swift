/// A regular expression of the kind that barcode rules use: characters, `.`, `\d` `\w` `\s`, classes,
/// groups, alternatives, `* + ? {m,n}` (greedy), `^` and `$`.
///
/// It backtracks like Python's, but counts its steps: a pattern that would need too many simply
/// does not match.
struct Pattern: Hashable, Sendable {
  /// Longest pattern, in characters.
  static let longest = 512
  /// Most steps of one match; a rule of Odoo needs a few for each character.
  static let mostSteps = 50_000
  /// Most repetitions that a pattern may demand.
  static let mostRepetitions = 1_000

  indirect enum Node: Hashable, Sendable {
    case character(UInt32)
    case any
    case set(CharacterClass)
    case start, end
    case sequence([Node])
    case choice([Node])
    case repeated(Node, least: Int, most: Int)
    case group(Node, number: Int?)
  }

  let root: Node
  let groups: Int

  init(_ text: String) throws(PatternError) {
    var parser = PatternParser(text)
    root = try parser.parse()
    groups = parser.groups
  }

  /// Matches from the start of the text; nil if it does not.
  func match(_ text: [UInt32], from start: Int = 0) -> Match? {
    var matcher = PatternMatcher(text: text, groups: groups)
    guard let end = matcher.run(root, from: start) else { return nil }
    return Match(end: end, groups: matcher.captures)
  }

  /// Where a match ended and what its groups took.
  struct Match {
    let end: Int
    let groups: [Range<Int>?]
  }
}

/// A class such as `[A-Z0-9]` or `\d`.
struct CharacterClass: Hashable, Sendable {
  var ranges: [ClosedRange<UInt32>] = []
  var isNegated = false

  func contains(_ character: UInt32) -> Bool {
    ranges.contains { $0.contains(character) } != isNegated
  }

  static let digit = CharacterClass(ranges: [0x30...0x39])
  static let word = CharacterClass(ranges: [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
  static let space = CharacterClass(ranges: [0x09...0x0D, 0x20...0x20])
}
