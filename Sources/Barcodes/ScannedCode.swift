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
    let bytes = raw.utf8
    var start = bytes.startIndex
    var end = bytes.endIndex
    while start < end, Self.isBlank(bytes[start]) { bytes.formIndex(after: &start) }
    while start < end {
      let last = bytes.index(before: end)
      guard Self.isBlank(bytes[last]) else { break }
      end = last
    }
    let rest = bytes[start..<end]
    if rest.first == UInt8(ascii: "]"), rest.count > 3, rest.prefix(3).allSatisfy(\.isVisible) {
      let data = bytes.index(start, offsetBy: 3)
      symbology = String(raw[start..<data])
      text = String(raw[data..<end])
    } else {
      symbology = nil
      text = start == bytes.startIndex && end == bytes.endIndex ? raw : String(raw[start..<end])
    }
  }

  /// Blank, tab, and the line ends of ASCII.
  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (9...13).contains(byte) }
}
