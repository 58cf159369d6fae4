/// UPC-E, the short form of a UPC-A with many zeros (General Specifications 5.2.2.4).
public enum UPCE {
  /// The 12 digits of the UPC-A that a UPC-E of 8 digits stands for.
  ///
  /// Nil for other lengths, a number system other than 0 and 1, or a wrong check digit.
  public static func expanded(_ code: some StringProtocol) -> String? {
    let digits = Array(code.utf8)
    guard digits.count == 8, digits.allSatisfy(\.isDigit), digits[0] <= 0x31 else { return nil }
    let body = digits[1...6].map { $0 }
    let zero = UInt8(ascii: "0")
    var long: [UInt8] = [digits[0]]
    switch body[5] {
    case 0x30...0x32:
      long += body[0...1] + [body[5]] + Array(repeating: zero, count: 4) + body[2...4]
    case 0x33: long += body[0...2] + Array(repeating: zero, count: 5) + body[3...4]
    case 0x34: long += body[0...3] + Array(repeating: zero, count: 5) + [body[4]]
    default: long += body[0...4] + Array(repeating: zero, count: 4) + [body[5]]
    }
    guard CheckDigits.digit(after: long) == digits[7] else { return nil }
    return String(decoding: long + [digits[7]], as: UTF8.self)
  }

  /// The UPC-E of 8 digits for a UPC-A of 12; nil if it has too few zeros for one.
  public static func compressed(_ code: some StringProtocol) -> String? {
    let digits = Array(code.utf8)
    guard digits.count == 12, GTIN.hasValidCheckDigit(code), digits[0] <= 0x31 else { return nil }
    let inner = Array(digits[1...10])
    func zeros(_ range: ClosedRange<Int>) -> Bool { inner[range].allSatisfy { $0 == 0x30 } }
    let body: [UInt8]
    if zeros(3...6), inner[2] <= 0x32 {
      body = inner[0...1] + inner[7...9] + [inner[2]]
    } else if zeros(3...7) {
      body = inner[0...2] + inner[8...9] + [0x33]
    } else if zeros(4...8) {
      body = inner[0...3] + [inner[9], 0x34]
    } else if zeros(5...8), inner[9] >= 0x35 {
      body = inner[0...4] + [inner[9]]
    } else {
      return nil
    }
    return String(decoding: [digits[0]] + body + [digits[11]], as: UTF8.self)
  }
}
