/// Collects what is wrong with one file.
final class Report {
  let document: Document
  private(set) var problems: [ConfigurationError.Problem] = []
  /// The path of every key that was asked for, with `[]` for the index of a list.
  private(set) var known: Set<String> = []

  init(_ document: Document) { self.document = document }

  func add(_ message: String, at key: String? = nil) {
    problems.append(
      ConfigurationError.Problem(
        file: document.file,
        line: key.flatMap { document.lines[$0] },
        key: key,
        message: message
      )
    )
  }

  func noteKnown(_ path: String) {
    var out = ""
    var inIndex = false
    for character in path {
      if character == "[" { inIndex = true }
      if !inIndex || character == "[" || character == "]" { out.append(character) }
      if character == "]" { inIndex = false }
    }
    known.insert(out)
  }

  func finish() throws(ConfigurationError) {
    if !problems.isEmpty { throw ConfigurationError(problems) }
  }
}
