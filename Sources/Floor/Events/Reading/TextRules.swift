/// What texts of devices may hold; limits are in bytes of UTF-8.
public enum TextRules {
  /// Longest event id or session.
  public static let longestID = 64
  /// Longest scanned code; the longest that ProGlove sends is 2,000 characters.
  public static let longestCode = 2000
  /// Longest name of a transfer, package or lot, and longest tracking reference.
  public static let longestName = 128
  /// Longest name of a symbology.
  public static let longestSymbology = 64
  /// Most lines of one event.
  public static let mostLines = 500

  /// The code without CR, LF and TAB at its end, which scanners send as a suffix.
  static func trimmed(_ code: String) -> Substring {
    var rest = code[...]
    while let last = rest.utf8.last, last == 0x0D || last == 0x0A || last == 0x09 {
      rest = rest.prefix(upTo: rest.utf8.index(before: rest.endIndex))
    }
    return rest
  }

  /// Nil if the code may be looked at, else what is wrong with it.
  ///
  /// GS, RS and EOT are data: FNC1 in GS1 symbols and the envelope of ISO/IEC 15434.
  static func fault(ofCode code: Substring, longest: Int = longestCode) -> String? {
    fault(of: code, longest: longest) { $0 == 0x1D || $0 == 0x1E || $0 == 0x04 }
  }

  /// Nil if the text is 1 to `longest` bytes without control characters.
  static func fault(of text: Substring, longest: Int) -> String? {
    fault(of: text, longest: longest) { _ in false }
  }

  private static func fault(
    of text: Substring,
    longest: Int,
    allowing control: (UInt8) -> Bool
  ) -> String? {
    var count = 0
    for byte in text.utf8 {
      count += 1
      if byte < 0x20 || byte == 0x7F, !control(byte) {
        let hex = String(byte, radix: 16, uppercase: true)
        return "has the control character 0x\(hex.utf8.count < 2 ? "0" : "")\(hex) at byte \(count)"
      }
    }
    if count == 0 { return "is empty" }
    return count > longest ? "has \(count) bytes" : nil
  }
}
