internal import Agent
internal import ArgumentParser

/// The command line.
@main
struct Tallyman: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tallyman",
    abstract: "The clerk on the dock: hears every scan, and makes Odoo agree.",
    version: AgentVersion.text,
    subcommands: [
      Run.self, Check.self, Status.self, Queue.self, Exceptions.self, Events.self, Trace.self,
      Odoo.self,
      FloorCommand.self, Explain.self, Counts.self, Reconcile.self, Receipts.self,
    ]
  )

  /// Runs the command; a `Problem` ends it with its own exit code.
  static func main() async {
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let problem as Problem {
      Output.error(problem.description)
      exit(withError: ExitCode(problem.status.rawValue))
    } catch {
      exit(withError: error)
    }
  }
}
