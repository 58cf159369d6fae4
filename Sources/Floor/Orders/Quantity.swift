/// A count, weight or other measure as a whole number of millionths.
///
/// Fixed point, so that sums are exact and comparisons mean what they say. Odoo keeps quantities
/// with 2 to 6 decimals (`fields_get` digits), which this holds up to 9 × 10¹² units.
public struct Quantity: Hashable, Comparable, Sendable {
  /// The value in millionths of the unit.
  public var millionths: Int64

  /// A quantity of `millionths` millionths.
  public init(millionths: Int64) { self.millionths = millionths }

  /// A whole number of units.
  public init(_ units: Int) { millionths = Int64(units) * Self.scale }

  /// Nothing.
  public static let zero = Quantity(millionths: 0)
  /// One unit.
  public static let one = Quantity(1)
  /// The largest quantity that input may carry: a billion units.
  public static let limit = Quantity(1_000_000_000)

  private static let scale: Int64 = 1_000_000

  /// Reads a decimal such as `12`, `-0.5`, `1.250` or `1e3`.
  ///
  /// Digits past the sixth decimal are rounded half away from zero. Nil for anything else, and
  /// beyond `limit`.
  public init?(_ text: String) {
    var rest = text.utf8[...]
    let negative = rest.first == UInt8(ascii: "-")
    if negative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    var digits: [UInt8] = []
    var decimals = 0
    var seenPoint = false
    var exponent = 0
    while let byte = rest.popFirst() {
      switch byte {
      case 0x30...0x39:
        guard digits.count < 40 else { return nil }
        digits.append(byte - 0x30)
        if seenPoint { decimals += 1 }
      case UInt8(ascii: "."):
        guard !seenPoint else { return nil }
        seenPoint = true
      case UInt8(ascii: "e"), UInt8(ascii: "E"):
        guard !digits.isEmpty, let value = Int(Substring(rest)), abs(value) <= 40 else {
          return nil
        }
        exponent = value
        rest = rest[rest.endIndex...]
      default: return nil
      }
    }
    guard !digits.isEmpty else { return nil }
    let shift = exponent - decimals + 6
    var value: Int64 = 0
    for digit in shift < 0 ? digits.dropLast(min(-shift, digits.count)) : digits[...] {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      guard !overflow, product <= Int64.max - 9 else { return nil }
      value = product + Int64(digit)
    }
    if shift < 0 {
      let dropped = digits.count + shift
      if dropped >= 0, dropped < digits.count, digits[dropped] >= 5 { value += 1 }
    }
    for _ in 0..<max(0, shift) {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      value = product
    }
    guard value <= Self.limit.millionths else { return nil }
    millionths = negative ? -value : value
  }

  /// The sum.
  public static func + (a: Quantity, b: Quantity) -> Quantity {
    Quantity(millionths: a.millionths &+ b.millionths)
  }
  /// The difference.
  public static func - (a: Quantity, b: Quantity) -> Quantity {
    Quantity(millionths: a.millionths &- b.millionths)
  }
  /// Adds in place.
  public static func += (a: inout Quantity, b: Quantity) { a = a + b }
  /// Subtracts in place.
  public static func -= (a: inout Quantity, b: Quantity) { a = a - b }
  /// Smaller.
  public static func < (a: Quantity, b: Quantity) -> Bool { a.millionths < b.millionths }

  /// The product of two plain numbers, such as packagings and their content.
  public func times(_ other: Quantity) -> Quantity {
    scaled(by: other.millionths, over: Self.scale)
  }

  /// The nearest multiple of `step`, half away from zero as Odoo rounds (`HALF-UP`); the quantity
  /// itself where `step` is not positive.
  public func rounded(to step: Quantity) -> Quantity {
    guard step > .zero else { return self }
    let steps = Quantity(millionths: millionths).scaled(by: 1, over: step.millionths)
    return Quantity(millionths: steps.millionths * step.millionths)
  }

  /// The quantity times `numerator / denominator`, rounded half away from zero.
  ///
  /// At most the limit either way. The denominator is positive.
  public func scaled(by numerator: Int64, over denominator: Int64) -> Quantity {
    let isNegative = (millionths < 0) != (numerator < 0)
    let divisor = denominator.magnitude
    let product = millionths.magnitude.multipliedFullWidth(by: numerator.magnitude)
    // A poison event may multiply the largest numbers of all its fields: that must not trap.
    guard product.high < divisor else { return isNegative ? .zero - .limit : .limit }
    let (quotient, remainder) = divisor.dividingFullWidth(product)
    let half: UInt64 = remainder >= divisor - remainder ? 1 : 0
    let magnitude = Int64(min(quotient, Self.limit.millionths.magnitude - half) + half)
    return Quantity(millionths: isNegative ? -magnitude : magnitude)
  }
}

extension Quantity: CustomStringConvertible {
  /// The shortest decimal text, such as `12` or `0.25`.
  public var description: String {
    let magnitude = millionths.magnitude
    let sign = millionths < 0 ? "-" : ""
    let whole = magnitude / 1_000_000
    let part = magnitude % 1_000_000
    guard part > 0 else { return "\(sign)\(whole)" }
    var digits = String(part)
    while digits.utf8.count < 6 { digits = "0" + digits }
    while digits.hasSuffix("0") { digits.removeLast() }
    return "\(sign)\(whole).\(digits)"
  }
}
