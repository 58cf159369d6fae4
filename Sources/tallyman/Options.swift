internal import ArgumentParser
internal import Configuration

/// Options that every subcommand has.
struct CommonOptions: ParsableArguments {
  @Option(name: [.short, .long], help: "The configuration file.")
  var config = Self.standardFile

  /// Where an installation has its configuration.
  static let standardFile = "/etc/tallyman/tallyman.toml"

  @Flag(name: .long, help: "Print JSON instead of text.")
  var json = false

  /// The checked configuration; ends the command with its problems if it has any.
  func settings() throws -> Settings {
    do throws(ConfigurationError) {
      return try Settings.load(config, using: .process)
    } catch {
      throw Problem(error.description, exit: .configuration)
    }
  }
}

/// Exit codes that scripts can rely on.
enum ExitStatus: Int32 {
  /// Something failed that is neither the configuration nor the service.
  case failure = 1
  /// The command asks for something that is not there.
  case notFound = 3
  /// A check found a problem.
  case unhealthy = 4
  /// The configuration is wrong (EX_CONFIG).
  case configuration = 78
}

/// An error that ends the command with one of its exit codes.
struct Problem: Error, CustomStringConvertible {
  let description: String
  let status: ExitStatus

  init(_ description: String, exit status: ExitStatus = .failure) {
    self.description = description
    self.status = status
  }
}
