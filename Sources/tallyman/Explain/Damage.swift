internal import Barcodes

/// What is wrong with a code, and what to do.
struct Damage {
  /// The stable name of the reason, such as `wrong_check_digit`.
  let reason: String
  /// What was expected, what came and what to do.
  let message: String
  /// Where it is wrong: characters of the shown text before it; nil where that is not known.
  let position: Int?
  /// The application identifier whose value is wrong.
  let ai: String?
  /// True if the scan is refused for it; else the code is looked up as plain text.
  let isRefused: Bool

  /// What is wrong with a code; nil if nothing is.
  init?(_ barcode: Barcode) {
    switch barcode.content {
    case .invalidGS1(let error):
      let before = barcode.text.utf8.prefix(error.position)
      self.init(
        error.kind.rawValue,
        error.description,
        isRefused: true,
        position: String(decoding: before, as: UTF8.self).count,
        ai: error.ai
      )
    case .empty:
      self.init("empty", "A code was expected, nothing came. Scan it again.", isRefused: true)
    case .tooLong(let bytes):
      self.init(
        "code_too_long",
        "At most \(ScannedCode.longest) bytes were expected, \(bytes) came. Scan a shorter label.",
        isRefused: true
      )
    case .text:
      guard let message = Self.suspicion(barcode.text) else { return nil }
      self.init("wrong_check_digit", message, isRefused: false)
    default: return nil
    }
  }

  private init(
    _ reason: String,
    _ message: String,
    isRefused: Bool,
    position: Int? = nil,
    ai: String? = nil
  ) {
    self.reason = reason
    self.message = message
    self.position = position
    self.ai = ai
    self.isRefused = isRefused
  }

  /// Digits of an article's or package's length whose last one does not prove the others.
  private static func suspicion(_ text: String) -> String? {
    let names = [
      8: "an EAN-8", 12: "a UPC-A", 13: "an EAN-13", 14: "a GTIN-14", 18: "an SSCC",
    ]
    guard let name = names[text.utf8.count], let last = text.last,
      let right = GTIN.checkDigit(after: text.dropLast()), right != last
    else { return nil }
    return "\(text.count) digits may be \(name), whose last digit would be \(right); \(last) came. "
      + "If it is one, scan it again, else print the label anew."
  }
}
