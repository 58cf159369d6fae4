import Floor
import Testing

/// Hazard `clock`: a box that boots in 1970 knows no date.
@Suite("Hazard clock")
struct ClockTests {
  /// Nobody can say that a lot has expired: it counts, and the answer says that it was not checked.
  @Test func clock() {
    var bench = policyBench(wall: nil) { $0.expiredLot = .refuse }
    bench.scan("WH/OUT/00002")
    let verdict = bench.scan("LOT-OLD")
    #expect(verdict.code == .counted)
    #expect(verdict.remarks.contains(Sentence(.expiryUnchecked)))
    bench.wall = 1_795_000_000_000
    #expect(bench.scan("LOT-OLD").code == .expiredLot)
  }

  @Test func clockSaysNothingOfLotsThatDoNotExpire() {
    var bench = policyBench(wall: nil) { $0.expiredLot = .refuse }
    bench.scan("WH/OUT/00002")
    #expect(bench.scan("LOT-A").remarks.isEmpty)
  }

  /// Questions and rests run on the time since the boot: no jump of the date ends or prolongs them.
  @Test(arguments: [0, 4_000_000_000_000] as [Int64])
  func clockJumpsMoveNoWaits(_ wall: Int64) {
    var bench = policyBench {
      $0.parkAfter = 60_000
      $0.confirmWithin = 1_000
    }
    _ = bench.codes("WH/OUT/00001", "4006381333931", "OBTVALI")
    bench.wall = wall
    #expect(bench.codes("OBTVALI") == [.confirmed])
    _ = bench.codes("TM/PICK/00008", "4006381333931")
    bench.wall = 1_795_000_000_000
    #expect(bench.codes("TM-STATUS") == [.status])
  }
}
