/// The units of weight that devices may send; converted exactly to kilograms.
public enum WeightUnit: String, CaseIterable, Sendable {
  case kg, g, lb, oz

  /// The unit of a text in any case, with `lbs` for `lb`.
  public init?(text: some StringProtocol) {
    guard text.utf8.count <= 4 else { return nil }
    let lower = text.lowercased()
    self.init(rawValue: lower == "lbs" ? "lb" : lower)
  }

  /// Heaviest load that is believed, in kilograms either way: an emptied scale reads below zero.
  public static let heaviest = Quantity(100_000)

  /// Kilograms of `value` units, rounded to the millionth; nil beyond `heaviest`.
  ///
  /// The international pound is 0.45359237 kg and has 16 ounces.
  public func kilograms(_ value: Quantity) -> Quantity? {
    let kilograms =
      switch self {
      case .kg: value
      case .g: value.scaled(by: 1, over: 1000)
      case .lb: value.scaled(by: 45_359_237, over: 100_000_000)
      case .oz: value.scaled(by: 45_359_237, over: 1_600_000_000)
      }
    return abs(kilograms.millionths) <= Self.heaviest.millionths ? kilograms : nil
  }

  static let expectation = "one of kg, g, lb, oz"
}
