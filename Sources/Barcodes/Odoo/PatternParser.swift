/// Turns a pattern's text into nodes.
struct PatternParser {
  let text: [UInt32]
  var index = 0
  private(set) var groups = 0
  /// Groups inside groups, at most this many.
  private var depth = 0
  private static let deepest = 20

  init(_ text: String) { self.text = text.unicodeScalars.map(\.value) }

  mutating func parse() throws(PatternError) -> Pattern.Node {
    guard text.count <= Pattern.longest else { throw .tooLong(text.count) }
    let node = try choice()
    guard index == text.count else { throw malformed() }
    return node
  }

  static func code(_ character: Unicode.Scalar) -> UInt32 { character.value }

  var current: UInt32? { index < text.count ? text[index] : nil }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard current == character.value else { return false }
    index += 1
    return true
  }

  func malformed() -> PatternError { .malformed(shown, at: index) }
  func unsupported() -> PatternError { .unsupported(shown, at: index) }

  private var shown: String {
    guard let current, let scalar = Unicode.Scalar(current) else { return "the end" }
    return String(Character(scalar))
  }

  private mutating func choice() throws(PatternError) -> Pattern.Node {
    var choices = [try sequence()]
    while skip("|") { choices.append(try sequence()) }
    return choices.count == 1 ? choices[0] : .choice(choices)
  }

  private mutating func sequence() throws(PatternError) -> Pattern.Node {
    var nodes: [Pattern.Node] = []
    while let character = current, character != Self.code("|"), character != Self.code(")") {
      let node = try atom()
      nodes.append(try repetition(of: node))
    }
    return .sequence(nodes)
  }

  private mutating func atom() throws(PatternError) -> Pattern.Node {
    guard let character = current, let scalar = Unicode.Scalar(character) else {
      throw malformed()
    }
    switch scalar {
    case "(": return try group()
    case "[": return .set(try characterClass())
    case "*", "+", "?": throw malformed()
    case "\\": return try escape()
    default: break
    }
    index += 1
    return switch scalar {
    case ".": .any
    case "^": .start
    case "$": .end
    default: .character(character)
    }
  }

  private mutating func group() throws(PatternError) -> Pattern.Node {
    index += 1
    var number: Int?
    if skip("?") {
      guard skip(":") else { throw unsupported() }
    } else {
      number = groups
      groups += 1
    }
    depth += 1
    guard depth <= Self.deepest else { throw unsupported() }
    let inner = try choice()
    guard skip(")") else { throw malformed() }
    depth -= 1
    return .group(inner, number: number)
  }
}
