internal import Floor

/// Values without a default: nil where the key is absent or wrong, which is then reported.
extension TableReader {
  func optionalInteger(_ key: String, in range: ClosedRange<Int>) -> Int? {
    has(key) ? integer(key, in: range, default: range.lowerBound) : known(key)
  }

  func optionalDuration(_ key: String, in range: ClosedRange<Duration>) -> Duration? {
    has(key) ? duration(key, in: range, default: range.lowerBound) : known(key)
  }

  /// A number with up to six decimals.
  func decimal(_ key: String, in range: ClosedRange<Int>, unit: String) -> Quantity? {
    guard let node = node(key) else { return nil }
    let quantity: Quantity? =
      switch node {
      case .integer(let value): range.contains(value) ? Quantity(value) : nil
      case .decimal(let value): value.isFinite ? Quantity("\(value)") : nil
      default: nil
      }
    guard let quantity, quantity >= Quantity(range.lowerBound),
      quantity <= Quantity(range.upperBound)
    else {
      let bounds = "\(range.lowerBound) to \(range.upperBound)"
      mismatch(key, expected: "\(unit) from \(bounds), without quotes", found: node)
      return nil
    }
    return quantity
  }

  /// Notes a key that is absent.
  private func known<Value>(_ key: String) -> Value? {
    _ = node(key)
    return nil
  }
}
