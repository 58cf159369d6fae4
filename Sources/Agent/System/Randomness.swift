/// Random values of the production run; pure modules get them from here.
package enum Randomness {
  /// A random uuid (RFC 9562, version 4) in lower case.
  package static func uuid() -> String {
    var digits = Array((hex(.random(in: 0 ... .max)) + hex(.random(in: 0 ... .max))).utf8)
    digits[12] = UInt8(ascii: "4")
    digits[16] = Array("89ab".utf8)[Int(digits[16] & 3)]
    for position in [20, 16, 12, 8] { digits.insert(UInt8(ascii: "-"), at: position) }
    return String(decoding: digits, as: UTF8.self)
  }

  private static func hex(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}
