/// Compares what happened with what was meant to happen.
///
/// It knows the plan and plain accounts of devices, journal and Odoo; it shares no code with the
/// agent, so that a rule that is wrong there is not wrong here in the same way.
public struct Checker {
  let shift: Shift
  let account: Account
  var findings: [Finding] = []
  /// Transfers of each step of an order, those that were validated first in front.
  let transfers: [Part: [Account.Transfer]]
  /// Closings of each step of an order, in order.
  let closings: [Part: [Closing]]

  /// One step of an order.
  struct Part: Hashable {
    let order: String
    let step: Step
  }

  /// Quantities and weights that differ by less are equal.
  static let tolerance = 0.000_5

  /// A checker of an account of a shift.
  public init(shift: Shift, account: Account) {
    self.shift = shift
    self.account = account
    let sorted = account.transfers.sorted {
      ($0.validatedAt ?? .max) < ($1.validatedAt ?? .max)
    }
    closings = Dictionary(grouping: shift.closings) { Part(order: $0.order, step: $0.step) }
    transfers = Dictionary(grouping: sorted) { Part(order: $0.order, step: $0.step) }
  }

  /// The figures, and everything that is wrong.
  public func run() -> Outcome {
    var checker = self
    checker.checkAnswers()
    checker.checkJournal()
    let validated = checker.checkClosings()
    checker.checkRests()
    checker.checkOrder()
    checker.checkStock()
    for sentence in account.unapplied { checker.note(.lost, sentence) }
    return Outcome(shift: shift, account: account, validated: validated, checker.findings)
  }

  mutating func note(_ kind: Finding.Kind, _ text: String) {
    findings.append(Finding(kind: kind, text: text))
  }

  /// A number without superfluous zeros.
  static func text(_ number: Double) -> String {
    let rounded = (number * 1_000).rounded() / 1_000
    return Int(exactly: rounded).map { String($0) } ?? String(rounded)
  }

  static func differ(_ left: Double, _ right: Double) -> Bool { abs(left - right) > tolerance }
}
