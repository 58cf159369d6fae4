/// One transfer to be done at one station.
struct Job: Sendable {
  /// The transfer as Odoo has reserved it.
  var transfer: OdooTransfer
  /// What is left to be counted; the reserved lines unless something is left out on purpose.
  var lines: [OdooTransfer.Line]
  /// Who does it.
  var station: String
  /// How it is done.
  var style: Style
  /// 0 for the transfer itself, 1 for the rest of it.
  var part = 0
  /// Label for the goods; nil leaves them loose.
  var package: String?
  /// The carrier's reference.
  var tracking: String?
  /// True where the package is put on a scale.
  var weighs = false
  /// True where some scans are wrong, and have to be refused.
  var mistakes = false
  /// Part of the goods that is left for a second visit.
  var rest: [OdooTransfer.Line] = []
  /// True where the rest is picked later on.
  var comesBack = false

  /// How the work is reported.
  enum Style: Sendable {
    /// Bare codes of a dumb scanner.
    case raw
    /// Scans with ids.
    case scan
    /// Explicit pick, pack and ship events.
    case smart
  }

  var units: Double { lines.reduce(0) { $0 + $1.quantity } }
}
