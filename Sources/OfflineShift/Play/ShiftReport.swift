internal import DemoShift

/// The account at the end of a run, for people.
public struct ShiftReport {
  let options: ShiftOptions
  let result: ShiftRun.Result

  /// Findings that are listed one by one.
  private static let shown = 40

  /// The report of a run.
  public init(_ options: ShiftOptions, _ result: ShiftRun.Result) {
    self.options = options
    self.result = result
  }

  /// Its lines.
  public var lines: [String] {
    let outcome = result.outcome
    var lines = [""]
    for finding in outcome.findings.prefix(Self.shown) {
      lines.append("\(finding.kind.rawValue.uppercased()): \(finding.text)")
    }
    if outcome.findings.count > Self.shown {
      lines.append("and \(outcome.findings.count - Self.shown) more")
    }
    let planned = outcome.mistakes.values.reduce(0) { $0 + $1.planned }
    let refused = outcome.mistakes.values.reduce(0) { $0 + $1.refused }
    lines += [
      "Odoo \(options.version), seed \(options.seed)",
      row("orders", outcome.orders, ""),
      row("transfers closed", outcome.closings, ""),
      row(
        "scans",
        outcome.scans,
        "agent killed \(result.kills) times,"
          + " \(result.repetitions) events sent again"
      ),
      row("mistakes", planned, "\(refused) refused as they should be"),
    ]
    for mistake in Mistake.allCases {
      let (planned, refused) = outcome.mistakes[mistake] ?? (0, 0)
      let remark = planned == 0 ? "not made" : planned == refused ? "" : "\(refused) refused"
      lines.append(row("  " + mistake.rawValue, planned, remark))
    }
    lines += [
      row("mistakes accepted", outcome.count(.accepted), ""),
      row("refusals not planned", outcome.count(.unplanned), ""),
      row("answered otherwise", outcome.count(.otherwise), ""),
      row("validated once", outcome.validated, "of \(outcome.closings)"),
      row("lost", outcome.count(.lost), ""),
      row("twice", outcome.count(.twice), ""),
      row("out of order", outcome.count(.order), ""),
      "  time taken: \(Self.text(result.floor)) for a shift of 8 h, \(Self.text(result.drain))"
        + " until Odoo had everything",
    ]
    return lines
  }

  private func row(_ name: String, _ number: Int, _ remark: String) -> String {
    let text = "  " + Terminal.left(name, 38) + Terminal.right(String(number), 6)
    return remark.isEmpty ? text : text + "   (\(remark))"
  }

  private static func text(_ duration: Duration) -> String {
    let tenths =
      duration.components.seconds * 10
      + duration.components.attoseconds / 100_000_000_000_000_000
    return "\(tenths / 10).\(tenths % 10) s"
  }
}
