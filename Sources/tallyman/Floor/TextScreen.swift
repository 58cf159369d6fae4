internal import Floor
internal import Glibc
internal import Rehearsal

/// A rehearsal for people.
final class TextScreen: FloorScreen {
  private let isTyped: Bool
  private let paint: Paint
  /// What was shown last, so that a refused scan does not print it again.
  private var shown: Board?

  init(isTyped: Bool) {
    self.isTyped = isTyped
    paint = Paint(isOn: isatty(STDOUT_FILENO) == 1)
  }

  func begin(_ warehouse: String) {
    Output.line(warehouse)
    Output.line(
      "A trial: the journal is not written, Odoo and the devices hear nothing, and what you count "
        + "is forgotten at the end."
    )
    Output.line("Scan or type codes. :list shows some, :help the words, :quit ends.")
  }

  func prompt(_ station: String) {
    if isTyped { print("\(station)> ", terminator: "") }
  }

  func echo(_ line: String, at station: String) {
    if !isTyped { Output.line("\(station)> \(Output.printable(Array(line.utf8)))") }
  }

  func fault(_ text: String, _ line: String) {
    Output.line("  \(paint.red("not understood")): \(text)")
  }

  func note(_ text: String) { Output.line("  \(text)") }

  func show(_ answer: FloorAnswer) {
    let verdict = answer.judgement.verdict
    let signal = paint.signal(verdict.signal)
    Output.line("  \(signal) \(verdict.code.rawValue): \(answer.message)")
    for confirmation in answer.judgement.confirmations { tell(confirmation, answer.productName) }
    for count in answer.judgement.counts { tell(count, answer.productName) }
    guard answer.board != shown else { return }
    shown = answer.board
    for line in BoardText.lines(answer.board) { Output.line("    \(line)") }
  }

  func show(_ board: Board, at station: String) {
    shown = board
    if board.isEmpty { return Output.line("  Nothing is open at \(station).") }
    for line in BoardText.lines(board) { Output.line("    \(line)") }
  }

  /// What production would bring to Odoo.
  private func tell(_ confirmation: Confirmation, _ productName: (Int) -> String) {
    Output.line("    \(confirmation.transferName) closed; a real box would now bring this to Odoo:")
    for line in confirmation.lines {
      var text = "      \(line.quantity) \(productName(line.productID))"
      if let lot = line.lot { text += ", \(lot)" }
      if let source = line.sourcePackage, source != line.package { text += ", out of \(source)" }
      if let package = line.package { text += ", in \(package)" }
      Output.line(text)
    }
    for package in confirmation.packages {
      let weight = package.weight.map { ": \($0) kg" } ?? ""
      let parent = package.parent.map { ", in \($0)" } ?? ""
      Output.line("      package \(package.name)\(weight)\(parent)")
    }
    if let tracking = confirmation.tracking { Output.line("      tracking \(tracking)") }
    for override in confirmation.overrides {
      Output.line("      \(override.by) let \(override.code) pass: \(override.subject)")
    }
  }

  private func tell(_ count: StockCount, _ productName: (Int) -> String) {
    Output.line("    Count of \(count.location.name), a real box would keep it:")
    if count.lines.isEmpty { Output.line("      nothing lies there") }
    for line in count.lines {
      let lot = line.lot.map { ", \($0)" } ?? ""
      Output.line("      \(line.quantity) \(productName(line.productID))\(lot)")
    }
  }

  func list(_ lists: [CodeList]) {
    for list in lists {
      Output.line("  \(list.heading)")
      let width = list.entries.map(\.code.count).max() ?? 0
      for entry in list.entries {
        let gap = String(repeating: " ", count: width - entry.code.count + 2)
        Output.line("    \(entry.code)\(gap)\(entry.meaning)")
      }
    }
  }

  func help() {
    list([
      CodeList(
        heading: "A line is a code, as a scanner would send it, or one of these words:",
        entries: FloorHelp.words
      )
    ])
    Output.line("  FNC1 (GS) can be typed as ^, {GS}, <GS> or \\x1D. A line \"# …\" is a remark.")
    Output.line("  A code that begins with a colon: write the colon twice.")
  }
}

/// The words of a rehearsal.
private enum FloorHelp {
  static let words = [
    CodeList.Entry(":weight 1.25", "the scale shows 1.25 kg; the last package is on it"),
    CodeList.Entry(":weight 1.25 unstable", "the scale has not settled"),
    CodeList.Entry(":weight 1.25 PACK0000001", "that package is on it"),
    CodeList.Entry(":qty 3", "the next scan stands for 3, as keyed in at a handheld"),
    CodeList.Entry(":wait 20s", "lets time pass: ms, s, m, h, d"),
    CodeList.Entry(":station pack1", "goes to another station"),
    CodeList.Entry(":validate :cancel :discard :park", "buttons, as on a handheld"),
    CodeList.Entry(":status :new_pack :close_pack", "more of them"),
    CodeList.Entry(":event pick {…}", "an event of a handheld (docs/events.md)"),
    CodeList.Entry(":show", "what is open here"),
    CodeList.Entry(":list", "what there is to scan"),
    CodeList.Entry(":quit", "ends; so does the end of the input"),
  ]
}

/// Colours, where a person looks at them.
private struct Paint {
  let isOn: Bool

  func signal(_ signal: Verdict.Signal) -> String {
    switch signal {
    case .good: paint("32", "good")
    case .bad: red("bad")
    case .confirm: paint("33", "confirm")
    }
  }

  func red(_ text: String) -> String { paint("31", text) }

  private func paint(_ colour: String, _ text: String) -> String {
    isOn ? "\u{1B}[1;\(colour)m\(text)\u{1B}[0m" : text
  }
}
