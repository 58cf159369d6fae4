import Testing

@testable import Configuration

/// The example is the reference of all keys, so it must not lag behind.
struct ExampleTests {
  private let machine = FakeMachine()

  private func example() throws -> [String] {
    try Repository.text("config/tallyman.example.toml")
      .split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
  }

  /// Takes the mark off commented lines that begin with it.
  private func uncommenting(_ marks: [String], _ lines: [String]) -> String {
    lines.map { line in
      guard let mark = marks.first(where: { line.hasPrefix($0) }) else { return line }
      let rest = line.dropFirst(mark.count)
      let begins = rest.first.map { $0.isLetter || $0 == "[" } ?? false
      return begins ? String(rest) : line
    }.joined(separator: "\n")
  }

  @Test func commentedDefaultsAreTheDefaults() throws {
    let lines = try example()
    let plain = try machine.parse(lines.joined(separator: "\n"))
    let uncommented = uncommenting(["#"], lines)
    #expect(uncommented.contains("\nkeep_alive = \"30s\""))
    #expect(try machine.parse(uncommented) == plain)
  }

  @Test func defaultsAreThoseOfAnEmptyFile() throws {
    var plain = try machine.parse(try example().joined(separator: "\n"))
    #expect(plain.odoo != nil)
    plain.odoo = nil
    #expect(plain == (try machine.parse("")))
  }

  @Test func explainsEveryKeyAndExamplesAreValid() throws {
    let all = uncommenting(["# Example: ", "#"], try example())
      .replacing(
        "enabled = [\"tallyman\"]",
        with: "enabled = [\"tallyman\", \"raw-text\", \"tasmota-lamp\"]"
      )
      .replacing("tls = false", with: "tls = true")
    let document = try Document.parse(Array(all.utf8), file: "/etc/tallyman/tallyman.toml")
    let reader = SettingsReader(document, machine.surroundings)
    _ = try reader.settings()
    let written = Set(paths(of: document.root, in: ""))
    let missing = reader.report.known.filter { !written.contains($0) && !$0.isEmpty }
    #expect(missing.isEmpty, "the example does not show \(missing.sorted())")
    #expect(reader.report.known.count > 50)
  }

  private func paths(of table: [String: Node], in path: String) -> [String] {
    table.flatMap { key, node in
      let own = path.isEmpty ? key : "\(path).\(key)"
      switch node {
      case .table(let members): return [own] + paths(of: members, in: own)
      case .list(let elements):
        return [own]
          + elements.flatMap { element -> [String] in
            guard case .table(let members) = element else { return [] }
            return paths(of: members, in: "\(own)[]")
          }
      default: return [own]
      }
    }
  }
}
