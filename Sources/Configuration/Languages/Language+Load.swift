public import Floor

extension Language {
  /// Reads the language of a code from the first directory that has a file of it.
  ///
  /// English is built in and needs no file.
  ///
  /// - Parameter directories: Where to look before the directory of an installation.
  public static func load(
    _ code: String,
    from directories: [String],
    using surroundings: Surroundings
  ) throws(ConfigurationError) -> Language {
    let all = directories + [Defaults.languageDirectory]
    let files = all.map { "\($0)/\(code).toml" }
    guard LanguageCode.isValid(code),
      let file = files.first(where: { surroundings.status($0) != nil })
    else {
      if code == englishCode { return .english }
      throw ConfigurationError([
        ConfigurationError.Problem(
          file: files.first ?? code,
          message: "there is no language \"\(code)\" in \(all.joined(separator: ", ")); expected"
            + " \(LanguageCode.expectation)"
        )
      ])
    }
    return try LanguageReader(try Document.read(file, surroundings)).language(called: code)
  }
}
