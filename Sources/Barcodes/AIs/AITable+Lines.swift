extension AITable {
  /// A line of the table, read.
  struct Fields {
    let name: String
    let format: String
    let parts: [ApplicationIdentifier.Part]
    let companions: [[[AIPattern]]]
    let excluded: [AIPattern]
    let isLinkAttribute: Bool
    let linkQualifiers: [[String]]?
  }

  /// The AIs of a line; `3100-3105` stands for six.
  static func identifiers(_ line: Substring) -> [ApplicationIdentifier] {
    let columns = line.split(separator: ";", omittingEmptySubsequences: false)
    guard columns.count == 7 else { return [] }
    let fields = Fields(
      name: String(columns[6]),
      format: String(columns[1]),
      parts: columns[1].split(separator: " ").flatMap(parts),
      companions: columns[2].split(separator: " ").map { group in
        group.split(separator: ",").map { $0.split(separator: "+").map(AIPattern.init) }
      },
      excluded: columns[3].split(separator: ",").map(AIPattern.init),
      isLinkAttribute: !columns[4].isEmpty,
      linkQualifiers: qualifiers(columns[5])
    )
    let ends = columns[0].split(separator: "-")
    guard let first = ends.first, let low = Int(first), let last = ends.last, let high = Int(last)
    else { return [] }
    return (low...high).map { number in
      let digits = String(number)
      let zeros = String(repeating: "0", count: max(0, first.utf8.count - digits.utf8.count))
      return ApplicationIdentifier(code: zeros + digits, fields: fields)
    }
  }

  private static func qualifiers(_ column: Substring) -> [[String]]? {
    let words = column.split(separator: " ").filter { $0 != "or" }
    guard words.first == "key" else { return nil }
    return words.dropFirst().map { $0.split(separator: ",").map(String.init) }
  }

  /// One part such as `N6`, `X..20`, `[X..17]` or `4*[N3]`, with rules behind dots.
  private static func parts(_ text: Substring) -> [ApplicationIdentifier.Part] {
    var rest = text
    var count = 1
    if let star = rest.firstIndex(of: "*") {
      count = Int(rest[..<star]) ?? 1
      rest = rest[rest.index(after: star)...]
    }
    let isOptional = rest.first == "["
    rest.removeAll { $0 == "[" || $0 == "]" }
    let isVariable = rest.contains("..")
    let words = rest.split(separator: ".")
    guard let kind = rest.first else { return [] }
    let length = words[0].dropFirst().isEmpty ? words[1] : words[0].dropFirst()
    let maximum = Int(length) ?? 0
    let part = ApplicationIdentifier.Part(
      characters: characters(kind),
      minimum: isVariable ? 1 : maximum,
      maximum: maximum,
      isOptional: isOptional,
      rules: words.compactMap { ContentRule(rawValue: String($0)) }
        + (kind == "Z" ? [.base64] : [])
    )
    return Array(repeating: part, count: count)
  }

  private static func characters(_ kind: Character) -> UInt8 {
    switch kind {
    case "N": CharacterSets.digit
    case "Y": CharacterSets.cset39
    case "Z": CharacterSets.base64
    default: CharacterSets.cset82
    }
  }
}
