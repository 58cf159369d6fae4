internal import Agent
internal import ArgumentParser
internal import Configuration
internal import Desk
internal import JSON
internal import Journal

extension Tallyman {
  /// `tallyman exceptions …`.
  struct Exceptions: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show and decide what a person must decide.",
      discussion: "docs/exceptions.md explains every exception and every decision.",
      subcommands: [
        List.self, Show.self, Retry.self, Edit.self, Accept.self, Split.self, Drop.self,
      ],
      defaultSubcommand: List.self
    )

    /// `tallyman exceptions list`.
    struct List: ParsableCommand {
      static let configuration = CommandConfiguration(abstract: "List what waits for a decision.")
      @OptionGroup var options: CommonOptions
      @Flag(help: "Also what is over: accepted, dropped, or not true any more.") var all = false

      func run() throws {
        let found = try options.desk().entries(all: all)
        if options.json { return Output.json(.array(found.map(\.json))) }
        guard !found.isEmpty else { return Output.line("Nothing waits for a decision.") }
        Output.table(
          ["SINCE", "ID", "TRANSFER", "WHAT", "DECISIONS", "HOLDS UP"],
          found.map { entry in
            [
              String(Output.time(entry.since).prefix(16)), entry.shortID, entry.transfer ?? "",
              entry.code.rule.group.title, entry.decisions.map(\.rawValue).joined(separator: " "),
              entry.holdsUp.joined(separator: " "),
            ]
          }
        )
        Output.line("Look at one: tallyman exceptions show <id or transfer>")
      }
    }

    /// `tallyman exceptions show`.
    struct Show: ParsableCommand {
      static let configuration = CommandConfiguration(
        abstract: "Show what Odoo and the floor say, and what may be decided."
      )
      @OptionGroup var options: CommonOptions
      @Argument(help: "The id or its beginning, or the transfer's name.") var key: String

      func run() throws {
        let desk = try options.desk()
        let found = try desk.entries(key)
        guard !found.isEmpty else { throw Problem.noException(key) }
        if options.json { return Output.json(.array(found.map(\.json))) }
        for entry in found { ExceptionText(entry).tell(try desk.audits(of: entry)) }
      }
    }

    /// `tallyman exceptions retry`.
    struct Retry: ParsableCommand {
      static let configuration = CommandConfiguration(abstract: "Try again as it is.")
      @OptionGroup var decision: DecisionOptions
      @Option(help: "Why, for the audit trail.") var reason: String?

      func run() throws { try decision.ask(.retry, reason) }
    }

    /// `tallyman exceptions accept`.
    struct Accept: ParsableCommand {
      static let configuration = CommandConfiguration(
        abstract: "Odoo is right: close the count as Odoo has it.",
        discussion: "The transfer must be done, cancelled or gone in Odoo. Both versions are kept."
      )
      @OptionGroup var decision: DecisionOptions
      @OptionGroup var why: ReasonOption

      func run() throws { try decision.ask(.accept, why.reason) }
    }

    /// `tallyman exceptions split`.
    struct Split: ParsableCommand {
      static let configuration = CommandConfiguration(
        abstract: "Apply what Odoo asks for; the rest becomes an exception of its own."
      )
      @OptionGroup var decision: DecisionOptions
      @OptionGroup var why: ReasonOption

      func run() throws { try decision.ask(.split, why.reason) }
    }

    /// `tallyman exceptions drop`.
    struct Drop: ParsableCommand {
      static let configuration = CommandConfiguration(
        abstract: "Give it up: nothing of it goes to Odoo."
      )
      @OptionGroup var decision: DecisionOptions
      @OptionGroup var why: ReasonOption

      func run() throws { try decision.ask(.drop, why.reason) }
    }
  }
}

/// The reason that a decision needs.
struct ReasonOption: ParsableArguments {
  @Option(help: "Why; kept in the audit trail.") var reason: String

  func validate() throws {
    if reason.allSatisfy(\.isWhitespace) {
      throw ValidationError("--reason must say why it is decided so.")
    }
  }
}

extension CommonOptions {
  /// The exception desk of the configured directory.
  func desk() throws -> DeskBook {
    let directory = try settings().storage.directory
    do throws(JournalError) {
      return try DeskBook(directory: directory)
    } catch {
      throw Problem(error.description)
    }
  }
}

extension Problem {
  static func noException(_ key: String) -> Problem {
    Problem(
      "Nothing that waits for a decision is called \(key). List all with: tallyman exceptions",
      exit: .notFound
    )
  }
}
