import TestKit

@testable import Floor

/// Taking back restores the state before, change by change, back to the opening.
enum Undo {
  static func check(_ shift: inout Shift, _ step: Shift.Step) throws {
    let place = shift.floor.stations[step.station]?.joined ?? step.station
    guard step.verdict.signal == .good, step.judgement.confirmations.isEmpty,
      let before = step.before.stations[place], let after = shift.floor.stations[place],
      let changes = changes(before, after)
    else { return }
    var undone = shift
    for _ in 0..<changes {
      let verdict = undone.judge(.command(.cancel), at: place).verdict
      try require(verdict.code == .undone, "\(verdict.code) for \(step.event)")
    }
    let restored = undone.floor.stations[place] ?? Station()
    try require(
      bare(restored) == bare(before),
      "undo leaves \(text(restored)), was \(text(before))"
    )
  }

  /// How many changes an event made; nil where it did something else than count.
  private static func changes(_ before: Station, _ after: Station) -> Int? {
    if let count = before.count, let changed = after.count, count.location == changed.location,
      count != changed
    {
      let grown = changed.history.count - count.history.count
      return grown > 0 ? grown : nil
    }
    guard before.count == nil, after.count == nil, before.keyed == nil else { return nil }
    guard before.active != nil || before.group != nil, group(before) == group(after) else {
      return nil
    }
    if before.group == nil, before.active != after.active { return nil }
    // A full history forgets its beginning, and then it cannot be told how long it grew.
    let all = before.tallies + after.tallies
    guard all.allSatisfy({ $0.history.count < Tally.historyLimit }) else { return nil }
    let grown = length(after) - length(before)
    return grown > 0 ? grown : nil
  }

  private static func group(_ station: Station) -> Station.Group.Kind? { station.group?.kind }

  private static func length(_ station: Station) -> Int {
    station.tallies.reduce(0) { $0 + $1.history.count }
  }

  private static func text(_ station: Station) -> String {
    let tallies = station.tallies.map { "\($0.target.key) \($0.counts)" }
    return "\(station.state) \(tallies)"
  }

  /// The station without question, time, the number that was keyed in for the scan, and what was
  /// put aside with nothing in it.
  private static func bare(_ station: Station) -> Station {
    var station = Refusals.quiet(station)
    station.keyed = nil
    let whole = station
    station.tallies.removeAll { $0.isUntouched && !whole.works(on: $0.target) }
    return station
  }
}
