internal import Floor

/// Makes a profile of its TOML file; `hardware/README.md` explains every key.
struct ProfileReader {
  let report: Report
  let root: TableReader
  let site: String
  private let given: [String: String]

  init(_ document: Document, site: String, variables: [String: String]) {
    report = Report(document)
    root = TableReader(document.root, path: "", report: report)
    self.site = site
    given = variables
  }

  func profile(called name: String) throws(ConfigurationError) -> Profile {
    let written = root.requiredText("name", expected: "\"\(name)\", the name of the file")
    if !written.isEmpty, written != name {
      root.fail("name", "expected \"\(name)\", the name of the file, found \"\(written)\"")
    }
    let filler = VariableFiller(variables(of: name), report: report)
    var rules: [Profile.Rule] = []
    for table in root.tables("rule") {
      rules += RuleReader(table: table, filler: filler, site: site).rules()
    }
    // A lamp is only answered.
    if !root.has("rule"), !root.has("feedback") {
      root.fail("rule", "is missing; expected at least one [[rule]] or [[feedback]]")
    }
    let feedback = root.tables("feedback").compactMap {
      FeedbackReader(table: $0, filler: filler, site: site).rule()
    }
    root.finish()
    try report.finish()
    return Profile(name: name, rules: rules, feedback: feedback)
  }

  /// The file's variables with the configuration's values.
  private func variables(of name: String) -> [String: String] {
    let table = root.tableOrEmpty("variables")
    var variables: [String: String] = [:]
    for key in table.keys {
      variables[key] = table.text(key, expected: "text", where: { $0.utf8.count <= 1000 })
    }
    for key in given.keys.sorted() {
      if variables[key] == nil {
        let hint = NearestName.of(key, among: table.keys).map { "; did you mean \($0)?" }
        let known = table.keys.isEmpty ? "none" : table.keys.joined(separator: ", ")
        report.add(
          "profiles.\(name).\(key) of the configuration is no variable of this profile"
            + (hint ?? "; it has \(known)")
        )
      }
      variables[key] = given[key]
    }
    return variables
  }
}

/// Puts variables into the texts of a profile: `$topic`.
struct VariableFiller {
  let variables: [String: String]
  let report: Report

  init(_ variables: [String: String], report: Report) {
    self.variables = variables
    self.report = report
  }

  /// The text with each `$name` replaced; nil where that fails, which is then reported.
  func filled(_ text: String, at path: String) -> String? {
    guard text.contains("$") else { return text }
    var out = ""
    var rest = text[...]
    while let dollar = rest.firstIndex(of: "$") {
      out += rest[..<dollar]
      let after = rest[rest.index(after: dollar)...]
      let name = after.prefix { $0 == "_" || ($0.isASCII && $0.isLowercase) }
      guard let value = variables[String(name)] else {
        report.add("expected one of the profile's [variables], found \"$\(name)\"", at: path)
        return nil
      }
      out += value
      rest = after[name.endIndex...]
    }
    return out + rest
  }
}
