/// Sizes such as `512B`, `64KB`, `1MB`, `2GB`; one KB has 1,024 bytes.
enum SizeText {
  private static let units: [(name: String, bytes: Int)] = [
    ("TB", 1 << 40), ("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10), ("B", 1),
  ]

  static func parse(_ text: String) -> Int? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let unit = text.dropFirst(digits.count)
    guard digits.utf8.count <= 6, let number = Int(digits),
      let scale = units.first(where: { $0.name == unit })?.bytes
    else { return nil }
    return number * scale
  }

  /// The shortest spelling.
  static func text(_ bytes: Int) -> String {
    for unit in units where bytes.isMultiple(of: unit.bytes) && bytes > 0 {
      return "\(bytes / unit.bytes)\(unit.name)"
    }
    return "0B"
  }
}
