/// What may be the name of a device: it becomes a level of the topics that we send feedback to.
public enum DeviceName {
  /// Longest name in bytes.
  public static let longest = 64

  /// True for 1 to 64 bytes without control characters, `/`, `+` and `#`, and no `$` in front.
  ///
  /// A name from a payload must not reach other topics: `x/../cmnd` or `$SYS` are no devices.
  public static func isValid(_ name: some StringProtocol) -> Bool {
    var count = 0
    for byte in name.utf8 {
      count += 1
      switch byte {
      case 0..<0x20, 0x7F, UInt8(ascii: "/"), UInt8(ascii: "+"), UInt8(ascii: "#"): return false
      case UInt8(ascii: "$") where count == 1: return false
      default: break
      }
      if count > longest { return false }
    }
    return count > 0
  }

  /// The rule in words.
  public static let expectation = "1 to 64 bytes without control characters, / + #, or a $ in front"
}
