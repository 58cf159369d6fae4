import Floor
import Intake
import Journal
import TestKit
import Testing

@Suite("Messages that are no events")
struct RejectionTests {
  @Test(arguments: [
    ("scan", "{not json", VerdictCode.malformed), ("weight", "abc", .malformed),
    ("weight", "", .malformed), ("pick", "[1,2]", .malformed),
    ("weight", String(repeating: "[", count: 10_000), .malformed),
    ("command", #"{"command":"dance"}"#, .malformed),
  ])
  func keepsAndAnswersThem(kind: String, payload: String, code: VerdictCode) throws {
    let dock = try Dock()
    let outcome = try dock.take(
      dock.message(payload, kind: kind),
      dock.message(#"{"id":"ok","code":"X"}"#)
    )
    #expect(outcome.rejected == 1 && outcome.events == 1)
    #expect(outcome.answers.first?.verdict.code == code)
    #expect(outcome.answers.first?.device == "s1")
    var filter = EventFilter()
    filter.rejectedOnly = true
    let kept = try dock.reader().events(filter)
    #expect(kept.map(\.payload) == [Array(payload.utf8)])
    #expect(kept.first?.verdict?.message.isEmpty == false)
  }

  @Test func keepsTheBeginningOfAPayloadThatIsTooLarge() throws {
    let dock = try Dock()
    let outcome = try dock.take(dock.message(String(repeating: "x", count: 1 << 20)))
    #expect(outcome.answers.map(\.verdict.code) == [.tooLarge])
    #expect(outcome.answers.first?.profile == "tallyman", "without a profile nobody is answered")
    var filter = EventFilter()
    filter.rejectedOnly = true
    let kept = try #require(try dock.reader().events(filter).first)
    #expect(kept.size == 1 << 20 && kept.payload.count == IntakeSettings.keptOfLargePayload)
  }

  @Test func keepsBytesThatAreNoText() throws {
    let dock = try Dock()
    let message = InboundMessage(
      topic: "tallyman/main/s1/scan",
      payload: [0xFF, 0xFE, 0],
      isRetained: false,
      packetID: 1
    )
    #expect(try dock.take(message).answers.map(\.verdict.code) == [.malformed])
  }

  @Test func keepsARetainedMessageAndAnswersNobody() throws {
    let dock = try Dock()
    _ = try dock.codes("WH/OUT/00001")
    let outcome = try dock.take(dock.message("BOLT", retained: true))
    #expect(outcome.rejected == 1 && outcome.answers.isEmpty)
    #expect(try dock.counted() == .zero)
    var filter = EventFilter()
    filter.code = "retained"
    #expect(try dock.reader().events(filter).count == 1)
  }

  @Test func keepsAMessageOfAnUnknownTopic() throws {
    let dock = try Dock()
    let message = InboundMessage(
      topic: "somewhere/else",
      payload: Array("x".utf8),
      isRetained: false,
      packetID: 1
    )
    #expect(try dock.take(message).rejected == 1)
    var filter = EventFilter()
    filter.code = "unknown_topic"
    #expect(try dock.reader().events(filter).map(\.topic) == ["somewhere/else"])
  }

  @Test func refusesADeviceWithoutAStationWhereTheSiteWantsThat() throws {
    let dock = try Dock(
      IntakeSettings(stationOfDevice: ["s1": "pack1"], unassignedDevicesAreStations: false)
    )
    #expect(try dock.codes("WH/OUT/00001") == [.opened])
    #expect(try dock.codes("WH/OUT/00001", device: "stranger") == [.unknownDevice])
    #expect(try dock.intake.journal.stations()["pack1"]?.station.tally != nil)
  }
}
