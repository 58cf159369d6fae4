import OfflineShift
import Testing

/// The plan of a shift, without playing it.
@Suite("The plan of an offline shift")
struct PlanTests {
  @Test func isTheSameForTheSameSeed() {
    let (one, other) = (MadeUp(seed: 7).shift, MadeUp(seed: 7).shift)
    #expect(one.scans == other.scans)
    #expect(one.closings == other.closings)
    #expect(MadeUp(seed: 8).shift.scans != one.scans)
  }

  @Test(arguments: [17, 18, 19])
  func holdsEveryKindOfMistake(version: Int) {
    let shift = MadeUp(version: version, orders: 300).shift
    let made = Set(shift.scans.compactMap(\.mistake))
    // Whether a lot counts as expired depends on a clock that is known to be right.
    #expect(Set(Mistake.allCases).subtracting(made).subtracting([.expiredLot]) == [])
  }

  @Test func lastsEightHours() {
    let times = MadeUp(orders: 60).shift.scans.map(\.time)
    #expect(times.max() == PlanOptions.shiftMilliseconds)
    #expect(times.min().map { $0 >= 0 } == true)
  }

  @Test(arguments: [17, 18, 19], 1...4)
  func shipsExactlyWhatWasPicked(version: Int, seed: UInt64) {
    let shift = MadeUp(version: version, seed: seed, orders: 60).shift
    for made in shift.orders where made.order.route.steps.count > 1 {
      func units(_ step: Step) -> [String: Int] {
        shift.closings.filter { $0.order == made.name && $0.step == step }.flatMap(\.goods)
          .reduce(into: [:]) { $0[$1.key.article, default: 0] += $1.value }
      }
      #expect(units(.ship) == units(.pick), "\(made.name)")
    }
  }

  @Test(arguments: 1...6)
  func leavesNoOrderUndone(seed: UInt64) {
    let shift = MadeUp(seed: seed, orders: 60).shift
    for made in shift.orders where made.order.fate == .worked {
      let closed = shift.closings.filter { $0.order == made.name }
      #expect(Set(closed.map(\.step)) == Set(made.order.route.steps), "\(made.name)")
    }
  }
}
