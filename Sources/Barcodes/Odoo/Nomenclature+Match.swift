extension Nomenclature {
  /// What a rule made of a code.
  public struct Match: Hashable, Sendable {
    /// The rule.
    public let rule: Rule
    /// The code that was matched: after aliases and the exchange of UPC-A and EAN-13.
    public let code: String
    /// The code with the value zeroed and its check digit made anew; look the product up by it.
    public let baseCode: String
    /// The value in the code's braces; nil if the rule has none.
    public let value: ScaledDecimal?
  }

  /// What the nomenclature makes of a code.
  public enum Result: Hashable, Sendable {
    /// One rule for the whole code.
    case plain(Match)
    /// One rule for each GS1 element.
    case gs1([GS1Match])
  }

  /// Tries the rules as Odoo does: GS1 rules over the whole code first if it is a GS1
  /// nomenclature, then the first other rule that matches.
  ///
  /// - Parameter year: from which two-digit years are understood.
  public func match(_ code: String, year: Int) -> Result? {
    guard code.utf8.count <= ScannedCode.longest else { return nil }
    if isGS1, let matches = gs1Match(code, year: year) { return .gs1(matches) }
    return plainMatch(code).map(Result.plain)
  }

  /// The first rule that matches a code without a mark.
  public func plainMatch(_ scanned: String) -> Match? {
    var barcode = scanned
    for compiled in compiled where compiled.rule.encoding != .gs1 {
      let rule = compiled.rule
      let code = converted(barcode, for: rule.encoding)
      guard Self.isEncoded(code, rule.encoding),
        let (base, value) = compiled.match(code)
      else { continue }
      if rule.type == "alias" {
        barcode = rule.alias ?? barcode
        continue
      }
      return Match(rule: rule, code: code, baseCode: Self.sanitized(base, rule), value: value)
    }
    return nil
  }

  /// UPC-A and EAN-13 differ in a leading zero; rules of either kind see their own.
  private func converted(_ code: String, for encoding: Rule.Encoding) -> String {
    let toEAN = conversion == .always || conversion == .upcToEAN
    let toUPC = conversion == .always || conversion == .eanToUPC
    if encoding == .ean13, toEAN, Self.isEncoded(code, .upcA) { return "0" + code }
    if encoding == .upcA, toUPC, code.hasPrefix("0"), Self.isEncoded(code, .ean13) {
      return String(code.dropFirst())
    }
    return code
  }

  private static func isEncoded(_ code: String, _ encoding: Rule.Encoding) -> Bool {
    let length =
      switch encoding {
      case .any, .gs1: 0
      case .ean13: 13
      case .ean8: 8
      case .upcA: 12
      }
    return length == 0 || (code.utf8.count == length && GTIN.hasValidCheckDigit(code))
  }

  /// The zeroed code of an EAN or UPC gets a new check digit.
  private static func sanitized(_ base: String, _ rule: Rule) -> String {
    guard rule.encoding == .ean13 || rule.encoding == .upcA, !base.isEmpty else { return base }
    let body = String(base.dropLast())
    return GTIN.checkDigit(after: body).map { body + String($0) } ?? base
  }
}

extension Nomenclature.Compiled {
  /// The code with its value zeroed, and the value; nil if the pattern does not match.
  func match(_ code: String) -> (base: String, value: ScaledDecimal?)? {
    var characters = code.unicodeScalars.map(\.value)
    var found: ScaledDecimal?
    if let value {
      let range = value.start..<value.start + value.width
      guard range.upperBound <= characters.count,
        characters[range].allSatisfy({ (0x30...0x39).contains($0) })
      else { return nil }
      let number = characters[range].reduce(Int64(0)) { $0 * 10 + Int64($1 - 0x30) }
      found = ScaledDecimal(coefficient: number, scale: value.decimals)
      characters.replaceSubrange(range, with: repeatElement(0x30, count: value.width))
    }
    guard pattern.match(Array(characters.prefix(reach))) != nil else { return nil }
    var base = String.UnicodeScalarView()
    base.append(contentsOf: characters.compactMap(Unicode.Scalar.init))
    return (String(base), found)
  }
}
