extension VariableMeasure {
  /// Where the amount stands: the last `width` digits before the EAN's check digit.
  struct Layout {
    let kind: Kind
    let width: Int
    let decimals: Int
    var hasCheckDigit = false
  }
}

extension VariableMeasure.Region {
  /// The layout that the region gives a prefix; nil if it means a plain article.
  func layout(_ prefix: Int) -> VariableMeasure.Layout? {
    switch (self, prefix) {
    case (.odoo, 21): .init(kind: .weight, width: 5, decimals: 3)
    case (.odoo, 23): .init(kind: .price, width: 5, decimals: 2)
    case (.sweden, 20...22), (.norway, 20...22):
      .init(kind: .price, width: 4, decimals: 22 - prefix)
    case (.sweden, 23...25), (.norway, 23...25), (.finland, 23...25), (.estonia, 23...25),
      (.latvia, 23...25), (.lithuania, 23...25):
      .init(kind: .weight, width: 4, decimals: 26 - prefix)
    case (.denmark, 21...24): .init(kind: .price, width: 6, decimals: 2)
    case (.denmark, 26), (.denmark, 28): .init(kind: .weight, width: 6, decimals: 3)
    case (.denmark, 27): .init(kind: .weight, width: 5, decimals: 3)
    case (.germany, 22...23): .init(kind: .price, width: 5, decimals: 2, hasCheckDigit: true)
    case (.germany, 25...26): .init(kind: .count, width: 5, decimals: 0, hasCheckDigit: true)
    case (.germany, 28...29): .init(kind: .weight, width: 5, decimals: 3, hasCheckDigit: true)
    case (.britain, 20): .init(kind: .price, width: 4, decimals: 2, hasCheckDigit: true)
    default: nil
    }
  }

  /// ISO 4217 letters of the currency that prices are in; nil where none are encoded.
  var currency: String? {
    switch self {
    case .sweden: "SEK"
    case .norway: "NOK"
    case .denmark: "DKK"
    case .germany: "EUR"
    case .britain: "GBP"
    case .odoo, .finland, .estonia, .latvia, .lithuania: nil
    }
  }
}

/// The check digit over an amount of four or five digits (General Specifications 7.9.2 to 7.9.4).
enum PriceCheck {
  private static let two: [UInt8] = [0, 2, 4, 6, 8, 9, 1, 3, 5, 7]
  private static let three: [UInt8] = [0, 3, 6, 9, 2, 5, 8, 1, 4, 7]
  private static let fivePlus: [UInt8] = [0, 5, 1, 6, 2, 7, 3, 8, 4, 9]
  private static let fiveMinus: [UInt8] = [0, 5, 9, 4, 8, 3, 7, 2, 6, 1]

  static func digit(_ amount: ArraySlice<UInt8>) -> UInt8 {
    let weights =
      amount.count == 4
      ? [two, two, three, fiveMinus] : [fivePlus, two, fiveMinus, fivePlus, two]
    let sum = zip(amount, weights).reduce(0) { $0 + Int($1.1[Int($1.0 &- 0x30) % 10]) }
    if amount.count == 4 { return UInt8(sum * 3 % 10) + 0x30 }
    let rest = UInt8((10 - sum % 10) % 10)
    return UInt8(fiveMinus.firstIndex(of: rest) ?? 0) + 0x30
  }
}
