internal import JSON
internal import TestKit
internal import Testing

/// Hazard `idless-redelivery`, with the real agent: scans of a simple scanner that knows no ids.
@Suite struct IdlessTests {
  /// Where the kill falls, as the broker sees it.
  enum Point: CaseIterable {
    /// The scan was delivered; whether it was stored is open.
    case delivered
    /// The scan is stored, and its acknowledgement was never heard.
    case stored
    /// The scan is stored and acknowledged.
    case acknowledged
  }

  @Test(
    "hazard idless-redelivery: a kill around a scan without an id neither loses nor doubles it",
    arguments: Point.allCases,
    [2, 3]
  )
  func idlessRedelivery(_ point: Point, killedAt number: Int) throws {
    let box = try Box()
    #expect(try scansLeft(of: box, point, killedAt: number) == 3)
    #expect(try box.count("SELECT count(*) FROM event WHERE code = 'counted'") == 6)
    let killed = point == .stored ? 1 : 0
    #expect(try box.count("SELECT coalesce(sum(repeats), 0) FROM event") >= killed)
  }

  @Test("an agent that forgets what was delivered counts a scan twice, which is noticed")
  func forgottenDelivery() throws {
    let box = try Box()
    let left = try scansLeft(of: box, .stored, killedAt: 2, breaking: "forget-events")
    #expect(try #require(left) < 3)
  }

  /// Scans six of nine pieces, the agent being killed in between; answers what it says is left.
  private func scansLeft(
    of box: Box,
    _ point: Point,
    killedAt number: Int,
    breaking promise: String? = nil
  ) throws -> Int? {
    let agent = try box.start()
    let name = try box.order([("TM-1001", 9)])
    let scanner = Scanner("s1", box)
    #expect(try scanner.scan(name).code == "opened")
    // Three scans of one product: equal payloads, told apart by nothing but their packets.
    let isDead = Monitor<Bool?>(nil)
    let passed = Monitor(0)
    let topic = scanner.topic
    box.tap.hook { packet in
      let isMeant =
        switch (packet.direction, packet.packet) {
        case (.toClient, .publish(let message)): point == .delivered && message.topic == topic
        case (.toServer, .puback): point != .delivered
        default: false
        }
      let isNth = passed.update { passed -> Bool in
        passed += isMeant ? 1 : 0
        return isMeant && passed == number
      }
      guard isNth else { return .forward }
      if point == .stored {
        isDead.update { $0 = agent.kill() }
        return .dropAndCut
      }
      return .forwardThen { isDead.update { $0 = agent.kill() } }
    }
    for _ in 1...3 { try scanner.device.publish(scanner.topic, Code.product(1)) }
    #expect(try isDead.wait(for: "the kill", within: .seconds(10)) { $0 })
    try agent.wait()
    box.tap.removeHooks()
    try box.tap.waitForEnd(of: Box.clientID)
    try box.start(environment: ["TALLYMAN_BREAK": promise])
    // Two more, that look the same and are new.
    for _ in 1...2 { try scanner.device.publish(scanner.topic, Code.product(1)) }
    let answer = try scanner.scan(Code.product(1))
    #expect(answer.code == "counted")
    return answer.json["left"]?["total"]?.int
  }
}
