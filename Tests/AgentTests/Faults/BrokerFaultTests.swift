internal import Glibc
internal import JSON
internal import TestKit
internal import Testing

/// The broker goes away and comes back.
@Suite struct BrokerFaultTests {
  @Test("hazard stale-beep: an answer that could not be sent in time is not sent at all")
  func staleBeep() throws {
    let box = try Box(settings: BoxSettings(floor: ["feedback_expires = \"1s\""]))
    try box.start()
    let scanner = Scanner("s1", box)
    try scanner.scan("before")
    // Acknowledgements still pass, three answers do not, and then nobody gets in any more.
    let isCutOff = Monitor(true)
    let lost = Monitor(0)
    box.tap.hook { packet in
      guard packet.direction == .toServer, isCutOff.withLock({ $0 }) else { return .forward }
      switch packet.packet {
      case .publish(let message) where message.topic.hasSuffix("/feedback"):
        return lost.update {
          $0 += 1; return $0
        } < 3 ? .drop : .dropAndCut
      case .connect: return .dropAndCut
      default: return .forward
      }
    }
    let stale = try (0..<3).map { _ in try scanner.send("late") }
    try eventually("three dropped answers", within: .seconds(15)) {
      try box.runtime()?["feedback_dropped"]?.int == 3
    }
    isCutOff.withLock { $0 = false }
    let fence = try scanner.scan("after")
    #expect(fence.code == "nothing_open" || fence.code == "unknown_barcode")
    for id in stale { #expect(scanner.answers(to: id).isEmpty, "\(id) beeped late") }
    let events = try box.tallyman("events", "--json").json().array ?? []
    for id in stale {
      let event = events.first { $0["id"]?.string == id }
      #expect(event?["verdict"]?["code"]?.string == fence.code, "the verdict stays known")
    }
  }

  @Test("a broker that is restarted gives the session back, and each scan is journaled once")
  func restart() throws {
    let box = try Box()
    try box.start()
    let scanner = Scanner("s1", box)
    let name = try box.order([("TM-1001", 6)])
    try scanner.scan(name)
    // One scan is delivered and not acknowledged when the broker goes.
    let broker = box.broker
    let isDown = Monitor<Bool?>(nil)
    box.tap.hook { packet in
      guard packet.direction == .toServer, case .puback = packet.packet,
        isDown.withLock({ $0 }) == nil
      else { return .forward }
      isDown.update { $0 = (try? broker.stop()) != nil }
      return .dropAndCut
    }
    try scanner.send(Code.product(1), id: "while")
    #expect(try isDown.wait(for: "the broker's end", within: .seconds(10)) { $0 })
    try broker.start()
    try scanner.scan(Code.product(1))
    try box.tap.waitForConnection(of: Box.clientID)
    for number in 1...4 { try scanner.scan(Code.product(1), id: "after-\(number)") }
    #expect(try scanner.scan("status-now").json["left"]?["total"]?.int ?? 0 == 0)
    let rows = try box.journal().rows("SELECT id, code FROM event WHERE code != 'opened'")
    let counted = rows.filter { ["counted", "complete"].contains($0["code"] ?? "") }
    #expect(Set(counted.compactMap { $0["id"] }).count == 6 && counted.count == 6)
    #expect(try box.count("SELECT repeats FROM event WHERE id = 'while'") >= 1)
    #expect(box.agent?.errorOutput.contains("session=resumed") == true)
    #expect(box.tap.failures.isEmpty)
  }

  @Test("what devices publish while the agent is away waits in its session at the broker")
  func agentAway() throws {
    let box = try Box()
    try box.start()
    let scanner = Scanner("s1", box)
    try scanner.scan("first")
    #expect(try box.stop() == .exited(0))
    let ids = try (0..<20).map { try scanner.send("code-\($0)") }
    try box.broker.restart()
    try box.start()
    try scanner.scan("last")
    for id in ids {
      #expect(try box.count("SELECT count(*) FROM event WHERE id = ?", id) == 1, "\(id)")
    }
    try scanner.device.waitForMessages(22)
    for id in ids { #expect(scanner.answers(to: id).count == 1, "\(id)") }
  }
}

extension Box {
  /// What the running agent says about itself.
  func runtime() throws -> JSON? {
    guard let text = try? File.text(directory.path("state/runtime.json")) else { return nil }
    return try? JSON.parse(text)
  }
}
