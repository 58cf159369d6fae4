/// What a text looks like among the names that Odoo gives by its sequences.
///
/// Only a guess that saves look-ups: sequences can be changed, so a name that looks like none may
/// still be one.
public enum OdooName: String, Hashable, Sendable {
  /// `WH/OUT/00005`.
  case transfer
  /// `BATCH/00001`, `BATCH/OUT/00002`.
  case batch
  /// `WAVE/00001`.
  case wave
  /// `PACK0000001`, `CLUSTER-PACK-1`.
  case package

  /// Longest name that is looked at, in bytes.
  public static let longest = 64

  /// What the text looks like; nil for anything else.
  public init?(_ text: some StringProtocol) { self.init(String(text)) }

  /// What the text looks like; nil for anything else.
  ///
  /// Not generic, as every scan passes here.
  public init?(_ text: String) {
    guard text.utf8.count <= Self.longest, Self.mayBeOne(text.utf8) else { return nil }
    let upper = text.uppercased()
    if Self.isNumbered(upper, "PACK", digitsFrom: 5)
      || Self.isNumbered(upper, "CLUSTER-PACK-", digitsFrom: 1)
    {
      self = .package
      return
    }
    let words = upper.split(separator: "/", omittingEmptySubsequences: false)
    guard words.count >= 2, words.count <= 5, let number = words.last,
      number.utf8.count >= 4, number.utf8.allSatisfy(\.isDigit),
      words.allSatisfy({ !$0.isEmpty })
    else { return nil }
    switch words[0] {
    case "BATCH": self = .batch
    case "WAVE": self = .wave
    default:
      guard words.count >= 3 else { return nil }
      self = .transfer
    }
  }

  /// False for nearly all other codes, at little cost.
  private static func mayBeOne(_ bytes: String.UTF8View) -> Bool {
    let first = (bytes.first ?? 0) & 0xDF
    return first == UInt8(ascii: "P") || first == UInt8(ascii: "C")
      || bytes.contains(UInt8(ascii: "/"))
  }

  private static func isNumbered(_ text: String, _ prefix: String, digitsFrom least: Int) -> Bool {
    guard text.hasPrefix(prefix) else { return false }
    let digits = text.utf8.dropFirst(prefix.utf8.count)
    return digits.count >= least && digits.allSatisfy(\.isDigit)
  }
}
