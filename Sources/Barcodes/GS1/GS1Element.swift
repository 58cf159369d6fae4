/// One element of a GS1 code: an AI and its value.
public struct GS1Element: Hashable, Sendable {
  /// The AI and what is known about it.
  public let identifier: ApplicationIdentifier
  /// The value as it was encoded, without AI and separator.
  public let value: String
  /// Where the value begins: bytes from the start of the text.
  public let position: Int

  /// The AI's digits, such as `01`.
  public var ai: String { identifier.code }

  /// The value as a decimal number in the AI's unit, without rounding.
  ///
  /// Nil for AIs that carry none. The three digits of a currency (391n, 393n) do not count.
  public var decimal: ScaledDecimal? {
    guard let decimals = identifier.decimals else { return nil }
    return ScaledDecimal(digits: currency == nil ? value[...] : value.dropFirst(3), scale: decimals)
  }

  /// The ISO 4217 number of the currency of an amount or price (391n, 393n).
  public var currency: String? {
    identifier.number / 10 == 391 || identifier.number / 10 == 393 ? String(value.prefix(3)) : nil
  }

  /// The date that the value begins with; nil for AIs that carry none.
  ///
  /// The century is the one closest to `year`; day 00 means the last day of the month.
  public func date(seenFrom year: Int) -> CalendarDate? {
    guard identifier.startsWithDate, let part = identifier.parts.first else { return nil }
    return Dates.date(ArraySlice(value.utf8.prefix(part.maximum)), seenFrom: year)
  }

  /// Two elements are the same if AI and value are, wherever they stood.
  public static func == (left: GS1Element, right: GS1Element) -> Bool {
    left.identifier === right.identifier && left.value == right.value
  }

  /// Hashes AI and value.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(identifier.code)
    hasher.combine(value)
  }
}
