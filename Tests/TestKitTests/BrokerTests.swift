import TestKit
import Testing

@Suite("Broker and Device")
struct BrokerTests {
  @Test(arguments: MQTTVersion.allCases)
  func aMessageReachesItsSubscriber(version: MQTTVersion) throws {
    let broker = try Broker()
    let listener = Device(
      port: broker.port,
      clientID: "listener",
      version: version,
      subscriptions: ["dock/+"]
    )
    try listener.connect()
    let device = Device(port: broker.port, clientID: "scanner", version: version)
    try device.publish("dock/1", "4006381333931")
    try device.publish("elsewhere", "not for the listener")
    try device.publish("dock/2", "second")
    try listener.waitForMessages(2)
    #expect(listener.received.map(\.topic) == ["dock/1", "dock/2"])
    #expect(listener.received.map(\.text) == ["4006381333931", "second"])
    device.disconnect()
    listener.disconnect()
  }

  @Test(arguments: MQTTVersion.allCases)
  func aPersistentSessionSurvivesARestart(version: MQTTVersion) throws {
    let broker = try Broker()
    let listener = Device(
      port: broker.port,
      clientID: "agent",
      version: version,
      clean: false,
      subscriptions: ["scan"]
    )
    try listener.connect()
    #expect(!listener.sessionWasPresent)
    listener.disconnect()
    try Device(port: broker.port, clientID: "scanner").publish("scan", "while away")
    try broker.restart()
    try listener.connect()
    #expect(listener.sessionWasPresent)
    #expect(try listener.waitForMessage().text == "while away")
  }

  @Test func aKilledBrokerKeepsOnlyWhatItSaved() throws {
    let broker = try Broker()
    let listener = Device(
      port: broker.port,
      clientID: "agent",
      clean: false,
      subscriptions: ["scan"]
    )
    try listener.connect()
    listener.disconnect()
    let scanner = Device(port: broker.port, clientID: "scanner")
    try scanner.publish("scan", "saved")
    try broker.save()
    try scanner.publish("scan", "not saved")
    try broker.kill()
    #expect(broker.pid == nil)
    try broker.start()
    try listener.connect()
    try scanner.publish("scan", "after")
    try listener.waitForMessages(2)
    #expect(listener.received.map(\.text) == ["saved", "after"])
  }

  @Test func withoutPersistenceNothingSurvives() throws {
    var options = BrokerOptions()
    options.persistence = false
    let broker = try Broker(options)
    let listener = Device(
      port: broker.port,
      clientID: "agent",
      clean: false,
      subscriptions: ["scan"]
    )
    try listener.connect()
    try broker.restart()
    try listener.connect()
    #expect(!listener.sessionWasPresent)
  }

  @Test func refusesStrangersAndUnreadableTopics() throws {
    var options = BrokerOptions()
    options.credentials = [.init(username: "agent", password: "secret")]
    options.accessRules = ["user agent", "topic readwrite floor/#"]
    let broker = try Broker(options)
    #expect(throws: TestKitError.self) {
      try Device(port: broker.port, clientID: "stranger").connect()
    }
    let agent = Device(
      port: broker.port,
      clientID: "agent",
      subscriptions: ["#"],
      credentials: options.credentials.first
    )
    try agent.connect()
    try agent.publish("secret", "x")
    try agent.publish("floor/1", "y")
    #expect(try agent.waitForMessage().topic == "floor/1")
    try broker.waitForLog(containing: "not authorised")
  }

  @Test func aDeviceSendsUntilItHearsItsFeedback() throws {
    let broker = try Broker()
    let device = Device(port: broker.port, clientID: "d", subscriptions: ["d/feedback"])
    let agent = Device(port: broker.port, clientID: "a", subscriptions: ["d/events"])
    try agent.connect()
    // Answers only the third sending.
    let answering = Background {
      try agent.waitForMessages(3)
      try agent.publish("d/feedback", "accepted")
    }
    let receipt = try device.publishUntilFeedback(
      "d/events",
      Array("scan-1".utf8),
      patience: .milliseconds(300)
    ) { $0.topic == "d/feedback" }
    #expect(receipt.feedback.text == "accepted")
    #expect(receipt.sendings >= 3)
    #expect(agent.received.allSatisfy { $0.text == "scan-1" })
    try answering.finish()

    #expect(throws: TestKitError.self) {
      try device.publishUntilFeedback(
        "d/events",
        [1],
        patience: .milliseconds(20),
        sendings: 2
      ) { _ in false }
    }
  }

  @Test func aFrozenBrokerAnswersNothingUntilItThaws() throws {
    let broker = try Broker()
    let device = Device(port: broker.port, clientID: "d")
    try device.publish("t", "before")
    broker.freeze()
    #expect(throws: TestKitError.self) {
      try device.publish("t", "during", within: .milliseconds(100))
    }
    broker.thaw()
    try device.publish("t", "after")
  }
}
