/// Payloads that are the text itself.
enum RawText {
  /// The whole payload as a code.
  static func code(_ payload: [UInt8]) throws(Malformed) -> String {
    var end = payload.count
    while end > 0, isSuffix(payload[end - 1]) { end -= 1 }
    guard end > 0 else {
      throw Malformed("the payload is empty; expected a scanned code: scan again")
    }
    guard end <= TextRules.longestCode else {
      throw Malformed(
        "the code has \(end) bytes; expected at most \(TextRules.longestCode): is this a barcode?"
      )
    }
    let code = try text(payload[..<end])
    if let fault = TextRules.fault(ofCode: code[...]) {
      throw Malformed(
        "the code \(fault); expected only GS, RS and EOT of the control characters: correct the"
          + " scanner's prefix and suffix, or strip them in the profile"
      )
    }
    return code
  }

  private static func isSuffix(_ byte: UInt8) -> Bool {
    byte == 0x0D || byte == 0x0A || byte == 0x09
  }

  /// The bytes as text.
  static func text(_ bytes: ArraySlice<UInt8>) throws(Malformed) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Malformed(
        "the payload is not UTF-8; expected a code as UTF-8 text: set the scanner's output to UTF-8"
      )
    }
    return text
  }
}
