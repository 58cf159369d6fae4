extension SSCC {
  /// Why no SSCC can be made of the given parts.
  public enum MakingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The extension digit is not one digit.
    case invalidExtension(Int)
    /// The company prefix is not 4 to 12 digits.
    case invalidPrefix(String)
    /// The serial has more digits than the prefix leaves.
    case serialTooLong(serial: UInt64, digits: Int)

    /// What was expected, what came and what to do.
    public var description: String {
      switch self {
      case .invalidExtension(let digit):
        "The extension digit of an SSCC is 0 to 9, not \(digit). Correct the configuration."
      case .invalidPrefix(let prefix):
        "The GS1 company prefix has 4 to 12 digits, not \"\(prefix)\". Take it from your GS1 "
          + "certificate."
      case .serialTooLong(let serial, let digits):
        "The serial of an SSCC has \(digits) digits here; \(serial) has more. Start again at 0 "
          + "with another extension digit, or get a further company prefix."
      }
    }
  }

  /// The 18 digits of a new SSCC: extension digit, company prefix, serial filled up with zeros,
  /// check digit.
  public static func make(
    extensionDigit: Int,
    companyPrefix: String,
    serial: UInt64
  ) throws(MakingError) -> String {
    guard (0...9).contains(extensionDigit) else { throw .invalidExtension(extensionDigit) }
    guard (4...12).contains(companyPrefix.utf8.count), companyPrefix.utf8.allSatisfy(\.isDigit)
    else { throw .invalidPrefix(companyPrefix) }
    let room = 16 - companyPrefix.utf8.count
    let digits = String(serial)
    guard digits.utf8.count <= room else { throw .serialTooLong(serial: serial, digits: room) }
    let zeros = String(repeating: "0", count: room - digits.utf8.count)
    let body = "\(extensionDigit)\(companyPrefix)\(zeros)\(digits)"
    let check = CheckDigits.digit(after: Array(body.utf8))
    return body + String(Character(Unicode.Scalar(check)))
  }

  /// True for 18 digits with a right check digit.
  public static func isValid(_ digits: some StringProtocol) -> Bool {
    digits.utf8.count == 18 && GTIN.hasValidCheckDigit(digits)
  }
}
