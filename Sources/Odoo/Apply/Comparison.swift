internal import Floor

/// Compares a done transfer with what was counted.
///
/// A counted line that names no lot or source package says nothing about it. One that names no
/// package says that the goods were not put into one here: they may be loose, or still in the
/// package they came in, or in one that Odoo showed before anything was written.
struct Comparison {
  let snapshot: TransferSnapshot
  /// Result packages that lines had before this plan wrote anything.
  private var kept: Set<Int>
  /// Negative control of the tests: goods of any lot are taken for those that were counted.
  var ignoresLots = false

  init(_ snapshot: TransferSnapshot, kept: Set<Int>) {
    self.snapshot = snapshot
    self.kept = kept
  }

  /// Lines of the done transfer that moved anything.
  static func doneLines(_ snapshot: TransferSnapshot) -> [TransferSnapshot.Line] {
    let cancelled = Set(snapshot.moves.filter { $0.state == "cancel" }.map(\.id))
    return snapshot.lines.filter { line in
      line.quantity != .zero && line.state != "cancel"
        && !(line.moveID.map { cancelled.contains($0) } ?? false)
    }
  }

  /// True if what Odoo moved is what was counted.
  func equals(_ counted: [Confirmation.Line]) -> Bool {
    var done = Self.doneLines(snapshot)
    let slack = done.map(\.slack).reduce(.zero, +)
    let counted = counted.filter { $0.quantity > .zero }
    // Those that name most take their goods first.
    let ordered = counted.sorted { specificity($0) > specificity($1) }
    for line in ordered {
      var rest = line.quantity
      for index in done.indices where rest > .zero && matches(line, done[index]) {
        let share = min(rest, done[index].quantity)
        rest -= share
        done[index].quantity -= share
      }
      guard rest <= slack else { return false }
    }
    return done.allSatisfy { $0.quantity <= slack }
  }

  func specificity(_ line: Confirmation.Line) -> Int {
    (line.package == nil ? 0 : 4) + (line.lot == nil ? 0 : 2) + (line.sourcePackage == nil ? 0 : 1)
  }

  func matches(_ counted: Confirmation.Line, _ line: TransferSnapshot.Line) -> Bool {
    guard line.productID == counted.productID, line.quantity > .zero else { return false }
    if let lot = counted.lot, !ignoresLots {
      let ids = snapshot.lotIDs(lot, of: counted.productID)
      guard line.lotID.map({ ids.contains($0) }) ?? (line.lotName == lot) else { return false }
    }
    if let source = counted.sourcePackage {
      guard let id = line.packageID, snapshot.packageIDs(source).contains(id) else { return false }
    }
    guard let result = line.resultPackageID else { return counted.package == nil }
    if let package = counted.package { return snapshot.packageIDs(package).contains(result) }
    return result == line.packageID || kept.contains(result)
  }
}
