/// What an in-store EAN-13 (prefixes 20 to 29) says besides the article: a weight, a price or a
/// count (restricted circulation number; each country has its own layout).
public struct VariableMeasure: Hashable, Sendable {
  /// Whose layout the shop uses.
  public enum Region: String, CaseIterable, Sendable {
    /// Odoo's default nomenclature: 21 weight, 23 price.
    case odoo
    case sweden = "se"
    case norway = "no"
    case finland = "fi"
    case estonia = "ee"
    case latvia = "lv"
    case lithuania = "lt"
    case denmark = "dk"
    case germany = "de"
    case britain = "gb"
  }

  /// What the amount is.
  public enum Kind: String, Sendable {
    /// In kg.
    case weight
    /// In the region's currency.
    case price
    /// In pieces.
    case count
  }

  /// The region whose layout was used.
  public let region: Region
  /// What the amount is.
  public let kind: Kind
  /// The amount in kg, in the currency or in pieces.
  public let amount: ScaledDecimal
  /// The article's number inside the region or company.
  public let itemReference: String
  /// The 13 digits with the amount zeroed and the check digit made anew, under which the article
  /// is known.
  public let baseCode: String

  /// ISO 4217 letters of the price's currency; nil for weights and counts.
  public var currency: String? { kind == .price ? region.currency : nil }

  /// Why the code is not read although its prefix has a layout.
  public enum ReadError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The digit over the amount is wrong.
    case wrongAmountCheckDigit(amount: String, expected: Character)

    /// What was expected, what came and what to do.
    public var description: String {
      switch self {
      case .wrongAmountCheckDigit(let amount, let expected):
        "The amount \(amount) needs the check digit \(expected), another one came. Scan it again, "
          + "else print the label anew."
      }
    }
  }

  /// Reads an EAN-13, or its 14 digits; nil if the region gives its prefix no amount.
  public static func read(
    _ code: some StringProtocol,
    region: Region
  ) throws(ReadError) -> VariableMeasure? {
    var digits = Array(code.utf8)
    if digits.count == 14, digits[0] == UInt8(ascii: "0") { digits.removeFirst() }
    guard digits.count == 13, digits.allSatisfy(\.isDigit),
      CheckDigits.violation(digits[...]) == nil,
      let prefix = ContentRule.number(digits[0..<2]),
      let layout = region.layout(prefix)
    else { return nil }
    let start = 12 - layout.width
    let amount = digits[start..<12]
    let item = digits[2..<start - (layout.hasCheckDigit ? 1 : 0)]
    if layout.hasCheckDigit {
      let expected = PriceCheck.digit(amount)
      guard expected == digits[start - 1] else {
        throw .wrongAmountCheckDigit(
          amount: String(decoding: amount, as: UTF8.self),
          expected: Character(Unicode.Scalar(expected))
        )
      }
    }
    let zeros = [UInt8](repeating: UInt8(ascii: "0"), count: 12 - item.endIndex)
    let body = digits[0..<item.endIndex] + zeros
    return VariableMeasure(
      region: region,
      kind: layout.kind,
      amount: ScaledDecimal(
        coefficient: Int64(ContentRule.number(amount) ?? 0),
        scale: layout.decimals
      ),
      itemReference: String(decoding: item, as: UTF8.self),
      baseCode: String(decoding: body + [CheckDigits.digit(after: body)], as: UTF8.self)
    )
  }
}
