/// A hash that is the same in every run and on every machine (FNV-1a, 64 bits).
///
/// It tells a redelivery from another message under the same id; it protects from accidents, not
/// from an attacker.
public enum StableHash {
  /// The hash of `bytes`.
  public static func of(_ bytes: [UInt8]) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash
  }

  /// The hash of a text's UTF-8.
  public static func of(_ text: String) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash
  }
}
