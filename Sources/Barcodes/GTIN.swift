/// Check digits and lengths of GS1 keys: GTIN-8, -12, -13, -14 and SSCC.
public enum GTIN {
  /// True if the last digit is the mod-10 check digit over all others (weights 3, 1, 3, … from
  /// the right; GS1 General Specifications 7.9).
  public static func hasValidCheckDigit(_ digits: some StringProtocol) -> Bool {
    // Which digits weigh 3 is known at the end only: sum both ways.
    var evenSum = 0
    var oddSum = 0
    var count = 0
    for byte in digits.utf8 {
      let value = byte &- 0x30
      guard value < 10 else { return false }
      if count.isMultiple(of: 2) { evenSum += Int(value) } else { oddSum += Int(value) }
      count += 1
    }
    guard count > 1 else { return false }
    let sum = count.isMultiple(of: 2) ? evenSum * 3 + oddSum : evenSum + oddSum * 3
    return sum.isMultiple(of: 10)
  }

  /// The spellings under which a product's barcode may be stored in Odoo, the scanned one first.
  ///
  /// UPC-A, EAN-13 and GTIN-14 differ only in leading zeros; a code that is no GTIN has one
  /// spelling.
  public static func spellings(of code: String) -> [String] {
    let digits = code.utf8
    guard (8...14).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }),
      hasValidCheckDigit(code)
    else { return [code] }
    let bare = code.drop { $0 == "0" }
    var found = [code]
    for length in [14, 13, 12, 8] where bare.utf8.count <= length {
      let padded = String(repeating: "0", count: length - bare.utf8.count) + bare
      if !found.contains(padded) { found.append(padded) }
    }
    return found
  }
}
