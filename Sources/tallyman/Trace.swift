internal import ArgumentParser
internal import JSON
internal import Journal

extension Tallyman {
  /// `tallyman trace`.
  struct Trace: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the life of a scan or a transfer, from the trigger to Odoo."
    )
    @OptionGroup var options: CommonOptions
    @Argument(help: "An event's id, a transfer's name, or a confirmation's id.") var key: String

    func run() throws {
      let journal = try options.journal()
      var filter = EventFilter()
      filter.transfer = key
      filter.limit = 10_000
      var events = try journal.events(id: key)
      var confirmations: [ConfirmationRecord] = []
      if events.isEmpty {
        events = try journal.events(filter)
        confirmations = try journal.confirmations(of: key)
      } else {
        for event in events {
          confirmations += try journal.confirmations(closedBy: event.sequence)
        }
      }
      guard !events.isEmpty || !confirmations.isEmpty else {
        throw Problem(
          "Nothing is known of \(key). Give an event's id (tallyman events), a transfer's name "
            + "such as WH/OUT/00012, or a confirmation's id (tallyman queue list --all).",
          exit: .notFound
        )
      }
      if options.json { return try printJSON(events, confirmations, journal) }
      let story = Story(journal)
      for event in events { story.tell(event) }
      for confirmation in confirmations { try story.tell(confirmation) }
    }

    private func printJSON(
      _ events: [EventRecord],
      _ confirmations: [ConfirmationRecord],
      _ journal: JournalReader
    ) throws {
      var parts: [JSON] = []
      for record in confirmations {
        var object = record.json.object ?? [:]
        object["transitions"] = .array(
          try journal.transitions(of: record.uuid).map { step in
            [
              "at": .int64(step.at), "state": .string(step.state), "reason": .text(step.reason),
              "actor": .string(step.actor),
            ]
          }
        )
        object["calls"] = .array(try journal.calls(of: record.uuid).map(\.json))
        parts.append(.object(object))
      }
      Output.json([
        "events": .array(events.map(\.json)), "confirmations": .array(parts),
      ])
    }
  }
}

extension JournalReader.Call {
  var json: JSON {
    [
      "at": .int64(at), "attempt": .int(record.attempt), "model": .string(record.model),
      "method": .string(record.method), "ids": .string(record.ids),
      "micros": .int64(record.micros), "outcome": .string(record.outcome),
      "detail": .text(record.detail),
    ]
  }
}
