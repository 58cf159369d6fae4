internal import Agent
internal import ArgumentParser

/// The command line.
@main
struct Tallyman: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tallyman",
    abstract: "The clerk on the dock: hears every scan, and makes Odoo agree.",
    version: AgentVersion.text,
    subcommands: [Run.self]
  )
}
