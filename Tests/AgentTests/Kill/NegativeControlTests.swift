import JSON
import OdooSimulator
import TestKit
import Testing

/// Breaks a promise of the real agent on purpose: the checker must notice, and must notice nothing
/// where the same is done to an agent that keeps its promises.
@Suite("Broken promises are noticed", .serialized)
struct NegativeControlTests {
  /// Killed right after an acknowledgement, by a device that does not send again.
  private func killAfterAcknowledgement(breaking hooks: String) throws -> [String] {
    let run = try KillRun(version: .v18)
    try run.agent.start(hooks: hooks)
    try run.tap.waitForConnection(of: "tallyman-kill")
    let device = Device(
      port: run.broker.port,
      clientID: "s1",
      subscriptions: ["tallyman/main/s1/feedback"]
    )
    // The first answer shows that the subscription is there.
    try answer(device, "first")
    let agent = run.agent
    let before = run.tap.acknowledgedCount
    run.tap.hook { packet in
      if case .puback = packet.packet, packet.direction == .toServer {
        return .forwardThen { agent.kill() }
      }
      return .forward
    }
    try device.publish("tallyman/main/s1/scan", #"{"id":"second","code":"X"}"#)
    try run.tap.waitForAcknowledged(before + 1)
    try agent.killAndWait()
    run.tap.removeHooks()
    try run.tap.waitForEnd(of: "tallyman-kill")
    try agent.start(hooks: "")
    try answer(device, "third")
    _ = try agent.stop()
    return try run.history().problems()
  }

  private func answer(_ device: Device, _ id: String) throws {
    try device.publishUntilFeedback(
      "tallyman/main/s1/scan",
      Array(#"{"id":"\#(id)","code":"X"}"#.utf8),
      where: { (try? JSON.parse($0.payload))?["event"]?.string == id }
    )
  }

  @Test func anAcknowledgementBeforeTheCommitLosesAnEvent() throws {
    #expect(try killAfterAcknowledgement(breaking: "") == [])
    let problems = try killAfterAcknowledgement(breaking: "ack-before-commit")
    #expect(problems.contains { $0.hasPrefix("lost: acknowledged") && $0.contains("second") })
  }

  /// The same event twice, as a device sends it that has heard no answer.
  private func sendTwice(breaking hooks: String) throws -> [String] {
    let run = try KillRun(version: .v18)
    try run.agent.start(hooks: hooks)
    let device = Device(
      port: run.broker.port,
      clientID: "s1",
      subscriptions: ["tallyman/main/s1/feedback"]
    )
    try answer(device, "one")
    try answer(device, "one")
    _ = try run.agent.stop()
    return try run.history().problems()
  }

  @Test func forgottenEventsCountTwice() throws {
    #expect(try sendTwice(breaking: "") == [])
    let problems = try sendTwice(breaking: "forget-events")
    #expect(problems.contains { $0.hasPrefix("twice: event") })
  }

  /// One transfer, of whose validation Odoo's answer is lost.
  private func loseAnAnswer(breaking hooks: String) throws -> [String] {
    let run = try KillRun(version: .v18, hooks: hooks)
    _ = try run.site.admin(
      "POST",
      "faults",
      ["kind": "lost_answer", "count": 1, "methods": ["button_validate"]]
    )
    var choices = Choices(replaying: [])
    try run.run(kills: 0, workers: 1, choices: &choices)
    return try run.history().problems()
  }

  @Test func aWriteWithoutAReadLosesAnApplication() throws {
    #expect(try loseAnAnswer(breaking: "") == [])
    let problems = try loseAnAnswer(breaking: "write-without-reading")
    #expect(problems.contains { $0.hasPrefix("lost:") && $0.contains("not applied") })
  }
}
