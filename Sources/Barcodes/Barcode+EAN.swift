extension Barcode {
  /// Reads the digits behind an EAN's identifier, with what may follow them.
  mutating func interpretEAN(_ length: Int, withAddOn: Bool = false) {
    let bytes = Array(text.utf8)
    let split = Self.compositeStart(in: bytes)
    var digits = bytes[..<(split ?? bytes.count)]
    if withAddOn, [length + 2, length + 5].contains(digits.count) {
      addOn = String(decoding: digits[length...], as: UTF8.self)
      digits = digits[..<length]
    }
    do throws(GS1Error) {
      content = .gtin(try Self.article(digits, length))
      try readComposite(bytes, split)
    } catch {
      content = .invalidGS1(error)
    }
  }

  /// The article of an EAN.
  ///
  /// UPC-A is accepted without its leading zero and UPC-E unexpanded, as
  /// many scanners are set up.
  private static func article(
    _ digits: ArraySlice<UInt8>,
    _ length: Int
  ) throws(GS1Error) -> String {
    for index in digits.indices where !digits[index].isDigit {
      throw GS1Error(.invalidCharacter, ai: "01", at: index, found: digits[index...index])
    }
    let text = String(decoding: digits, as: UTF8.self)
    let fits = digits.count == length || (length == 13 && [8, 12].contains(digits.count))
    guard fits else {
      let kind = digits.count < length ? GS1Error.Kind.valueTooShort : .valueTooLong
      throw GS1Error(kind, at: digits.startIndex, found: digits)
    }
    // Behind `]E0` eight digits are a UPC-E: an EAN-8 has its own identifier.
    let article =
      length == 13 && digits.count == 8
      ? UPCE.expanded(text).flatMap { GTIN.canonical($0) } : GTIN.canonical(text)
    guard let article else {
      throw GS1Error(.wrongCheckDigit, at: max(0, digits.endIndex - 1), found: digits.suffix(1))
    }
    return article
  }
}
