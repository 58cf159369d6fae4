internal import Odoo

extension ReconcileReport {
  /// The report for people: what needs somebody first, then what waits, then what is explained.
  func text(now: Int64) -> [String] {
    var lines = [
      "Compared \(compared) confirmations since \(minute(since)) with Odoo: \(equal) are equal, "
        + "\(unexplained.count) need somebody."
    ]
    if isCut {
      lines.append("There was more than is compared at once; use a later --since for the rest.")
    }
    if looksRestored {
      lines += [
        "",
        "Transfers that were applied here are not done in Odoo: it looks as if Odoo was "
          + "restored from a backup.",
        "Ask whoever runs Odoo before anything is applied again.",
      ]
    }
    lines += section("NEEDS SOMEBODY", unexplained, now)
    let explained = findings.filter(\.isExplained)
    lines += section("NOT IN ODOO YET", explained.filter { $0.kind == .notApplied }, now)
    lines += section("DONE IN ODOO WITHOUT THE FLOOR", explained.filter { $0.kind == .unseen }, now)
    lines += section(
      "EXPLAINED",
      explained.filter { $0.kind != .notApplied && $0.kind != .unseen },
      now
    )
    if findings.isEmpty { lines.append("Nothing differs; there is nothing to do.") }
    return lines
  }

  private func section(
    _ title: String,
    _ findings: [ReconcileFinding],
    _ now: Int64
  ) -> [String] {
    guard !findings.isEmpty else { return [] }
    return ["", "\(title) (\(findings.count))"] + findings.flatMap { $0.text(now: now) }
  }

  private func minute(_ time: Int64) -> String { String(Output.time(time).prefix(16)) }

  /// One line per finding and product, for spreadsheets.
  var csv: [String] {
    let heading = [
      "kind", "explained", "transfer", "transfer_id", "id", "time", "by", "sentence", "advice",
      "product_id", "product", "lot", "package", "confirmed", "odoo",
    ]
    let rows = findings.flatMap { finding -> [[String]] in
      let start = [
        finding.kind.rawValue, finding.isExplained ? "yes" : "no", finding.transfer,
        finding.transferID.map { "\($0)" } ?? "", finding.uuid ?? "",
        finding.at.map { Output.time($0) } ?? "", finding.by ?? "", finding.sentence,
        finding.advice,
      ]
      guard !finding.lines.isEmpty else { return [start + ["", "", "", "", "", ""]] }
      return finding.lines.map { line in
        start + [
          "\(line.productID)", line.product, line.lot ?? "", line.package ?? "",
          "\(line.confirmed)", "\(line.odoo)",
        ]
      }
    }
    return ([heading] + rows).map(CSV.line)
  }
}

extension ReconcileFinding {
  func text(now: Int64) -> [String] {
    let id = uuid.map { " (\($0.prefix(8)))" } ?? ""
    let age = kind == .notApplied ? at.map { ", \(Output.span(now - $0)) old" } ?? "" : ""
    var text = ["  \(transfer)\(id)\(age): \(sentence)"]
    text += lines.map { line in
      let name = line.product.isEmpty ? "product \(line.productID)" : line.product
      let lot = line.lot.map { ", lot \($0)" } ?? ""
      let package = line.package.map { ", in \($0)" } ?? ""
      return "      \(name)\(lot)\(package): confirmed \(line.confirmed), Odoo has \(line.odoo)"
    }
    if !advice.isEmpty { text.append("      → \(advice)") }
    return text
  }
}
