/// The table at the end.
struct Report {
  let result: Checker.Result
  let problems: [String]
  let kills: Int

  /// Findings and problems that are listed one by one.
  private static let shown = 40

  /// True where nothing was lost, nothing happened twice and nothing else went wrong.
  var isGood: Bool { result.findings.isEmpty && problems.isEmpty }

  var lines: [String] {
    var lines = [""]
    for finding in result.findings.prefix(Self.shown) {
      lines.append("\(finding.kind.rawValue.uppercased()): \(finding.text)")
    }
    for problem in problems.prefix(Self.shown) { lines.append("FAILED: \(problem)") }
    let hidden =
      max(0, result.findings.count - Self.shown) + max(0, problems.count - Self.shown)
    if hidden > 0 { lines.append("and \(hidden) more") }
    if !isGood { lines.append("") }
    let again = result.sendings - result.sent
    lines += [
      row("events sent", result.sent, "and \(again) repetitions; agent killed \(kills) times"),
      row("acknowledged", result.acknowledged, "feedback came, which is the receipt"),
      row("journaled", result.journaled, "acknowledged events on disk"),
      row("transfers confirmed", result.confirmed, "\(result.closed) closed on the floor"),
      row("validated in Odoo", result.validated, ""),
      row("lost", result.count(.lost), ""),
      row("twice", result.count(.twice), ""),
    ]
    let odd = result.count(.odd) + problems.count
    if odd > 0 { lines.append(row("otherwise wrong", odd, "")) }
    return lines
  }

  private func row(_ name: String, _ number: Int, _ remark: String) -> String {
    let text = "  " + Terminal.left(name, 22) + Terminal.right(String(number), 6)
    return remark.isEmpty ? text : text + "   (\(remark))"
  }
}
