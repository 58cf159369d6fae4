extension JSONParser {
  /// Reads a quoted string; `at` stands on its opening quote.
  mutating func string() throws(JSON.ParseError) -> String {
    at += 1
    let start = at
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "\""):
        let text = try utf8(bytes[start..<at], from: start)
        at += 1
        return text
      case UInt8(ascii: "\\"):
        return try escapedString(prefix: Array(bytes[start..<at]), start: start)
      case 0..<0x20:
        throw JSON.ParseError(offset: at, expected: "no raw control character in a string")
      default: at += 1
      }
    }
    throw JSON.ParseError(offset: at, expected: "a closing quote")
  }

  private func utf8(_ slice: ArraySlice<UInt8>, from start: Int) throws(JSON.ParseError) -> String {
    guard let text = String(validating: slice, as: UTF8.self) else {
      throw JSON.ParseError(offset: start, expected: "UTF-8")
    }
    return text
  }

  private mutating func escapedString(
    prefix: [UInt8],
    start: Int
  ) throws(JSON.ParseError) -> String {
    var out = prefix
    while at < bytes.count {
      let byte = bytes[at]
      switch byte {
      case UInt8(ascii: "\""):
        at += 1
        return try utf8(out[...], from: start)
      case UInt8(ascii: "\\"):
        at += 1
        try escape(into: &out)
      case 0..<0x20:
        throw JSON.ParseError(offset: at, expected: "no raw control character in a string")
      default:
        out.append(byte)
        at += 1
      }
    }
    throw JSON.ParseError(offset: at, expected: "a closing quote")
  }

  private mutating func escape(into out: inout [UInt8]) throws(JSON.ParseError) {
    guard at < bytes.count else { throw JSON.ParseError(offset: at, expected: "an escape") }
    let byte = bytes[at]
    at += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(byte)
    case UInt8(ascii: "b"): out.append(0x08)
    case UInt8(ascii: "f"): out.append(0x0C)
    case UInt8(ascii: "n"): out.append(0x0A)
    case UInt8(ascii: "r"): out.append(0x0D)
    case UInt8(ascii: "t"): out.append(0x09)
    case UInt8(ascii: "u"): out.append(contentsOf: String(try scalar()).utf8)
    default: throw JSON.ParseError(offset: at - 1, expected: "one of \"\\/bfnrtu after a backslash")
    }
  }

  /// Reads the digits of `\uXXXX`, and of its second half where it is a surrogate pair.
  private mutating func scalar() throws(JSON.ParseError) -> Character {
    let first = try codeUnit()
    if let scalar = Unicode.Scalar(UInt32(first)) { return Character(scalar) }
    guard first < 0xDC00, at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"),
      bytes[at + 1] == UInt8(ascii: "u")
    else { throw JSON.ParseError(offset: at, expected: "the second half of a surrogate pair") }
    at += 2
    let second = try codeUnit()
    guard second >= 0xDC00, second <= 0xDFFF else {
      throw JSON.ParseError(offset: at, expected: "the second half of a surrogate pair")
    }
    let value = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
    guard let scalar = Unicode.Scalar(value) else {
      throw JSON.ParseError(offset: at, expected: "a Unicode scalar")
    }
    return Character(scalar)
  }

  private mutating func codeUnit() throws(JSON.ParseError) -> UInt16 {
    guard at + 4 <= bytes.count else {
      throw JSON.ParseError(offset: at, expected: "four hexadecimal digits")
    }
    var value: UInt16 = 0
    for _ in 0..<4 {
      guard let digit = hexDigit(bytes[at]) else {
        throw JSON.ParseError(offset: at, expected: "four hexadecimal digits")
      }
      value = value << 4 | digit
      at += 1
    }
    return value
  }

  private func hexDigit(_ byte: UInt8) -> UInt16? {
    switch byte {
    case 0x30...0x39: UInt16(byte - 0x30)
    case 0x41...0x46: UInt16(byte - 0x41 + 10)
    case 0x61...0x66: UInt16(byte - 0x61 + 10)
    default: nil
    }
  }
}
