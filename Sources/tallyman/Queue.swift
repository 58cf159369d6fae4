internal import ArgumentParser
internal import Configuration
internal import Floor
internal import JSON
internal import Journal

extension Tallyman {
  /// `tallyman queue …`.
  struct Queue: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show and decide what is confirmed here and not yet in Odoo.",
      subcommands: [List.self, Show.self, Retry.self, Discard.self],
      defaultSubcommand: List.self
    )

    /// `tallyman queue list`.
    struct List: ParsableCommand {
      static let configuration = CommandConfiguration(
        abstract: "List confirmations that are not finished."
      )
      @OptionGroup var options: CommonOptions
      @Flag(help: "Also those that are finished.") var all = false
      @Option(help: "At most so many.") var limit = 1000

      func run() throws {
        let journal = try options.journal()
        let found = try journal.confirmations(all: all, limit: limit)
        if options.json { return Output.json(.array(found.map(\.json))) }
        guard !found.isEmpty else { return Output.line("Nothing waits for Odoo.") }
        Output.table(
          ["CLOSED", "TRANSFER", "STATE", "ATTEMPTS", "ID", "REASON"],
          found.map { record in
            [
              Output.time(record.closed), record.transfer, record.state.rawValue,
              "\(record.attempts)", String(record.uuid.prefix(8)), record.reason ?? "",
            ]
          }
        )
      }
    }

    /// `tallyman queue show`.
    struct Show: ParsableCommand {
      static let configuration = CommandConfiguration(abstract: "Show one confirmation whole.")
      @OptionGroup var options: CommonOptions
      @Argument(help: "The transfer's name, or the id or its beginning.") var key: String

      func run() throws {
        let journal = try options.journal()
        let found = try journal.confirmations(of: key)
        guard !found.isEmpty else { throw Problem.noConfirmation(key) }
        if options.json { return Output.json(.array(found.map(\.json))) }
        for record in found { try Story(journal).tell(record) }
      }
    }

    /// `tallyman queue retry`.
    struct Retry: ParsableCommand {
      static let configuration = CommandConfiguration(
        abstract: "Try a parked or waiting confirmation again now."
      )
      @OptionGroup var options: CommonOptions
      @Argument(help: "The transfer's name, or the id or its beginning.") var key: String
      @Option(help: "Why, for the audit trail.") var reason: String?

      func run() throws { try Queue.ask(.retry, key, reason, options) }
    }

    /// `tallyman queue drop`, also called `discard`.
    struct Discard: ParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "drop",
        abstract: "Give a confirmation up: it will not be sent to Odoo.",
        aliases: ["discard"]
      )
      @OptionGroup var options: CommonOptions
      @Argument(help: "The transfer's name, or the id or its beginning.") var key: String
      @Option(help: "Why; kept in the audit trail.") var reason: String

      func validate() throws {
        if reason.allSatisfy(\.isWhitespace) {
          throw ValidationError("--reason must say why the confirmation is given up.")
        }
      }

      func run() throws { try Queue.ask(.discard, key, reason, options) }
    }

    static func ask(
      _ action: OperatorRequest.Action,
      _ key: String,
      _ reason: String?,
      _ options: CommonOptions
    ) throws {
      let journal = try options.journal(forRequests: true)
      let open = try journal.confirmations(of: key).filter {
        !$0.state.isFinished
      }
      guard let record = open.first else { throw Problem.noConfirmation(key) }
      guard open.count == 1 else {
        throw Problem(
          "\(key) has \(open.count) open confirmations: "
            + open.map { String($0.uuid.prefix(8)) }.joined(separator: ", ")
            + ". Name one of them.",
          exit: .notFound
        )
      }
      try journal.request(
        action,
        record.uuid,
        actor: operatorName(),
        reason: reason,
        at: wallClock()
      )
      if options.json {
        return Output.json(["requested": .string(action.rawValue), "id": .string(record.uuid)])
      }
      Output.line(
        "Noted: \(action.rawValue) \(record.transfer) (\(record.uuid.prefix(8))). "
          + "The agent does it at once, or when it runs again."
      )
    }
  }
}

extension Problem {
  static func noConfirmation(_ key: String) -> Problem {
    Problem(
      "No open confirmation is called \(key). List them with: tallyman queue list",
      exit: .notFound
    )
  }
}

extension CommonOptions {
  /// The journal of the configured directory.
  func journal(forRequests: Bool = false) throws -> JournalReader {
    let settings = try settings()
    do throws(JournalError) {
      return try JournalReader(
        directory: settings.storage.directory,
        forRequests: forRequests
      )
    } catch {
      throw Problem(error.description)
    }
  }
}

extension ConfirmationRecord {
  var json: JSON {
    [
      "id": .string(uuid), "place": .int64(sequence), "transfer": .string(transfer),
      "transfer_id": .int(transferID), "chain": .string(chain), "warehouse": .int(warehouse),
      "step": .string(step), "state": .string(state.rawValue), "category": .text(category),
      "reason": .text(reason), "detail": detail.flatMap { try? JSON.parse($0) } ?? .null,
      "attempts": .int(attempts), "event": .int64(event), "station": .string(station),
      "closed": .int64(closed), "changed": .int64(changed),
      "backorders": .array(backorders.map { .int($0) }), "content": content?.json ?? .null,
    ]
  }
}
