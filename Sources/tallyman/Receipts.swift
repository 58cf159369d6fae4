internal import Agent
internal import ArgumentParser
internal import Configuration
internal import Floor
internal import JSON

extension Tallyman {
  /// `tallyman receipts`.
  struct Receipts: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List receipts that have not come yet; --late for those that should have.",
      discussion: "Reads the mirror of Odoo, not Odoo itself."
    )
    @OptionGroup var options: CommonOptions
    @Flag(help: "Only those whose scheduled date has passed.") var late = false
    @Flag(help: "Print comma-separated values.") var csv = false

    func validate() throws {
      if csv, options.json { throw ValidationError("Either --json or --csv.") }
    }

    func run() throws {
      let directory = try options.settings().storage.directory
      let found = OpenReceipts.read(directory: directory, now: wallClock())
        .filter { !late || $0.late != nil }
      if options.json { return Output.json(.array(found.map(\.json))) }
      if csv {
        Output.line(CSV.line(["transfer", "supplier", "origin", "scheduled", "days_late"]))
        for one in found { Output.line(CSV.line(one.cells)) }
        return
      }
      guard !found.isEmpty else {
        return Output.line(late ? "No receipt is late." : "No receipt is open.")
      }
      Output.table(
        ["SCHEDULED", "LATE", "TRANSFER", "SUPPLIER", "ORDER"],
        found.map { one in
          [
            one.scheduled.map { Output.day($0) } ?? "", one.late.map { Output.span($0) } ?? "",
            one.transfer, one.supplier ?? "", one.origin ?? "",
          ]
        }
      )
    }
  }
}

extension OpenReceipt {
  var cells: [String] {
    [
      transfer, supplier ?? "", origin ?? "", scheduled.map { Output.day($0) } ?? "",
      late.map { "\($0 / 86_400_000)" } ?? "",
    ]
  }

  var json: JSON {
    [
      "transfer": .string(transfer), "supplier": .text(supplier), "origin": .text(origin),
      "scheduled": .int64(scheduled), "late_ms": .int64(late),
    ]
  }
}
