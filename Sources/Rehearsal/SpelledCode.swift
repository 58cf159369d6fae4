/// A code as it can be typed: what the keyboard does not have is spelled.
///
/// `^`, `{GS}`, `<GS>`, `\x1D`, `\u001d`, `\F` and `␝` stand for FNC1, which scanners send as the
/// character GS (0x1D).
public struct SpelledCode: Hashable, Sendable {
  /// The code with GS characters.
  public let code: String
  /// What was replaced, in order.
  public let replaced: [Replacement]

  /// A spelling that was replaced.
  public struct Replacement: Hashable, Sendable {
    /// What stood there.
    public var spelling: String
    /// How many characters of the typed text come before it.
    public var position: Int
  }

  private static let spellings = ["{GS}", "<GS>", "\\x1D", "\\u001D", "\\F", "^", "␝"]

  /// Takes a typed code.
  ///
  /// - Parameter isRaw: True if nothing in it is spelled.
  public init(_ typed: String, isRaw: Bool = false) {
    guard !isRaw else {
      code = typed
      replaced = []
      return
    }
    var code = ""
    var replaced: [Replacement] = []
    var rest = typed[...]
    var position = 0
    while let first = rest.first {
      if let spelling = Self.spelling(at: rest) {
        code.unicodeScalars.append("\u{1D}")
        let found = String(rest.prefix(spelling.count))
        replaced.append(Replacement(spelling: found, position: position))
        rest = rest.dropFirst(spelling.count)
        position += spelling.count
      } else {
        code.append(first)
        rest = rest.dropFirst()
        position += 1
      }
    }
    self.code = code
    self.replaced = replaced
  }

  private static func spelling(at rest: Substring) -> String? {
    guard let first = rest.first, "{<\\^␝".contains(first) else { return nil }
    return spellings.first { rest.prefix($0.count).uppercased() == $0.uppercased() }
  }
}
