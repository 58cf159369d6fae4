import Configuration
import Testing

struct CutOffTests {
  private let machine = FakeMachine()

  @Test func readsTheTimesOfTheDay() throws {
    let settings = try machine.parse(
      """
      [[dispatch.cut_off]]
      operations = ["WHOUT", "whpack"]
      at = "17:05"
      [[dispatch.cut_off]]
      operations = ["WHIN"]
      at = "00:00"
      """
    )
    #expect(
      settings.dispatch.cutOffs == [
        Settings.CutOff(operations: ["WHOUT", "WHPACK"], minute: 17 * 60 + 5),
        Settings.CutOff(operations: ["WHIN"], minute: 0),
      ]
    )
  }

  @Test(arguments: ["24:00", "17:60", "5:00", "17", "17:5", "aa:bb", "17:00:00", "+1:00", ""])
  func refusesWhatIsNoTime(text: String) {
    let error = #expect(throws: ConfigurationError.self) {
      try machine.parse("[[dispatch.cut_off]]\noperations = [\"WHOUT\"]\nat = \"\(text)\"")
    }
    #expect(error?.description.contains("a time of the day such as \"17:00\"") == true)
  }

  @Test func refusesACutOffOfNothing() {
    let error = #expect(throws: ConfigurationError.self) {
      try machine.parse("[[dispatch.cut_off]]\nat = \"17:00\"")
    }
    #expect(error?.description.contains("operations") == true)
  }

  /// Whatever the time zone: the next one is within a day and an hour, and a day after it is the
  /// same minute of the day again.
  @Test(arguments: [0, 1, 719, 1020, 1439])
  func findsTheNextTimeOfTheDay(minute: Int) throws {
    let cutOff = Settings.CutOff(operations: ["WHOUT"], minute: minute)
    let start: Int64 = 1_795_514_400_000
    for hour in 0..<48 {
      let now = start + Int64(hour) * 3_600_000 + 1234
      let next = try #require(cutOff.next(after: now))
      #expect(next > now)
      #expect(next - now <= 25 * 3_600_000)
      #expect(next % 60_000 == 0)
      #expect(try #require(cutOff.next(after: next)) > next, "its own minute is over")
      #expect(cutOff.next(after: next - 1000) == next)
    }
  }
}
