import JSON
import TestKit

@testable import Floor

/// From what the journal keeps, the same events get the same answers.
enum Replay {
  static func check(_ shift: inout Shift, _ step: Shift.Step) throws {
    guard let (floor, judgement) = step.replay else { throw PropertyFailure("not replayed") }
    try require(
      judgement.verdict == step.verdict,
      "\(judgement.verdict.message) instead of \(step.verdict.message)"
    )
    try require(judgement.confirmations == step.judgement.confirmations, "other confirmations")
    try require(judgement.counts == step.judgement.counts, "other counts of stock")
    for name in RandomSite.stations {
      try require(
        floor.stations[name] == shift.floor.stations[name],
        "\(name) is otherwise after \(step.verdict.code)"
      )
    }
    for confirmation in judgement.confirmations {
      try require(
        Confirmation(json: written(confirmation.json)) == confirmation,
        "the confirmation changes on its way through the journal: \(confirmation)"
      )
    }
  }

  /// As text and back.
  static func written(_ json: JSON) -> JSON { (try? JSON.parse(json.text)) ?? .null }
}

extension Floor {
  /// The floor as an agent finds it that starts now; with the questions and times that only live in
  /// memory.
  func throughJournal() -> Floor {
    Floor(site: site, stations: stations.mapValues(\.throughJournal), nextPackage: nextPackage)
  }

  /// A negative control: a journal that keeps no lots.
  func forgettingLots() -> Floor {
    var stations = stations
    for (name, station) in stations {
      for (place, tally) in station.tallies.enumerated() {
        for index in tally.lines.indices { stations[name]?.tallies[place].lines[index].lot = nil }
      }
    }
    return Floor(site: site, stations: stations, nextPackage: nextPackage)
  }
}

extension Station {
  fileprivate var throughJournal: Station {
    let tallies = tallies.compactMap { tally -> Tally? in
      guard let target = Confirmation.Target(key: tally.target.key),
        let transfer = Transfer(json: Replay.written(tally.transfer.json))
      else { return nil }
      return Tally(target: target, transfer: transfer, counts: Replay.written(tally.counts))
    }
    var station = Station(
      tallies: tallies,
      state: Replay.written(state),
      lastClosed: lastClosed,
      needsResync: needsResync
    )
    station.pending = pending
    station.lastEvent = lastEvent
    return station
  }
}
