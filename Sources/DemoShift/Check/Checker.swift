/// Compares what the devices were told with what is on disk and what is in Odoo.
///
/// Its inputs are plain values that were gathered without the agent's code. It knows three things
/// to say: something is *lost*, something happened *twice*, or something is *odd*, which is neither
/// and still wrong.
public struct Checker {
  /// What the devices know.
  public var history: History
  /// What the agent has on disk.
  public var journal: JournalContent
  /// What Odoo says.
  public var odoo: OdooState
  /// True where only the demo works in this Odoo, so that nobody else validates a transfer.
  public var isAlone: Bool

  var findings: [Finding] = []

  /// One thing that is wrong.
  public struct Finding: Sendable, Hashable {
    /// What kind of wrong it is.
    public var kind: Kind
    /// What was expected, and what is there.
    public var text: String

    /// What kind of wrong something is.
    public enum Kind: String, Sendable, Hashable {
      case lost, twice, odd
    }
  }

  /// The figures of the shift.
  public struct Result: Sendable {
    /// Events that devices made.
    public var sent: Int
    /// Messages that devices sent for them, repetitions counted.
    public var sendings: Int
    /// Events with a receipt.
    public var acknowledged: Int
    /// Events with a receipt that are in the journal.
    public var journaled: Int
    /// Transfers that the floor closed.
    public var closed: Int
    /// Confirmations in the journal.
    public var confirmed: Int
    /// Validations in Odoo of what the floor closed.
    public var validated: Int
    /// What is wrong.
    public var findings: [Finding]

    /// How many findings are of a kind.
    public func count(_ kind: Finding.Kind) -> Int { findings.count { $0.kind == kind } }
  }

  /// Quantities and weights that differ by less are equal.
  static let tolerance = 0.000_5

  /// A checker of these accounts.
  public init(history: History, journal: JournalContent, odoo: OdooState, isAlone: Bool) {
    self.history = history
    self.journal = journal
    self.odoo = odoo
    self.isAlone = isAlone
  }

  /// The figures, and everything that is wrong.
  public func run() -> Result {
    var checker = self
    let journaled = checker.checkEvents()
    checker.checkConfirmations()
    let validated = checker.checkTransfers()
    checker.checkOrders()
    return Result(
      sent: history.events.count,
      sendings: history.events.reduce(0) { $0 + $1.sendings },
      acknowledged: history.events.count { $0.answer != nil },
      journaled: journaled,
      closed: history.closings.count,
      confirmed: journal.confirmations.count,
      validated: validated,
      findings: checker.findings
    )
  }

  mutating func note(_ kind: Finding.Kind, _ text: String) {
    findings.append(Finding(kind: kind, text: text))
  }
}
