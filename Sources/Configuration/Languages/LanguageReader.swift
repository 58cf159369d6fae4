internal import Floor

/// Makes a language of its TOML file.
struct LanguageReader {
  private let root: TableReader
  private let report: Report

  init(_ document: Document) {
    report = Report(document)
    root = TableReader(document.root, path: "", report: report)
  }

  private enum Separator: String, CaseIterable {
    case point = "."
    case comma = ","
  }

  func language(called code: String) throws(ConfigurationError) -> Language {
    let written = root.requiredText("language", expected: "\"\(code)\", the name of the file")
    if !written.isEmpty, written != code {
      root.fail("language", "expected \"\(code)\", the name of the file, found \"\(written)\"")
    }
    if !root.has("decimal_separator") {
      root.fail("decimal_separator", "is missing; expected \".\" or \",\"")
    }
    let separator = root.choice("decimal_separator", Separator.self) ?? .point
    let texts = texts()
    root.finish()
    try report.finish()
    return Language(code: code, decimalSeparator: separator.rawValue, texts: texts)
  }

  private func texts() -> [Phrase: String] {
    if !root.has("sentences") { root.fail("sentences", "is missing; expected [sentences]") }
    let table = root.tableOrEmpty("sentences")
    var texts: [Phrase: String] = [:]
    for key in table.keys {
      guard let phrase = Phrase(key: key) else {
        _ = table.node(key)
        let hint = NearestName.of(key, among: Phrase.allCases.map(\.key))
        table.fail(
          key,
          "is no sentence of this version"
            + (hint.map { "; did you mean \($0)?" } ?? "; remove it, en.toml has them all")
        )
        continue
      }
      guard let text = table.text(key) else { continue }
      if let fault = Language.fault(of: text, for: phrase) {
        table.fail(key, fault)
      } else {
        texts[phrase] = text
      }
    }
    table.finish()
    return texts
  }
}

/// Codes of languages: also the names of their files.
enum LanguageCode {
  static let expectation =
    "a language code of 2 to 8 lower-case letters, digits and -, such as \"de\""

  static func isValid(_ code: String) -> Bool {
    (2...8).contains(code.utf8.count)
      && code.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x61...0x7A, UInt8(ascii: "-"): true
        default: false
        }
      }
  }
}
