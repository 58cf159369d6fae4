extension ContentRule {
  /// The rules that look at a few characters only.
  func simpleViolation(_ text: ArraySlice<UInt8>) -> GS1Error.Kind? {
    let holds =
      switch self {
      case .flag: text.count == 1 && (text.first == 0x30 || text.first == 0x31)
      case .hyphen: !text.isEmpty && text.allSatisfy { $0 == UInt8(ascii: "-") }
      case .latitude: Self.isCoordinate(text, limit: 1_800_000_000)
      case .longitude: Self.isCoordinate(text, limit: 3_600_000_000)
      case .zero: !text.isEmpty && text.allSatisfy { $0 == 0x30 }
      case .notZero: text.allSatisfy(Self.isDigit) && text.contains { $0 != 0x30 }
      case .noLeadingZero: text.allSatisfy(Self.isDigit) && text.first != 0x30
      case .winding: text.count == 1 && [0x30, 0x31, 0x39].contains(text[text.startIndex])
      case .sex: text.count == 1 && [0x30, 0x31, 0x32, 0x39].contains(text[text.startIndex])
      case .importer:
        text.count == 1
          && CharacterSets.table[Int(text[text.startIndex])] & CharacterSets.base64 != 0
          && text.first != UInt8(ascii: "=")
      case .percent: Self.isPercentEncoded(text)
      default: true
      }
    return holds ? nil : .invalidContent
  }

  private static func isCoordinate(_ text: ArraySlice<UInt8>, limit: Int) -> Bool {
    text.count == 10 && number(text).map { $0 <= limit } == true
  }

  /// Every `%` is followed by two hexadecimal digits.
  private static func isPercentEncoded(_ text: ArraySlice<UInt8>) -> Bool {
    var index = text.startIndex
    while index < text.endIndex {
      if text[index] == UInt8(ascii: "%") {
        guard index + 2 < text.endIndex, Hexadecimal.value(text[index + 1]) != nil,
          Hexadecimal.value(text[index + 2]) != nil
        else { return false }
      }
      index += 1
    }
    return true
  }

  /// Piece and total of the same width, neither zero, the piece not above the total.
  static func piece(_ text: ArraySlice<UInt8>) -> GS1Error.Kind? {
    guard text.allSatisfy(isDigit) else { return .invalidCharacter }
    guard !text.isEmpty, text.count.isMultiple(of: 2) else { return .invalidContent }
    let piece = text.prefix(text.count / 2)
    let total = text.suffix(text.count / 2)
    let isZero = piece.allSatisfy { $0 == 0x30 } || total.allSatisfy { $0 == 0x30 }
    return isZero || total.lexicographicallyPrecedes(piece) ? .invalidContent : nil
  }

  /// `2/3`: the position in a multiple birth, without leading zeros, not above the total.
  static func sequence(_ text: ArraySlice<UInt8>) -> GS1Error.Kind? {
    let ends = text.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard ends.count == 2, let position = number(ends[0]), let total = number(ends[1]),
      ends[0].first != 0x30, ends[1].first != 0x30, position <= total
    else { return .invalidContent }
    return nil
  }

  /// Padding with `=` fills up the last group; the reference counts groups of three characters.
  static func base64Violation(_ text: ArraySlice<UInt8>) -> GS1Error.Kind? {
    let padding = text.reversed().prefix { $0 == UInt8(ascii: "=") }.count
    let body = text.dropLast(padding)
    let holds = body.allSatisfy {
      CharacterSets.table[Int($0)] & CharacterSets.base64 != 0 && $0 != UInt8(ascii: "=")
    }
    guard holds else { return .invalidCharacter }
    if padding == 0 { return nil }
    return padding <= 2 && !body.isEmpty && (body.count + padding).isMultiple(of: 3)
      ? nil : .invalidContent
  }
}
