internal import ArgumentParser
internal import JSON
internal import Journal

extension Tallyman {
  /// `tallyman odoo …`.
  struct Odoo: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "What is set up and decided about the Odoo of this box.",
      subcommands: [Action.self, Rebind.self]
    )

    /// `tallyman odoo rebind`.
    struct Rebind: ParsableCommand {
      static let configuration = CommandConfiguration(
        abstract: "Let the journal speak to another Odoo than the one it began with.",
        discussion:
          "The outbox holds what was done in one company's warehouse. Only do this if the "
          + "database was moved or renamed: on another database the same confirmations would "
          + "move stock that nobody moved."
      )
      @OptionGroup var options: CommonOptions
      @Option(help: "Why; kept in the audit trail.") var reason: String

      func run() throws {
        let journal = try options.journal(forRequests: true)
        try journal.request(
          .rebind,
          "",
          actor: operatorName(),
          reason: reason,
          at: wallClock()
        )
        if options.json { return Output.json(["requested": "rebind"]) }
        Output.line("Noted. The next log-in to Odoo binds the journal to it.")
      }
    }
  }
}
