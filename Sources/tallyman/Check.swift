internal import Agent
internal import ArgumentParser
internal import Configuration
internal import Floor
internal import JSON

extension Tallyman {
  /// `tallyman check`.
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check configuration, disk, clock, broker, and Odoo's login and rights."
    )
    @OptionGroup var options: CommonOptions

    func run() throws {
      let settings = try options.settings()
      let check: HealthCheck
      do throws(ConfigurationError) {
        let profiles = try settings.loadProfiles(using: .process)
        check = HealthCheck(
          settings: settings,
          secrets: try settings.secrets(using: .process),
          feedback: try settings.loadFeedback(profiles, using: .process)
        )
      } catch {
        throw Problem(error.description, exit: .configuration)
      }
      let findings = check.run()
      if options.json {
        Output.json(.array(findings.map(\.json)))
      } else {
        for finding in findings {
          Output.line("[\(finding.level.rawValue)] \(finding.subject): \(finding.text)")
          if let hint = finding.hint { Output.line("    \(hint)") }
        }
      }
      if findings.contains(where: { $0.level == .problem }) {
        throw ExitCode(ExitStatus.unhealthy.rawValue)
      }
    }
  }
}

extension Finding {
  var json: JSON {
    [
      "subject": .string(subject), "level": .string(level.rawValue), "text": .string(text),
      "hint": .text(hint),
    ]
  }
}
