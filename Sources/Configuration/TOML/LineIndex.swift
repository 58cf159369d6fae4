/// The lines on which keys stand.
///
/// The parser gives no positions of values, so headers and keys at the start of a line are found
/// by a scan of our own; a key inside an inline table has the line of the table.
struct LineIndex {
  private var lines: [String: Int] = [:]

  init(_ text: String) {
    var prefix = ""
    var counts: [String: Int] = [:]
    var open: String?
    let rows = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    for (number, row) in rows.enumerated() {
      if let delimiter = open {
        if row.contains(delimiter) { open = nil }
        continue
      }
      let line = row.drop { $0 == " " || $0 == "\t" }
      if line.hasPrefix("[[") {
        let name = Self.key(line.dropFirst(2), until: "]")
        prefix = "\(name)[\(counts[name, default: 0])]"
        counts[name, default: 0] += 1
        lines[prefix] = number + 1
      } else if line.hasPrefix("[") {
        prefix = Self.key(line.dropFirst(), until: "]")
        lines[prefix] = number + 1
      } else if !line.hasPrefix("#"), let equals = line.firstIndex(of: "=") {
        let name = Self.key(line[..<equals], until: "=")
        let path = prefix.isEmpty ? name : "\(prefix).\(name)"
        if lines[path] == nil { lines[path] = number + 1 }
        open = Self.opens(line[equals...])
      }
    }
  }

  /// The line of a path such as `station[1].devices`, or of the nearest table around it.
  subscript(path: String) -> Int? {
    var rest = path[...]
    while !rest.isEmpty {
      if let line = lines[String(rest)] { return line }
      guard let cut = rest.lastIndex(where: { $0 == "." || $0 == "[" }) else { return nil }
      rest = rest[..<cut]
    }
    return nil
  }

  /// A possibly quoted or dotted key without blanks and quotes.
  private static func key(_ text: Substring, until end: Character) -> String {
    String(text.prefix { $0 != end }.filter { $0 != " " && $0 != "\t" && $0 != "\"" && $0 != "'" })
  }

  /// The delimiter of a multi-line text that begins on this line and does not end on it.
  private static func opens(_ value: Substring) -> String? {
    for delimiter in ["\"\"\"", "'''"] where value.contains(delimiter) {
      let parts = value.split(separator: delimiter, omittingEmptySubsequences: false)
      if parts.count.isMultiple(of: 2) { return delimiter }
    }
    return nil
  }
}
