internal import Floor
internal import Odoo

/// Supervisors, and the numbers of new packages.
extension SettingsReader {
  func supervisors() -> [Settings.Supervisor] {
    var found: [Settings.Supervisor] = []
    for table in root.tables("supervisor") {
      let name = table.requiredText("name", expected: "the supervisor's name") {
        (1...64).contains($0.utf8.count) && $0.utf8.allSatisfy { $0 >= 0x20 }
      }
      let badge = Secret(badge(table))
      if !badge.isEmpty, let owner = found.first(where: { $0.badge == badge }) {
        // The code itself is in no message: whoever knows it can make a badge.
        table.fail("badge", "is that of \(owner.name), too; give each a code of their own")
      }
      table.finish()
      found.append(Settings.Supervisor(name: name, badge: badge))
    }
    for key in ["name", "badge"] { report.noteKnown("supervisor[].\(key)") }
    return found
  }

  private func badge(_ table: TableReader) -> String {
    let expected = "the code on the badge, 6 to 64 characters without blanks"
    guard let node = table.node("badge") else {
      table.fail("badge", "is missing; expected \(expected)")
      return ""
    }
    guard case .text(let text) = node, (6...64).contains(text.utf8.count),
      text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
    else {
      table.fail("badge", "is not shown here; expected \(expected)")
      return ""
    }
    return text
  }

  func packageNumbers() -> SSCCRange? {
    let table = root.tableOrEmpty("packages")
    defer { table.finish() }
    let prefix = table.text("sscc_prefix", expected: "a GS1 company prefix of 4 to 12 digits") {
      (4...12).contains($0.utf8.count) && $0.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
    let digit = table.integer("sscc_extension", in: 0...9, default: 0)
    var whole = 1
    for _ in 0..<(16 - (prefix?.utf8.count ?? 4)) { whole *= 10 }
    let first = table.integer("sscc_first", in: 0...(whole - 1), default: 0)
    let last = table.optionalInteger("sscc_last", in: 0...(whole - 1))
    guard let prefix else {
      for key in ["sscc_extension", "sscc_first", "sscc_last"]
      where table.has(key) && !table.has("sscc_prefix") {
        table.fail(key, "needs sscc_prefix beside it: add it")
      }
      return nil
    }
    if let last, last < first { table.fail("sscc_last", "is below sscc_first, \(first)") }
    return SSCCRange(
      extensionDigit: digit,
      companyPrefix: prefix,
      first: Int64(first),
      last: last.map { Int64($0) }
    )
  }
}
