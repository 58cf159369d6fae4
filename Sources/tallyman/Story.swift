internal import Floor
internal import JSON
internal import Journal

/// Tells the life of events and confirmations, for people.
struct Story {
  let journal: JournalReader

  init(_ journal: JournalReader) { self.journal = journal }

  /// One event: where it came from and what it was answered.
  func tell(_ event: EventRecord) {
    let proven = event.isTimeProven ? "" : " (clock not synchronised)"
    Output.line("\(Output.time(event.at))\(proven)  event \(event.id)")
    var origin = "  \(event.kind ?? "no event")"
    if let device = event.device { origin += " from \(device)" }
    if let station = event.station { origin += " at \(station)" }
    if let profile = event.profile { origin += ", profile \(profile)" }
    if event.repeats > 0 { origin += ", came \(event.repeats) more times" }
    Output.line(origin)
    if let time = event.deviceTime { Output.line("  device time \(Output.time(time))") }
    Output.line("  topic \(event.topic)")
    Output.line("  payload \(Output.printable(event.payload))")
    if let verdict = event.verdict {
      Output.line("  \(verdict.signal.rawValue): \(verdict.code.rawValue): \(verdict.message)")
      if let left = verdict.left {
        Output.line("  counted \(left.counted), left \(left.total)")
      }
    }
  }

  /// One confirmation: what was counted, and each step on its way into Odoo.
  func tell(_ record: ConfirmationRecord) throws {
    Output.line(
      "\(Output.time(record.closed))  confirmation \(record.uuid)\n"
        + "  \(record.transfer) closed at \(record.station) by event \(record.event)"
    )
    if let content = record.content { tell(content) }
    for step in try journal.transitions(of: record.uuid) {
      let reason = step.reason.map { ": \($0)" } ?? ""
      Output.line("\(Output.time(step.at))  \(step.state) by \(step.actor)\(reason)")
    }
    let calls = try journal.calls(of: record.uuid)
    if !calls.isEmpty { Output.line("  calls to Odoo:") }
    for call in calls {
      let record = call.record
      let detail = record.detail.map { " (\($0))" } ?? ""
      Output.line(
        "  \(Output.time(call.at))  attempt \(record.attempt)  \(record.model).\(record.method) "
          + "\(record.ids)  \(milliseconds(record.micros)) ms  \(record.outcome)\(detail)"
      )
    }
    let backorders = record.backorders.map { "\($0)" }.joined(separator: ", ")
    if !backorders.isEmpty { Output.line("  backorders in Odoo: \(backorders)") }
    if let detail = record.detail { Output.line("  \(detail)") }
    Output.line("  state now: \(record.state.rawValue)")
  }

  private func tell(_ content: Confirmation) {
    for line in content.lines {
      var text = "  counted \(line.quantity) of product \(line.productID)"
      if let lot = line.lot { text += ", lot \(lot)" }
      if let source = line.sourcePackage { text += ", from \(source)" }
      if let package = line.package { text += ", into \(package)" }
      Output.line(text)
    }
    for package in content.packages {
      let weight = package.weight.map { ", \($0) kg" } ?? ""
      Output.line("  package \(package.name)\(weight)")
    }
    if let tracking = content.tracking { Output.line("  tracking \(tracking)") }
  }

  private func milliseconds(_ micros: Int64) -> String {
    "\(micros / 1000).\((micros % 1000) / 100)"
  }
}
