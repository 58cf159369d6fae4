extension GTIN {
  /// The 14 digits of a GTIN-8, -12, -13 or -14, filled up with zeros.
  ///
  /// Nil for other lengths, other characters or a wrong check digit.
  public static func canonical(_ digits: some StringProtocol) -> String? {
    let count = digits.utf8.count
    guard count == 8 || (12...14).contains(count), hasValidCheckDigit(digits) else { return nil }
    return String(repeating: "0", count: 14 - count) + digits
  }

  /// The 14 digits of a scanned EAN, UPC or ITF-14; UPC-E (8 digits) is expanded if it is no EAN-8.
  ///
  /// Eight digits can be both an EAN-8 and a UPC-E; `candidates(of:)` has both.
  public static func scanned(_ digits: some StringProtocol) -> String? {
    canonical(digits) ?? UPCE.expanded(digits).flatMap { canonical($0) }
  }

  /// All articles that the digits may mean, 14 digits each, the likelier first.
  public static func candidates(of digits: some StringProtocol) -> [String] {
    var found = [canonical(digits), UPCE.expanded(digits).flatMap { canonical($0) }]
      .compactMap { $0 }
    if found.count == 2, found[0] == found[1] { found.removeLast() }
    return found
  }

  /// The mod-10 check digit to put behind the digits; nil for other characters or no digits.
  public static func checkDigit(after digits: some StringProtocol) -> Character? {
    guard !digits.isEmpty, digits.utf8.allSatisfy(\.isDigit) else { return nil }
    return Character(Unicode.Scalar(CheckDigits.digit(after: Array(digits.utf8))))
  }
}
