/// A stable 64-bit hash (FNV-1a with a final mix): the same in every run and on every machine.
///
/// For telling messages apart, not against forgery.
public struct EventHash: Sendable {
  /// The hash.
  public private(set) var value: UInt64

  /// The hash of bytes.
  public init(_ bytes: [UInt8], seed: UInt64 = 0) {
    var hash = 0xCBF2_9CE4_8422_2325 ^ seed
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    hash = (hash ^ (hash >> 33)) &* 0xFF51_AFD7_ED55_8CCD
    hash = (hash ^ (hash >> 33)) &* 0xC4CE_B9FE_1A85_EC53
    value = hash ^ (hash >> 33)
  }

  /// Sixteen hexadecimal digits.
  var hex: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}
