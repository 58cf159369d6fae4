internal import Agent
internal import ArgumentParser
internal import Configuration
internal import Floor
internal import Glibc
internal import Logging

extension Tallyman {
  /// `tallyman run`.
  struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Run the agent until it is stopped (SIGTERM)."
    )

    @OptionGroup var options: CommonOptions

    func run() async throws {
      let settings = try options.settings()
      let agent: Agent
      do throws(ConfigurationError) {
        let secrets = try settings.secrets(using: .process)
        let profiles = try settings.loadProfiles(using: .process)
        agent = Agent(
          settings: settings,
          secrets: secrets,
          feedback: try settings.loadFeedback(profiles, using: .process),
          log: makeLogger(settings.log)
        )
      } catch {
        throw Problem(error.description, exit: .configuration)
      }
      // The journal and the mirror hold customers' names.
      umask(0o027)
      do {
        try await agent.run()
      } catch let failure as AgentFailure {
        throw Problem(failure.sentence)
      }
    }
  }
}
