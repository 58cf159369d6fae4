/// International bank account numbers (ISO 13616), as AI 8007 carries them.
enum IBAN {
  static func violation(_ text: ArraySlice<UInt8>) -> GS1Error.Kind? {
    if text.count > 34 { return .valueTooLong }
    guard text.count > 9 else { return .valueTooShort }
    guard text.allSatisfy({ value($0) != nil }) else { return .invalidCharacter }
    guard PublishedCodes.countryLetters.contains(text.prefix(2)) else { return .unknownCode }
    // The country and check digits go to the end; letters count as 10 to 35; modulo 97 is 1.
    var remainder = 0
    for byte in text.dropFirst(4) + text.prefix(4) {
      let digit = value(byte) ?? 0
      remainder = (remainder * (digit > 9 ? 100 : 10) + digit) % 97
    }
    return remainder == 1 ? nil : .wrongCheckDigit
  }

  private static func value(_ byte: UInt8) -> Int? {
    switch byte {
    case 0x30...0x39: Int(byte) - 0x30
    case 0x41...0x5A: Int(byte) - 0x41 + 10
    default: nil
    }
  }
}
