import TestKit
import Testing

@Suite("MQTTTap")
struct MQTTTapTests {
  private let broker: Broker
  private let tap: MQTTTap

  init() throws {
    var options = BrokerOptions()
    options.maximumInflight = 1_000
    broker = try Broker(options)
    tap = try MQTTTap(broker: broker.port)
  }

  private func agent(_ version: MQTTVersion = .v5) -> Device {
    Device(
      port: tap.port,
      clientID: "agent",
      version: version,
      clean: false,
      subscriptions: ["scan/#"]
    )
  }

  @Test(arguments: MQTTVersion.allCases)
  func recordsExactlyWhatWasExchanged(version: MQTTVersion) throws {
    let agent = agent(version)
    try agent.connect()
    let scanner = Device(port: broker.port, clientID: "scanner")
    for number in 1...20 { try scanner.publish("scan/\(number % 3)", "code \(number)") }
    try agent.waitForMessages(20)
    try tap.waitForAcknowledged(20)
    for number in 1...5 { try agent.publish("feedback", "green \(number)") }

    #expect(tap.deliveries.map(\.text) == (1...20).map { "code \($0)" })
    #expect(tap.deliveries.map(\.topic) == (1...20).map { "scan/\($0 % 3)" })
    #expect(tap.acknowledged.map(\.text) == agent.received.map(\.text))
    #expect(tap.published.map(\.text) == (1...5).map { "green \($0)" })
    #expect(tap.publishedAcknowledged.map(\.text) == tap.published.map(\.text))
    #expect(tap.deliveries.allSatisfy { $0.message.qos == 1 && $0.clientID == "agent" })
    #expect(tap.unmatchedAcknowledgements.isEmpty)
    #expect(tap.failures.isEmpty)
    #expect(tap.connections.map(\.clientID) == ["agent"])
    #expect(tap.connections.map(\.isOpen) == [true])
    let isOrdered = tap.acknowledged.allSatisfy {
      $0.sequence < ($0.acknowledgement?.sequence ?? 0)
    }
    #expect(isOrdered)
    agent.disconnect()
    try tap.waitForEnd(of: "agent")
  }

  @Test func countsAFloodOfTwentyThousand() throws {
    let agent = agent()
    try agent.connect()
    let scanner = Device(port: broker.port, clientID: "scanner")
    let count = 20_000
    try scanner.flood(count: count) { ("scan/\($0 % 50)", Array("event \($0)".utf8)) }
    try tap.waitForAcknowledged(count)
    #expect(agent.received.count == count)
    #expect(tap.deliveries.count == count)
    #expect(Set(tap.acknowledged.map(\.text)).count == count)
    #expect(tap.failures.isEmpty)
  }

  @Test func aCutConnectionIsMadeAgainAndNothingIsMissing() throws {
    let agent = agent()
    try agent.connect()
    let scanner = Device(port: broker.port, clientID: "scanner")
    try scanner.publish("scan/1", "before")
    try tap.waitForAcknowledged(1)
    tap.cut()
    #expect(tap.connections.map(\.isOpen) == [false])
    try scanner.publish("scan/1", "between")
    try agent.connect()
    #expect(agent.sessionWasPresent)
    try tap.waitForAcknowledged(2)
    #expect(tap.acknowledged.map(\.text) == ["before", "between"])
    #expect(tap.acknowledged.map(\.connection) == [1, 2])
  }

  @Test func aDroppedAcknowledgementIsRecordedAndTheMessageComesAgain() throws {
    tap.onAcknowledgement(2) { _ in .dropAndCut }
    let agent = agent()
    try agent.connect()
    let scanner = Device(port: broker.port, clientID: "scanner")
    try scanner.publish("scan/1", "first")
    try scanner.publish("scan/1", "second")
    try tap.waitForEnd(of: "agent")
    #expect(tap.acknowledged.map(\.acknowledgement?.forwarded) == [true, false])
    try agent.connect()
    try tap.waitForAcknowledged(3)
    #expect(tap.deliveries.map(\.text) == ["first", "second", "second"])
    #expect(tap.deliveries.map(\.message.duplicate) == [false, false, true])
  }

