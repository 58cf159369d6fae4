import TestKit

@testable import Floor

/// A refused event changes nothing but a pending question, and the time of the last event.
enum Refusals {
  static func check(_ shift: inout Shift, _ step: Shift.Step) throws {
    guard step.verdict.signal != .good else { return }
    try require(step.judgement.confirmations.isEmpty, "\(step.verdict.code) confirmed something")
    try require(step.judgement.counts.isEmpty, "\(step.verdict.code) counted stock")
    try require(shift.floor.nextPackage == step.before.nextPackage, "a number was used up")
    for name in RandomSite.stations {
      let parked = rested(step.before, at: name, step)
      try require(
        quiet(shift.floor.stations[name]) == quiet(parked),
        "\(step.verdict.code) at \(step.station) changed \(name) by \(step.event)"
      )
    }
  }

  /// The station without what may change: question, time, the number that a rest forgets.
  static func quiet(_ station: Station?) -> Station {
    var station = station ?? Station()
    station.pending = nil
    station.lastEvent = nil
    station.needsResync = false
    return station
  }

  /// The station as it was; put aside where it rested too long before this event.
  private static func rested(_ floor: Floor, at name: String, _ step: Shift.Step) -> Station? {
    let place = floor.stations[step.station]?.joined ?? step.station
    guard var station = floor.stations[name], isIdle(floor, at: place, step) else {
      return floor.stations[name]
    }
    if name == place {
      station.active = nil
      station.group = nil
      station.keyed = nil
    } else if station.joined == place, floor.stations[place]?.active != nil {
      station.joined = nil
    }
    return station
  }

  private static func isIdle(_ floor: Floor, at name: String, _ step: Shift.Step) -> Bool {
    guard let station = floor.stations[name], let last = station.lastEvent,
      let limit = floor.site.policy(of: station.tally?.transfer.operation, at: name).parkAfter
    else { return false }
    return step.moment.monotonic - last > limit
  }
}

extension Floor {
  /// A negative control: counts the first thing again that is counted at a station.
  func counting(at name: String) -> Floor {
    var stations = stations
    if let line = stations[name]?.tally?.lines.first { stations[name]?.tally?.count([line]) }
    return Floor(site: site, stations: stations, nextPackage: nextPackage)
  }
}
