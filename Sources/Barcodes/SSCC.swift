/// A serial shipping container code: the 18 digits on a logistic label, AI (00).
public enum SSCC {
  /// The 18 digits of a scanned SSCC; nil if the code is none or its check digit is wrong.
  ///
  /// Understood are `(00)` in brackets, `00` + 18 digits with a GS1-128 identifier or without
  /// one, and the bare 18 digits.
  public static func digits(of code: ScannedCode) -> String? {
    var text = Substring(code.text)
    if text.first == "\u{1D}" { text.removeFirst() }
    if text.hasPrefix("(00)") {
      text.removeFirst(4)
    } else if text.utf8.count == 20, text.hasPrefix("00") {
      text.removeFirst(2)
    }
    guard text.utf8.count == 18, GTIN.hasValidCheckDigit(text) else { return nil }
    return String(text)
  }
}
