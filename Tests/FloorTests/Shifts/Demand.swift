import Floor
import TestKit

/// What a site lets be counted, said once more and without the interpreter's words.
struct Demand {
  private let shift: Shift
  private let half = Quantity(millionths: 60_000)

  init(shift: Shift) { self.shift = shift }

  /// Throws where a tally holds more than its transfer, its chain or its policy allow.
  func check() throws {
    for (station, tally) in shift.tallies where !tally.isBlind {
      for product in Set(tally.lines.map(\.productID)) {
        try check(product, tally, at: station)
      }
      try checkSerials(tally)
    }
    try checkChains()
  }

  private func check(_ product: Int, _ tally: Tally, at station: String) throws {
    let counted = tally.lines.filter { $0.productID == product }
      .reduce(into: Quantity.zero) { $0 += $1.quantity }
    let asked = tally.transfer.moves.filter { $0.productID == product }
    let demand = asked.reduce(into: Quantity.zero) { sum, move in
      sum += move.demand.times(move.factor)
    }
    let arrived = asked.flatMap { move in move.lines.map { $0.quantity.times(move.factor) } }
      .reduce(into: Quantity.zero) { $0 += $1 }
    if tally.isArrival {
      // What arrived was rounded to hundredths of the move's unit: half of one is 0.06 of 12.
      let rounding = (asked.first?.factor ?? .one) == .one ? Quantity.zero : half
      let most = min(demand, arrived) + rounding
      try require(counted <= most, "\(counted) of \(product), \(arrived) arrived")
      return
    }
    try require(counted <= most(demand, tally), "\(counted) of \(product), asked \(demand)")
  }

  /// The largest quantity that some station's policy admits: a tally moves between stations.
  private func most(_ demand: Quantity, _ tally: Tally) -> Quantity {
    RandomSite.stations.map { station in
      let policy = shift.floor.site.policy(of: tally.transfer.operation, at: station)
      let isPassed = tally.overrides.contains { $0.code == VerdictCode.tooMany.rawValue }
      switch policy.overPick {
      case .refuse: return demand
      case .override where !isPassed: return demand
      case .override, .accept:
        guard let percent = policy.overPickPercent else { return .limit }
        return demand.scaled(by: Int64(100 + percent), over: 100)
      }
    }.max() ?? demand
  }

  private func checkSerials(_ tally: Tally) throws {
    let serials = tally.lines.filter { shift.mirror.products[$0.productID]?.tracking == .serial }
    for line in serials {
      try require(line.quantity == .one, "serial number \(line.lot ?? "") \(line.quantity) times")
    }
    let names = serials.map { $0.lot ?? "" }
    try require(Set(names).count == names.count, "a serial number twice: \(names)")
  }

  /// No step has confirmed more of a product and lot than the step before brought it.
  private func checkChains() throws {
    // A parcel in the mirror was brought before the shift.
    for later in shift.confirmations where later.chain.hasPrefix("S") {
      guard let previous = shift.mirror.route.previous(before: later.step) else { continue }
      let chain = shift.confirmations.filter { $0.chain == later.chain }
      for line in later.lines {
        let taken = sum(chain, later.step, line)
        let brought = sum(chain, previous, line)
        try require(
          taken <= brought,
          "\(later.step) of \(later.chain) took \(taken) of \(line), \(previous) brought \(brought)"
        )
      }
    }
  }

  private func sum(
    _ chain: [Confirmation],
    _ step: Transfer.Step,
    _ line: Confirmation.Line
  ) -> Quantity {
    chain.filter { $0.step == step }.flatMap(\.lines)
      .filter { $0.productID == line.productID && $0.lot == line.lot }
      .reduce(into: .zero) { $0 += $1.quantity }
  }
}
