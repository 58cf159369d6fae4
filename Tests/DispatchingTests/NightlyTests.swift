import Dispatching
import Testing

@Suite("Nightly")
struct NightlyTests {
  private let hour: Int64 = 3_600_000
  /// 24 November 2026, 00:00 UTC.
  private let midnight: Int64 = 1_795_478_400_000

  private func next(
    _ now: Int64,
    zone: Int64 = 0,
    jitter: Int64 = 0,
    last: Int64? = nil
  ) -> Int64 {
    Nightly.next(after: now, minuteOfDay: 150, zone: zone, jitter: jitter, last: last)
  }

  @Test func isDueAtThatTimeOfTheNextDay() {
    #expect(next(midnight + hour) == midnight + 2 * hour + hour / 2)
    #expect(next(midnight + 3 * hour) == midnight + 26 * hour + hour / 2)
    #expect(next(midnight + 2 * hour + hour / 2) == midnight + 26 * hour + hour / 2)
  }

  @Test func knowsTheLocalTime() {
    // Half past two in Berlin in winter is half past one UTC; in New York half past seven.
    #expect(next(midnight, zone: hour) == midnight + hour + hour / 2)
    #expect(next(midnight, zone: -5 * hour) == midnight + 7 * hour + hour / 2)
    #expect(next(midnight + 2 * hour, zone: hour) == midnight + 25 * hour + hour / 2)
  }

  @Test func addsTheJitterOfTheBox() {
    #expect(next(midnight, jitter: 5) == midnight + 2 * hour + hour / 2 + 5)
  }

  @Test func makesUpForAMissedNight() {
    let last = midnight - 30 * hour
    #expect(next(midnight, jitter: 7, last: last) == midnight + 7)
    #expect(next(midnight, last: midnight - 20 * hour) == midnight + 2 * hour + hour / 2)
  }
}
