import TestKit

@testable import Floor

/// Hazard `rescan-confirms`: only commands, transfers, locations and badges answer a question.
enum Questions {
  /// - Parameter answering: A negative control: looks as if the first product repeated the command.
  static func check(
    _ shift: inout Shift,
    _ step: Shift.Step,
    answering: Bool = false
  ) throws {
    guard let asked = step.before.stations[step.station]?.pending,
      asked.until >= step.moment.monotonic
    else { return }
    for product in [RandomWarehouse.bolt, RandomWarehouse.paint, "SN1", "BOLTS4", "LOT-A"] {
      var with = shift
      with.floor = step.before
      var without = with
      without.floor = without.floor.forgetting(questionAt: step.station)
      let event = EventBody.scan(EventBody.Scan(code: product))
      let first = answering ? EventBody.command(.validate) : event
      let answered = with.judge(first, at: step.station, isTrial: true).judgement
      let plain = without.judge(first, at: step.station, isTrial: true).judgement
      try require(
        answered.verdict == plain.verdict && answered.confirmations == plain.confirmations,
        "\(product) answered \(asked.question): \(answered.verdict.code)"
      )
    }
  }
}

extension Floor {
  func forgetting(questionAt name: String) -> Floor {
    var stations = stations
    stations[name]?.pending = nil
    return Floor(site: site, stations: stations, nextPackage: nextPackage)
  }
}
