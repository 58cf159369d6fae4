/// How often each kind of trouble came to each step.
public struct Coverage: Sendable {
  enum Trouble: Hashable, Sendable {
    case nothing
    case fault(HistoryFault)
    case deed(Deed)

    var name: String {
      switch self {
      case .nothing: "(no fault)"
      case .fault(let fault): fault.rawValue
      case .deed(let deed): deed.rawValue
      }
    }

    static var all: [Trouble] {
      [.nothing] + HistoryFault.allCases.map { .fault($0) } + Deed.allCases.map { .deed($0) }
    }
  }

  private var counts: [Trouble: [CallStep: Int]] = [:]

  mutating func count(_ trouble: Trouble, _ step: CallStep) {
    counts[trouble, default: [:]][step, default: 0] += 1
  }

  /// Adds another's counts.
  public mutating func add(_ other: Coverage) {
    for (trouble, steps) in other.counts {
      for (step, count) in steps { counts[trouble, default: [:]][step, default: 0] += count }
    }
  }

  private static func isReachable(_ trouble: Trouble, _ step: CallStep) -> Bool {
    if case .fault(.crash) = trouble { return true }
    return step.isCall
  }

  /// What never happened though it can.
  public var missing: [String] {
    Trouble.all.flatMap { trouble in
      CallStep.allCases
        .filter { Self.isReachable(trouble, $0) && (counts[trouble]?[$0] ?? 0) == 0 }
        .map { "\(trouble.name) at \($0.rawValue)" }
    }
  }

  /// The table, with a column for each step.
  public var table: String {
    let width = 24
    func pad(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(1, width - text.count))
    }
    func left(_ text: String, _ width: Int) -> String {
      String(repeating: " ", count: max(1, width - text.count)) + text
    }
    let steps = CallStep.allCases
    var lines = [pad("", width) + steps.map { left($0.rawValue, 14) }.joined()]
    for trouble in Trouble.all {
      let cells = steps.map { step in
        left(
          Self.isReachable(trouble, step) ? "\(counts[trouble]?[step] ?? 0)" : "-",
          14
        )
      }
      lines.append(pad(trouble.name, width) + cells.joined())
    }
    return lines.joined(separator: "\n")
  }
}
