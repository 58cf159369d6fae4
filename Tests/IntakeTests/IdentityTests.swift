import Floor
import Intake
import Journal
import TestKit
import Testing

@Suite("What tells events apart")
struct IdentityTests {
  @Test func countsARedeliveredEventOnceAndAnswersWithTheStoredVerdict() throws {
    let dock = try Dock()
    _ = try dock.codes("WH/OUT/00001")
    let scan = dock.message(#"{"id":"a1","code":"BOLT"}"#)
    let first = try dock.take(scan)
    let again = try dock.take(scan)
    #expect(first.answers.map(\.isRepeat) == [false] && again.answers.map(\.isRepeat) == [true])
    #expect(first.answers.first?.verdict == again.answers.first?.verdict)
    #expect(try dock.counted() == .one)
    #expect(try dock.reader().events(id: "a1").map(\.repeats) == [1])
  }

  @Test func findsARepeatWithinOneBatch() throws {
    let dock = try Dock()
    _ = try dock.codes("WH/OUT/00001")
    let scan = dock.message(#"{"id":"a1","code":"BOLT"}"#)
    let outcome = try dock.take(scan, scan, scan)
    #expect(outcome.events == 1 && outcome.repeats == 2)
    #expect(try dock.counted() == .one)
  }

  /// Hazard `identity-swallow`: two real scans must count twice, whatever the device's numbers do.
  @Test func identitySwallow() throws {
    let dock = try Dock()
    _ = try dock.codes("WH/OUT/00001")
    // The same id with another payload is a conflict, not a repeat.
    #expect(try dock.codes(#"{"id":"a1","code":"BOLT"}"#) == [.counted])
    #expect(try dock.codes(#"{"id":"a1","code":"NUT"}"#) == [.idConflict])
    // A sequence that starts again in a new session of the device.
    #expect(try dock.codes(#"{"sequence":7,"session":"s1","code":"BOLT"}"#) == [.counted])
    #expect(try dock.codes(#"{"sequence":7,"session":"s2","code":"BOLT"}"#) == [.counted])
    // Device times in whole seconds are no identity.
    let second = #"{"time":"2026-11-24T08:00:00Z","code":"BOLT"}"#
    #expect(try dock.codes(second) == [.counted])
    #expect(try dock.codes(second) == [.complete])
    #expect(try dock.counted() == Quantity(5))
  }

  /// Hazard `idless-redelivery`: without an id only the broker's packet tells a redelivery.
  @Test func idlessRedelivery() throws {
    let dock = try Dock()
    _ = try dock.codes("WH/OUT/00001")
    let first = dock.message("BOLT")
    let second = dock.message("BOLT")
    try dock.take(first, second)
    #expect(try dock.counted() == Quantity(2))
    // Killed after the commit, before the acknowledgement: both come again, under their packets.
    try dock.restart()
    let again = try dock.take(first, second)
    #expect(again.repeats == 2 && again.events == 0)
    // And a third, real one.
    try dock.take(dock.message("BOLT"))
    #expect(try dock.counted() == Quantity(3))
  }

  @Test func idlessRedeliveryLetsAPacketNumberBeUsedAgainLater() throws {
    let dock = try Dock(IntakeSettings(redeliveryWindow: 3))
    _ = try dock.codes("WH/OUT/00001")
    let scan = dock.message("BOLT", packet: 9)
    try dock.take(scan)
    try dock.restart()
    // More deliveries than can have been in flight: packet 9 is a new message now.
    for _ in 0..<3 { try dock.take(dock.message("NONSENSE", device: "s2")) }
    #expect(try dock.take(scan).events == 1)
    #expect(try dock.counted() == Quantity(2))
  }

  @Test func idlessRedeliveryForgetsTheWindowWithTheSession() throws {
    let dock = try Dock()
    _ = try dock.codes("WH/OUT/00001")
    let scan = dock.message("BOLT", packet: 9)
    try dock.take(scan)
    try dock.restart(sessionPresent: false)
    #expect(try dock.take(scan).events == 1)
    #expect(try dock.counted() == Quantity(2))
  }

  @Test func idlessRedeliveryAfterARestartOfTheBrokerIsDoubtfulAndAsksTheStation() throws {
    let dock = try Dock()
    _ = try dock.codes("WH/OUT/00001")
    try dock.take(dock.message("BOLT"))
    try dock.restart(interrupted: true)
    let outcome = try dock.take(dock.message("BOLT"), dock.message(#"{"id":"b","code":"BOLT"}"#))
    #expect(outcome.answers.map(\.verdict.code) == [.doubtful, .counted])
    #expect(outcome.answers.first?.verdict.message.contains("1 of 5") == true)
    dock.intake.endDoubt()
    #expect(try dock.codes("BOLT") == [.counted])
    #expect(try dock.counted() == Quantity(3))
  }
}
