/// Base64 by RFC 4648, both alphabets, with or without padding.
enum Base64 {
  /// The bytes; nil if the text is not Base64.
  static func decode(_ text: String) -> [UInt8]? {
    var digits = text.utf8[...]
    var padding = 0
    while digits.last == UInt8(ascii: "="), padding < 2 {
      digits.removeLast()
      padding += 1
    }
    let count = digits.count
    guard count % 4 != 1, padding == 0 || (count + padding).isMultiple(of: 4) else { return nil }
    var out: [UInt8] = []
    out.reserveCapacity(count * 3 / 4)
    var buffer: UInt32 = 0
    var bits = 0
    for byte in digits {
      guard let value = value(of: byte) else { return nil }
      buffer = (buffer << 6 | value) & 0xFFFF
      bits += 6
      if bits >= 8 {
        bits -= 8
        out.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
      }
    }
    // Left-over bits that are not zero mean that the end was cut off.
    return buffer & ((1 << UInt32(bits)) - 1) == 0 ? out : nil
  }

  private static func value(of byte: UInt8) -> UInt32? {
    switch byte {
    case 0x41...0x5A: UInt32(byte - 0x41)
    case 0x61...0x7A: UInt32(byte - 0x61 + 26)
    case 0x30...0x39: UInt32(byte - 0x30 + 52)
    case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
    case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
    default: nil
    }
  }
}
