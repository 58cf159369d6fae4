extension ContentRule {
  /// What is wrong with the bytes of a part; nil if the rule holds.
  ///
  /// Bytes have been checked against the part's characters where they come from a table's part.
  func violation(_ text: ArraySlice<UInt8>) -> GS1Error.Kind? {
    switch self {
    case .checkDigit: CheckDigits.violation(text)
    case .checkPair: CheckDigits.pairViolation(text)
    case .prefixFirst: Self.prefixViolation(text)
    case .prefixSecond: Self.prefixViolation(text.dropFirst())
    case .dayOrMonth: Dates.violation(text, yearDigits: 2, allowsDay00: true)
    case .date: Dates.violation(text, yearDigits: 2, allowsDay00: false)
    case .longDate: Dates.violation(text, yearDigits: 4, allowsDay00: false)
    case .longDayOrMonth: Dates.violation(text, yearDigits: 4, allowsDay00: true)
    case .hourMinute: Self.clock(text, limits: [24, 60])
    case .hour: Self.clock(text, limits: [24])
    case .minute, .second: Self.clock(text, limits: [60])
    case .digits: Self.characters(text, CharacterSets.digit)
    case .cset82: Self.characters(text, CharacterSets.cset82)
    case .cset39: Self.characters(text, CharacterSets.cset39)
    case .base64: Self.base64Violation(text)
    case .currency, .country, .country999, .countryLetters, .packageType, .mediaType:
      isPublished(text) ? nil : .unknownCode
    case .hasNonDigit:
      text.contains { !Self.isDigit($0) } ? nil : .invalidContent
    case .pieceOfTotal: Self.piece(text)
    case .iban: IBAN.violation(text)
    case .birthSequence: Self.sequence(text)
    default: simpleViolation(text)
    }
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  /// The number that the digits stand for; nil if there are others, none or more than 18.
  static func number(_ text: ArraySlice<UInt8>) -> Int? {
    guard (1...18).contains(text.count), text.allSatisfy(isDigit) else { return nil }
    return text.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  private static func characters(_ text: ArraySlice<UInt8>, _ set: UInt8) -> GS1Error.Kind? {
    text.allSatisfy { CharacterSets.table[Int($0)] & set != 0 } ? nil : .invalidCharacter
  }

  /// A company prefix is at least four digits long.
  private static func prefixViolation(_ text: ArraySlice<UInt8>) -> GS1Error.Kind? {
    text.count >= 4 && text.prefix(4).allSatisfy(isDigit) ? nil : .invalidCompanyPrefix
  }

  /// Two digits for each limit, each number below its limit.
  private static func clock(_ text: ArraySlice<UInt8>, limits: [Int]) -> GS1Error.Kind? {
    guard text.count == 2 * limits.count else { return .invalidTime }
    guard text.allSatisfy(isDigit) else { return .invalidCharacter }
    var rest = text
    for limit in limits {
      guard let number = number(rest.prefix(2)), number < limit else { return .invalidTime }
      rest = rest.dropFirst(2)
    }
    return nil
  }

  private func isPublished(_ text: ArraySlice<UInt8>) -> Bool {
    switch self {
    case .currency: PublishedCodes.currencies.contains(text)
    case .country: PublishedCodes.countries.contains(text)
    case .country999: text.elementsEqual("999".utf8) || PublishedCodes.countries.contains(text)
    case .countryLetters: PublishedCodes.countryLetters.contains(text)
    case .packageType: PublishedCodes.packageTypes.contains(text)
    default:
      // Carrier media (7241): 01–10 are assigned, 80–99 are for use inside a company.
      text.count == 2 && Self.number(text).map { 1...10 ~= $0 || 80...99 ~= $0 } == true
    }
  }
}
