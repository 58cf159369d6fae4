/// Tallyman's own command barcodes, printed with the prefix `TM-`.
public enum StationCommand: Hashable, Sendable {
  /// `TM-STATUS`: say what is open and what is counted.
  case status
  /// `TM-PARK`: put the open transfer aside.
  case park
  /// `TM-NEWPACK`: make a package with an SSCC of our own.
  case newPack
  /// `TM-CLOSEPACK`: close the open package.
  case closePack
  /// `TM-OVERRIDE`: ask for the badge of a supervisor, who lets pass what was just refused.
  case override
  /// `TM-QTY-<n>`: the quantity of the next scan, 1 to `mostQuantity`.
  case quantity(Int)
  /// `TM-COUNT`: start a stock count.
  case count

  /// The largest number on a printed sheet; more is a slip of the scanner.
  public static let mostQuantity = 99_999

  /// The command of a scanned code in any case; nil for everything else.
  public init?(_ code: some StringProtocol) {
    let bytes = code.utf8
    guard bytes.count <= 20, bytes.first.map({ $0 & 0xDF }) == UInt8(ascii: "T") else {
      return nil
    }
    let upper = code.uppercased()
    if let known = Self.words[upper] {
      self = known
    } else if let number = Self.quantity(upper) {
      self = .quantity(number)
    } else {
      return nil
    }
  }

  private static let words: [String: StationCommand] = [
    "TM-STATUS": .status, "TM-PARK": .park, "TM-NEWPACK": .newPack, "TM-CLOSEPACK": .closePack,
    "TM-OVERRIDE": .override, "TM-COUNT": .count,
  ]

  private static func quantity(_ upper: String) -> Int? {
    guard upper.hasPrefix("TM-QTY-") else { return nil }
    let digits = Array(upper.utf8.dropFirst(7))
    guard let number = ContentRule.number(digits[...]), 1...mostQuantity ~= number else {
      return nil
    }
    return number
  }

  /// What to print: `TM-PARK`, `TM-QTY-12`.
  public var code: String {
    if case .quantity(let number) = self { return "TM-QTY-\(number)" }
    return Self.words.first { $0.value == self }?.key ?? ""
  }

  /// All commands without a number, for a printed sheet.
  public static let sheet: [StationCommand] = [
    .status, .park, .newPack, .closePack, .override, .count,
  ]
}