  @Test func aDroppedDeliveryNeverReachesTheClient() throws {
    tap.onDelivery(1) { _ in .drop }
    let agent = agent()
    try agent.connect()
    let scanner = Device(port: broker.port, clientID: "scanner")
    try scanner.publish("scan/1", "lost on the way")
    try scanner.publish("scan/1", "arrives")
    try tap.waitForAcknowledged(1)
    #expect(agent.received.map(\.text) == ["arrives"])
    #expect(tap.deliveries.map(\.forwarded) == [false, true])
    #expect(tap.acknowledged.map(\.text) == ["arrives"])
  }

  @Test func pausingHoldsPacketsBackUntilItEnds() throws {
    let agent = agent()
    try agent.connect()
    tap.pause(.toClient)
    let scanner = Device(port: broker.port, clientID: "scanner")
    try scanner.publish("scan/1", "held")
    #expect(throws: TestKitError.self) {
      try agent.waitForMessages(1, within: .milliseconds(100))
    }
    tap.resume(.toClient)
    try agent.waitForMessages(1)
  }

  @Test func aDelayedPacketComesLater() throws {
    tap.onDelivery(1) { _ in .delay(.milliseconds(200)) }
    let agent = agent()
    try agent.connect()
    let start = ContinuousClock.now
    try Device(port: broker.port, clientID: "scanner").publish("scan/1", "late")
    let received = try agent.waitForMessage()
    #expect(start.duration(to: received.time) >= .milliseconds(190))
  }

  /// A real client is killed at exactly one packet, over and over, and the session goes on.
  @Test(arguments: [1, 7, 40])
  func aClientCanBeKilledAtAChosenDelivery(number: Int) throws {
    let program = try Executable.system("mosquitto_sub")
    let arguments = [
      "-h", "127.0.0.1", "-p", "\(tap.port)", "-i", "victim", "-c", "-q", "1", "-t", "scan/#",
    ]
    let victim = try ChildProcess(program, arguments)
    try tap.waitForConnection(of: "victim")
    tap.onDelivery(number) { _ in
      .forwardThen {
        try? victim.killAndWait()
      }
    }
    let scanner = Device(port: broker.port, clientID: "scanner")
    // Only once the victim is subscribed does the broker keep messages for it.
    try eventually("subscription of the victim") {
      try scanner.publish("scan/0", "hello")
      return tap.deliveries.count > 0 || !victim.isRunning
    }
    let messages = 0..<60
    for message in messages { try scanner.publish("scan/1", "\(message)") }
    #expect(try victim.wait() == .signalled(9))
    try tap.waitForEnd(of: "victim")
    let killedAfter = tap.acknowledgedCount
    #expect(killedAfter <= number)

    let successor = try ChildProcess(program, arguments)
    defer { successor.kill() }
    // Whatever was not acknowledged comes again, so that every message ends acknowledged.
    let expected = Set(messages.map(String.init))
    try eventually("redelivery of everything") {
      expected.isSubset(of: tap.acknowledged.map(\.text))
    }
    #expect(tap.unmatchedAcknowledgements.isEmpty)
  }

  @Test func bytesThatAreNotMQTTArePassedOnAndReported() throws {
    let connection = try TCPConnection(port: tap.port)
    let connect: [UInt8] = [0x10, 13, 0, 4, 0x4D, 0x51, 0x54, 0x54, 9, 2, 0, 0, 0, 1, 0x78]
    try connection.send(connect)
    // The broker itself refuses the level: CONNACK with code 1, and hangs up.
    let answer = connection.read(within: .seconds(10))
    #expect(answer.bytes == [0x20, 2, 0, 1])
    #expect(answer.end == .closed)
    #expect(tap.failures.count == 1)
  }

  @Test func aTapInFrontOfAStoppedBrokerRefusesAndRecovers() throws {
    let agent = agent()
    try agent.connect()
    try broker.stop()
    try tap.waitForEnd(of: "agent")
    #expect(throws: TestKitError.self) { try agent.connect(within: .milliseconds(200)) }
    try broker.start()
    try agent.connect()
    #expect(agent.sessionWasPresent)
  }
}
