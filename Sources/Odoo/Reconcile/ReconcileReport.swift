/// What a reconciliation found.
public struct ReconcileReport: Hashable, Sendable {
  /// Confirmations of this time on were compared, in milliseconds since 1970.
  public var since: Int64
  /// When it was made, in milliseconds since 1970.
  public var made: Int64
  /// Confirmations that were compared.
  public var compared: Int
  /// Of those, the ones that Odoo has exactly so.
  public var equal: Int
  /// True if more confirmations, or more transfers of others, were there than are compared.
  public var isCut: Bool
  /// Operation types that the box works on.
  public var types: Set<Int>
  /// All that was found, what needs a person first.
  public var findings: [ReconcileFinding]

  /// True if it looks as if Odoo was restored from a backup: what was applied is not done there.
  public var looksRestored: Bool {
    findings.contains { $0.kind == .openAgain || $0.kind == .vanished }
  }

  /// What needs a person.
  public var unexplained: [ReconcileFinding] { findings.filter { !$0.isExplained } }

  /// How many findings there are of each kind.
  public var counts: [ReconcileFinding.Kind: Int] {
    findings.reduce(into: [:]) { $0[$1.kind, default: 0] += 1 }
  }

  /// A report with all its parts.
  public init(
    since: Int64,
    made: Int64,
    compared: Int = 0,
    equal: Int = 0,
    isCut: Bool = false,
    types: Set<Int> = [],
    findings: [ReconcileFinding] = []
  ) {
    self.since = since
    self.made = made
    self.compared = compared
    self.equal = equal
    self.isCut = isCut
    self.types = types
    self.findings = findings
  }
}
