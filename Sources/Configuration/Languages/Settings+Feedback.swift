public import Floor

extension Settings {
  /// Reads and checks the languages in use, and says how each device is answered.
  ///
  /// English is built in and needs no file.
  ///
  /// - Parameter profiles: The enabled profiles, as `loadProfiles` read them.
  public func loadFeedback(
    _ profiles: Profiles,
    using surroundings: Surroundings
  ) throws(ConfigurationError) -> FeedbackPlan {
    var problems: [ConfigurationError.Problem] = []
    var languages: [String: Language] = [:]
    for code in Set([floor.language] + stations.compactMap(\.language)).sorted() {
      do throws(ConfigurationError) {
        languages[code] = try language(code, surroundings)
      } catch {
        problems += error.problems
      }
    }
    for station in stations {
      guard let lamp = station.lamp, profiles.named(lamp.profile)?.feedback.isEmpty != false
      else { continue }
      problems.append(
        ConfigurationError.Problem(
          file: self.profiles.directory,
          message: "profile \"\(lamp.profile)\" has no [[feedback]], so the lamp of station"
            + " \"\(station.name)\" would stay dark; name a profile that has some"
        )
      )
    }
    guard problems.isEmpty else { throw ConfigurationError(problems) }
    let standard = languages[floor.language] ?? .english
    return FeedbackPlan(
      profiles: profiles,
      standard: FeedbackPlan.Place(language: standard),
      places: places(languages, standard)
    )
  }

  private func places(
    _ languages: [String: Language],
    _ standard: Language
  ) -> [String: FeedbackPlan.Place] {
    var places: [String: FeedbackPlan.Place] = [:]
    for station in stations {
      let place = FeedbackPlan.Place(
        language: station.language.flatMap { languages[$0] } ?? standard,
        lamp: station.lamp,
        route: station.feedback
      )
      for device in station.devices { places[device] = place }
    }
    return places
  }

  private func language(
    _ code: String,
    _ surroundings: Surroundings
  ) throws(ConfigurationError) -> Language {
    let file = "\(floor.languageDirectory)/\(code).toml"
    guard surroundings.status(file) != nil else {
      if code == Language.englishCode { return .english }
      throw ConfigurationError([
        ConfigurationError.Problem(
          file: file,
          message: "language \"\(code)\" is set and has no file; correct floor.language or the"
            + " station's language, or set floor.language_directory"
        )
      ])
    }
    return try LanguageReader(try Document.read(file, surroundings)).language(called: code)
  }
}
