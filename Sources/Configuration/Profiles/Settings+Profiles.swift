public import Floor

extension Settings {
  /// Reads and checks the files of the enabled profiles.
  ///
  /// The profile `tallyman` is built in and needs no file.
  public func loadProfiles(
    using surroundings: Surroundings
  ) throws(ConfigurationError) -> Profiles {
    var loaded: [Profile] = []
    var problems: [ConfigurationError.Problem] = []
    for name in profiles.enabled {
      do throws(ConfigurationError) {
        loaded.append(try profile(name, surroundings))
      } catch {
        problems += error.problems
      }
    }
    guard problems.isEmpty else { throw ConfigurationError(problems) }
    do throws(ProfileError) {
      return try Profiles(loaded)
    } catch {
      throw ConfigurationError([
        ConfigurationError.Problem(file: profiles.directory, message: error.reason)
      ])
    }
  }

  private func profile(
    _ name: String,
    _ surroundings: Surroundings
  ) throws(ConfigurationError) -> Profile {
    let file = "\(profiles.directory)/\(name).toml"
    let variables = profiles.variables[name] ?? [:]
    guard surroundings.status(file) != nil else {
      if name == Profile.tallymanName, variables.isEmpty { return try builtIn(file) }
      throw ConfigurationError([
        ConfigurationError.Problem(
          file: file,
          message: "profile \"\(name)\" is enabled and has no file; correct its name in"
            + " profiles.enabled, or set profiles.directory"
        )
      ])
    }
    let document = try Document.read(file, surroundings)
    return try ProfileReader(document, site: site, variables: variables).profile(called: name)
  }

  private func builtIn(_ file: String) throws(ConfigurationError) -> Profile {
    do throws(ProfileError) {
      return try Profile.tallyman(site: site)
    } catch {
      throw ConfigurationError([
        ConfigurationError.Problem(file: file, message: error.reason)
      ])
    }
  }
}
