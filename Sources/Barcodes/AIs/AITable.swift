/// All Application Identifiers, found by the digits that a value starts with.
///
/// Each line of the tables reads `AIs;format;companions;exclusions;query;key;name`. The format is
/// that of the General Specifications (`N14`, `X..20`, optional parts in brackets) with the rules
/// for the content behind dots. Companions: one of each group (groups by blanks, choices by commas,
/// `+` for several together). `query`: allowed as an attribute in a Digital Link; `key`: its primary
/// key, with the qualifiers in their order.
struct AITable: Sendable {
  static let shared = AITable(lines: [identification, measures, trade, use])

  /// Length of AI and value together of the AIs that need no FNC1, by their first two digits;
  /// 0 for all others (General Specifications, figure 7.8.5-2).
  static let predefinedLengths: [Int] = {
    var lengths = [Int](repeating: 0, count: 100)
    lengths[0] = 20
    for prefix in 1...3 { lengths[prefix] = 16 }
    lengths[4] = 18
    for prefix in 11...19 { lengths[prefix] = 8 }
    lengths[20] = 4
    for prefix in 31...36 { lengths[prefix] = 10 }
    lengths[41] = 16
    return lengths
  }()

  let all: [ApplicationIdentifier]
  /// Position in `all` plus one, by the AI's digits; zero if it is not assigned.
  ///
  /// AIs of two digits stand from 0 on, those of three from 100, those of four from 1,100.
  private let places: [UInt16]
  /// How many digits an AI has, by its first two; 0 if none begins so.
  private let widths: [UInt8]

  init(lines tables: [String]) {
    var all: [ApplicationIdentifier] = []
    for table in tables {
      for line in table.split(separator: "\n") { all += Self.identifiers(line) }
    }
    all.sort { $0.code < $1.code }
    var places = [UInt16](repeating: 0, count: 11_100)
    var widths = [UInt8](repeating: 0, count: 100)
    for (index, identifier) in all.enumerated() {
      let width = identifier.code.utf8.count
      places[Self.offset(width) + identifier.number] = UInt16(index + 1)
      widths[Int(identifier.code.prefix(2)) ?? 0] = UInt8(width)
    }
    self.all = all
    self.places = places
    self.widths = widths
  }

  private static func offset(_ width: Int) -> Int { width == 2 ? 0 : width == 3 ? 100 : 1100 }

  /// The AI that the bytes from `start` on begin with; nil if no assigned one does.
  func identifier(in bytes: [UInt8], at start: Int) -> ApplicationIdentifier? {
    guard start + 2 <= bytes.count, let prefix = Self.number(bytes, start, start + 2) else {
      return nil
    }
    let width = Int(widths[prefix])
    guard width > 0, start + width <= bytes.count,
      let number = Self.number(bytes, start, start + width)
    else { return nil }
    let place = places[Self.offset(width) + number]
    return place == 0 ? nil : all[Int(place) - 1]
  }

  /// The AI whose digits are exactly these.
  func identifier(_ digits: ArraySlice<UInt8>) -> ApplicationIdentifier? {
    guard (2...4).contains(digits.count) else { return nil }
    let found = identifier(in: Array(digits), at: 0)
    return found?.code.utf8.count == digits.count ? found : nil
  }

  private static func number(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int? {
    var number = 0
    for index in start..<end {
      let digit = bytes[index] &- 0x30
      guard digit < 10 else { return nil }
      number = number &* 10 &+ Int(digit)
    }
    return number
  }
}
