/// Durations such as `500ms`, `3s`, `10m`, `2h`, `1d`: a whole number and a unit.
enum DurationText {
  private static let units: [(name: String, milliseconds: Int64)] = [
    ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
  ]

  static func parse(_ text: String) -> Duration? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let unit = text.dropFirst(digits.count)
    guard digits.utf8.count <= 9, let number = Int64(digits),
      let scale = units.first(where: { $0.name == unit })?.milliseconds
    else { return nil }
    return .milliseconds(number * scale)
  }

  /// The shortest spelling.
  static func text(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
    for unit in units where milliseconds.isMultiple(of: unit.milliseconds) && milliseconds > 0 {
      return "\(milliseconds / unit.milliseconds)\(unit.name)"
    }
    return "0s"
  }
}
