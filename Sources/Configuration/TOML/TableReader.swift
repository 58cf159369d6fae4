/// Reads one table key by key; what was not asked for is refused at the end.
final class TableReader {
  let path: String
  let report: Report
  private let members: [String: Node]
  private var asked: [String] = []

  init(_ members: [String: Node], path: String, report: Report) {
    self.members = members
    self.path = path
    self.report = report
  }

  func path(of key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  /// All keys that the file gives.
  var keys: [String] { members.keys.sorted() }

  func has(_ key: String) -> Bool { members[key] != nil }

  func node(_ key: String) -> Node? {
    asked.append(key)
    report.noteKnown(path(of: key))
    return members[key]
  }

  func fail(_ key: String, _ message: String) { report.add(message, at: path(of: key)) }

  /// Reports a value that is not what was expected.
  func mismatch(_ key: String, expected: String, found: Node) {
    fail(key, "expected \(expected), found \(found.shown)")
  }

  /// Refuses every key that nobody asked for.
  func finish() {
    for key in keys where !asked.contains(key) {
      let others = asked.filter { !members.keys.contains($0) }
      let hint = NearestName.of(key, among: others).map { "; did you mean \($0)?" }
      let known = asked.isEmpty ? "no keys" : "one of \(asked.sorted().joined(separator: ", "))"
      fail(key, "unknown key\(hint ?? "; expected \(known)")")
    }
  }
}

extension TableReader {
  /// A text; nil if the key is absent or wrong, which is then reported.
  func text(
    _ key: String,
    expected: String = "text",
    where fits: (String) -> Bool = { !$0.isEmpty }
  ) -> String? {
    guard let node = node(key) else { return nil }
    guard case .text(let text) = node, fits(text) else {
      mismatch(key, expected: expected, found: node)
      return nil
    }
    return text
  }

  /// A text that must be there.
  func requiredText(
    _ key: String,
    expected: String = "text",
    where fits: (String) -> Bool = { !$0.isEmpty }
  ) -> String {
    if !has(key) { fail(key, "is missing; expected \(expected)") }
    return text(key, expected: expected, where: fits) ?? ""
  }

  func flag(_ key: String) -> Bool? {
    guard let node = node(key) else { return nil }
    guard case .flag(let value) = node else {
      mismatch(key, expected: "true or false without quotes", found: node)
      return nil
    }
    return value
  }

  func integer(_ key: String, in range: ClosedRange<Int>, default value: Int) -> Int {
    guard let node = node(key) else { return value }
    guard case .integer(let number) = node, range.contains(number) else {
      let bounds = "\(range.lowerBound) to \(range.upperBound)"
      mismatch(key, expected: "a whole number from \(bounds)", found: node)
      return value
    }
    return number
  }

  func duration(
    _ key: String,
    in range: ClosedRange<Duration>,
    default value: Duration
  ) -> Duration {
    guard let node = node(key) else { return value }
    guard case .text(let text) = node, let duration = DurationText.parse(text),
      range.contains(duration)
    else {
      let bounds =
        "\(DurationText.text(range.lowerBound)) to \(DurationText.text(range.upperBound))"
      mismatch(
        key,
        expected: "a duration from \(bounds) in quotes, such as \"\(DurationText.text(value))\"",
        found: node
      )
      return value
    }
    return duration
  }

  /// Bytes.
  func size(_ key: String, in range: ClosedRange<Int>, default value: Int) -> Int {
    guard let node = node(key) else { return value }
    guard case .text(let text) = node, let size = SizeText.parse(text), range.contains(size) else {
      let bounds = "\(SizeText.text(range.lowerBound)) to \(SizeText.text(range.upperBound))"
      mismatch(
        key,
        expected: "a size from \(bounds) in quotes, such as \"\(SizeText.text(value))\"",
        found: node
      )
      return value
    }
    return size
  }

  func choice<T: RawRepresentable & CaseIterable>(_ key: String, _ type: T.Type = T.self) -> T?
  where T.RawValue == String {
    guard let node = node(key) else { return nil }
    guard case .text(let text) = node, let value = T(rawValue: text) else {
      let names = T.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
      mismatch(key, expected: "one of \(names)", found: node)
      return nil
    }
    return value
  }

  func texts(
    _ key: String,
    expected: String,
    where fits: (String) -> Bool = { !$0.isEmpty }
  ) -> [String]? {
    guard let node = node(key) else { return nil }
    guard case .list(let elements) = node else {
      mismatch(key, expected: "a list of \(expected)", found: node)
      return nil
    }
    var texts: [String] = []
    for (index, element) in elements.enumerated() {
      if case .text(let text) = element, fits(text) {
        texts.append(text)
      } else {
        mismatch("\(key)[\(index)]", expected: expected, found: element)
      }
    }
    return texts
  }

  /// A table; nil where absent.
  func table(_ key: String) -> TableReader? {
    guard let node = node(key) else { return nil }
    guard case .table(let members) = node else {
      mismatch(key, expected: "a table [\(path(of: key))]", found: node)
      return nil
    }
    return TableReader(members, path: path(of: key), report: report)
  }

  /// A table that is empty where absent, so that its keys are known all the same.
  func tableOrEmpty(_ key: String) -> TableReader {
    table(key) ?? TableReader([:], path: path(of: key), report: report)
  }

  /// The tables of `[[key]]`.
  func tables(_ key: String) -> [TableReader] {
    guard let node = node(key) else { return [] }
    guard case .list(let elements) = node else {
      mismatch(key, expected: "tables [[\(path(of: key))]]", found: node)
      return []
    }
    var tables: [TableReader] = []
    for (index, element) in elements.enumerated() {
      if case .table(let members) = element {
        let path = "\(path(of: key))[\(index)]"
        tables.append(TableReader(members, path: path, report: report))
      } else {
        mismatch("\(key)[\(index)]", expected: "a table [[\(path(of: key))]]", found: element)
      }
    }
    return tables
  }
}
