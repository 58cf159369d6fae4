/// A decimal number as digits and a scale, so that 0.1 kg stays 0.1 kg.
///
/// `12.340` has the coefficient 12340 and the scale 3. Two numbers are equal if they mean the same
/// amount, however many zeros they were written with.
public struct ScaledDecimal: Hashable, Sendable, CustomStringConvertible {
  /// All digits as a whole number.
  public let coefficient: Int64
  /// How many of the digits come after the decimal point, 0 to 18.
  public let scale: Int

  /// `coefficient` divided by ten to the power of `scale`.
  public init(coefficient: Int64, scale: Int) {
    self.coefficient = coefficient
    self.scale = min(18, max(0, scale))
  }

  /// The digits with the decimal point moved in by `scale`; nil for other characters or more than
  /// 18 digits.
  init?(digits: some StringProtocol, scale: Int) {
    guard let number = ContentRule.number(ArraySlice(digits.utf8)), scale <= 18 else { return nil }
    self.init(coefficient: Int64(number), scale: scale)
  }

  /// The number with all digits it was written with, such as `12.340`.
  public var description: String {
    guard scale > 0 else { return String(coefficient) }
    let digits = CalendarDate.padded(Int(coefficient.magnitude), scale + 1)
    return (coefficient < 0 ? "-" : "") + digits.dropLast(scale) + "." + digits.suffix(scale)
  }

  /// The same amount without zeros at the end.
  public var reduced: ScaledDecimal {
    var number = coefficient
    var places = scale
    while places > 0, number.isMultiple(of: 10) {
      number /= 10
      places -= 1
    }
    return ScaledDecimal(coefficient: number, scale: places)
  }

  /// The whole number, if there is nothing behind the decimal point.
  public var whole: Int64? { reduced.scale == 0 ? reduced.coefficient : nil }

  /// Equal amounts are equal.
  public static func == (left: ScaledDecimal, right: ScaledDecimal) -> Bool {
    let (first, second) = (left.reduced, right.reduced)
    return first.coefficient == second.coefficient && first.scale == second.scale
  }

  /// Equal amounts hash alike.
  public func hash(into hasher: inout Hasher) {
    let number = reduced
    hasher.combine(number.coefficient)
    hasher.combine(number.scale)
  }
}
