import TestKit

@testable import Floor

/// A transfer is in one pair of hands, and is closed once.
enum Targets {
  static func check(_ shift: inout Shift, _ step: Shift.Step) throws {
    let held = shift.tallies.map(\.tally.target)
    try require(Set(held).count == held.count, "held twice: \(held)")
    let confirmed = shift.confirmations.map(\.target)
    try require(Set(confirmed).count == confirmed.count, "confirmed twice: \(confirmed)")
    try require(Set(held).isDisjoint(with: confirmed), "open again: \(held)")
    try checkNames(shift)
    try checkStations(shift)
  }

  /// What was closed is open again only as its remainder or as its next step.
  private static func checkNames(_ shift: Shift) throws {
    let uuids = Dictionary(
      uniqueKeysWithValues: shift.confirmations.map { ($0.uuid, $0) }
    )
    for (_, tally) in shift.tallies {
      switch tally.target {
      case .transfer, .named: break
      case .remainder(let uuid):
        let done = try found(uuids[uuid], uuid)
        try require(done.step == tally.transfer.operation.step, "the rest of another step")
        try require(done.chain == tally.transfer.chain, "the rest of another chain")
      case .next(let uuid, let step):
        let done = try found(uuids[uuid], uuid)
        try require(
          shift.mirror.route.next(after: done.step) == step,
          "\(step) follows \(done.step)"
        )
      }
    }
  }

  private static func found(_ done: Confirmation?, _ uuid: String) throws -> Confirmation {
    guard let done else { throw PropertyFailure("\(uuid) was never confirmed") }
    return done
  }

  /// The invariants of `Station`.
  private static func checkStations(_ shift: Shift) throws {
    for (name, station) in shift.floor.stations {
      let held = Set(station.tallies.map(\.target))
      try require(station.active.map(held.contains) ?? true, "\(name) works on what it lacks")
      try require(
        held.isSuperset(of: station.group?.targets ?? []),
        "\(name) groups what it lacks"
      )
    }
  }
}
