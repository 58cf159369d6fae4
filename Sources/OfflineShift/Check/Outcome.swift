/// The figures of a shift, and everything that is wrong.
public struct Outcome: Sendable {
  /// Orders that were worked on.
  public var orders: Int
  /// Transfers that were closed.
  public var closings: Int
  /// Scans that were made.
  public var scans: Int
  /// Scans without an answer that had to get one.
  public var unanswered: Int
  /// Mistakes by kind: how many were planned, how many were refused as they should be.
  public var mistakes: [Mistake: (planned: Int, refused: Int)]
  /// Closed transfers that were validated exactly once.
  public var validated: Int
  /// Everything that is wrong.
  public var findings: [Finding]

  init(shift: Shift, account: Account, validated: Int, _ findings: [Finding]) {
    orders = shift.orders.count { $0.order.fate == .worked }
    closings = shift.closings.count
    scans = shift.scans.count
    unanswered = shift.scans.indices.count {
      shift.scans[$0].expects.signal != nil && account.answers[$0] == nil
    }
    var mistakes: [Mistake: (planned: Int, refused: Int)] = [:]
    for (index, scan) in shift.scans.enumerated() {
      guard let mistake = scan.mistake else { continue }
      mistakes[mistake, default: (0, 0)].planned += 1
      let told = account.answers[index]
      let codes = told?.code.map { [$0] } ?? account.journal[index] ?? []
      let isRefused = scan.expects.signal == nil ? told == nil : told?.signal == "bad"
      if isRefused, !codes.isEmpty, codes.allSatisfy(scan.expects.codes.contains) {
        mistakes[mistake, default: (0, 0)].refused += 1
      }
    }
    self.mistakes = mistakes
    self.validated = validated
    self.findings = findings
  }

  /// True where everything is as it was meant.
  public var isGood: Bool { findings.isEmpty }

  /// How many findings are of a kind.
  public func count(_ kind: Finding.Kind) -> Int { findings.count { $0.kind == kind } }
}
