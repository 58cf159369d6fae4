internal import ArgumentParser
internal import Floor
internal import JSON
internal import Journal

extension Tallyman {
  /// `tallyman events`.
  struct Events: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the newest events with their verdicts."
    )
    @OptionGroup var options: CommonOptions
    @Option(help: "Only of this device.") var device: String?
    @Option(help: "Only of this station.") var station: String?
    @Option(help: "Only about this transfer.") var transfer: String?
    @Option(help: "Only with this verdict, such as too_many.") var code: String?
    @Flag(help: "Only messages that were no events.") var rejected = false
    @Option(help: "At most so many.") var limit = 50

    func run() throws {
      var filter = EventFilter()
      filter.device = device
      filter.station = station
      filter.transfer = transfer
      filter.code = code
      filter.rejectedOnly = rejected
      filter.limit = max(1, limit)
      let found = try options.journal().events(filter)
      if options.json { return Output.json(.array(found.map(\.json))) }
      guard !found.isEmpty else { return Output.line("No events.") }
      Output.table(
        ["TIME", "ID", "STATION", "DEVICE", "KIND", "TRANSFER", "VERDICT", "MESSAGE"],
        found.map { event in
          [
            Output.time(event.at), event.id, event.station ?? "-", event.device ?? "-",
            event.kind ?? "rejected", event.transfer ?? "-", event.verdict?.code.rawValue ?? "?",
            event.verdict?.message ?? "",
          ]
        }
      )
    }
  }
}

extension EventRecord {
  var json: JSON {
    [
      "sequence": .int64(sequence), "id": .string(id), "at": .int64(at),
      "time_proven": .bool(isTimeProven), "topic": .string(topic), "device": .text(device),
      "station": .text(station), "profile": .text(profile), "kind": .text(kind),
      "device_time": .int64(deviceTime),
      "payload": .string(String(decoding: payload, as: UTF8.self)), "size": .int(size),
      "transfer": .text(transfer), "verdict": verdict?.json ?? .null, "repeats": .int(repeats),
    ]
  }
}
