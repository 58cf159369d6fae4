/// A code as a scanner sent it, taken apart into what matters for look-ups.
public struct ScannedCode: Hashable, Sendable {
  /// The AIM symbology identifier (ISO/IEC 15424), such as `]C1`, where the scanner sends it.
  public let symbology: String?
  /// The code without identifier, line ends and surrounding blanks.
  public let text: String

  /// Longest code that is looked at, in bytes; ProGlove's longest is 2,000 characters.
  public static let longest = 4096

  /// Takes a raw scan apart.
  public init(_ raw: String) {
    var rest = Substring(raw)
    while let last = rest.last, last.isNewline || last == " " || last == "\t" { rest.removeLast() }
    while let first = rest.first, first.isNewline || first == " " || first == "\t" {
      rest.removeFirst()
    }
    if rest.hasPrefix("]"), rest.utf8.count > 3,
      rest.utf8.prefix(3).allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    {
      symbology = String(rest.prefix(3))
      text = String(rest.dropFirst(3))
    } else {
      symbology = nil
      text = String(rest)
    }
  }
}
