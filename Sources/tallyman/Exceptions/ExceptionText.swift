internal import Agent
internal import Desk
internal import Floor
internal import Journal
internal import Odoo

/// One exception for people: what happened, both versions, what to do.
struct ExceptionText {
  let entry: DeskEntry

  init(_ entry: DeskEntry) { self.entry = entry }

  func tell(_ audits: [JournalReader.Audit]) {
    let rule = entry.code.rule
    let name = entry.transfer.map { "\($0)  " } ?? ""
    Output.line("\(name)\(entry.id)  \(rule.group.title) (\(entry.code.rawValue))")
    Output.line("  since \(Output.time(entry.since))")
    Output.line("  \(entry.sentence)")
    if let versions = entry.detail?.versions { compare(versions) } else { plain() }
    counted()
    if !entry.holdsUp.isEmpty {
      Output.line("  behind it wait: \(entry.holdsUp.joined(separator: ", "))")
    }
    if entry.isOpen {
      Output.line("  What to do: \(rule.advice)")
      for decision in entry.decisions {
        Output.line(
          "    tallyman exceptions \(decision.rawValue) \(entry.shortID)"
            + (decision.needsReason ? " --reason …" : "") + "   \(decision.meaning)"
        )
      }
    } else {
      Output.line("  It is decided.")
    }
    for audit in audits {
      let reason = audit.reason.map { ": \($0)" } ?? ""
      Output.line("  \(Output.time(audit.at))  \(audit.action) by \(audit.actor)\(reason)")
    }
  }

  private func compare(_ versions: ApplyException.Versions) {
    let title =
      switch versions.basis {
      case .asked: "ODOO ASKS FOR"
      case .done: "ODOO HAS DONE"
      case .nothing: "ODOO"
      }
    if let odoo = entry.detail?.odoo, !odoo.isEmpty { Output.line("  Odoo says: \(odoo)") }
    let rows = versions.lines.map { line in
      [
        "  " + product(line.productID, line.product), line.lot ?? "", line.package ?? "",
        line.odoo.map { "\($0)" } ?? "-", line.floor.map { "\($0)" } ?? "-",
      ]
    }
    Output.table(["  PRODUCT", "LOT", "PACKAGE", title, "FLOOR COUNTED"], rows)
  }

  private func plain() {
    guard let detail = entry.detail else { return }
    Output.line("  Odoo says:  \(detail.odoo)")
    Output.line("  Floor says: \(detail.floor)")
  }

  /// The lines as an edit names them.
  private func counted() {
    guard let content = entry.confirmation?.content, entry.decisions.contains(.edit) else { return }
    Output.line("  Counted:")
    for (index, line) in content.lines.enumerated() {
      var text = "    \(index + 1)  \(line.quantity) × \(product(line.productID, nil))"
      if let lot = line.lot { text += ", lot \(lot)" }
      if let source = line.sourcePackage { text += ", from \(source)" }
      if let package = line.package { text += ", in \(package)" }
      Output.line(text)
    }
    if let tracking = content.tracking { Output.line("    tracking \(tracking)") }
  }

  private func product(_ id: Int, _ name: String?) -> String {
    name ?? entry.products[id] ?? "product \(id)"
  }
}
