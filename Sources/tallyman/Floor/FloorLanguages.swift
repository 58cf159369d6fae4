internal import Configuration
internal import Floor

/// The languages in which the stations of a rehearsal are answered.
struct FloorLanguages {
  /// The code that was asked for, for all stations.
  let fixed: String?
  /// The configuration of the box; nil in the demo.
  let settings: Settings?
  private var known: [String: Language] = [:]

  init(fixed: String?, settings: Settings?) {
    self.fixed = fixed
    self.settings = settings
  }

  /// The language of a station.
  mutating func language(of station: String) throws -> Language {
    let own = settings?.stations.first { $0.name == station }?.language
    let code = fixed ?? own ?? settings?.floor.language ?? Language.englishCode
    if let language = known[code] { return language }
    do throws(ConfigurationError) {
      let directory = settings?.floor.languageDirectory
      let language = try Language.load(
        code,
        from: (directory.map { [$0] } ?? []) + ["languages"],
        using: .process
      )
      known[code] = language
      return language
    } catch {
      throw Problem(error.description, exit: .configuration)
    }
  }
}
