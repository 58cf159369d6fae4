/// What came of a history that ended right.
public struct HistoryResult: Sendable {
  /// Confirmations by how they ended: `applied`, a category of the exception desk, or `behind`.
  public let ends: [String: Int]
  /// Trouble by step.
  public let coverage: Coverage
  /// Transfers whose lines we changed after somebody else had validated them, between our last look
  /// and our write.
  public let races: Int

  init(_ history: History) {
    var ends: [String: Int] = [:]
    for row in history.box.disk.all {
      ends[
        row.state == .parked ? row.category ?? "?" : row.isOpen ? "behind" : row.state.rawValue,
        default: 0
      ] += 1
    }
    self.ends = ends
    coverage = history.coverage
    races = history.witness.racedEdits.count
  }
}
