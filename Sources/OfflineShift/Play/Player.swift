internal import DemoShift
internal import TestKit

/// Makes the scans of a shift, one after the other, each as soon as the one before is answered.
///
/// One at a time, so that which scan comes first does not depend on chance; that many at once are
/// safe is shown by the kill test.
final class Player {
  private let yard: Yard
  private let shift: Shift
  private var devices: [String: Device] = [:]
  private(set) var answers: [Int: Account.Answer] = [:]
  /// How often the agent was killed.
  private(set) var kills = 0
  /// Events that were sent more than once because no answer came.
  private(set) var repetitions = 0

  /// Time without an answer after which a device sends again.
  private static let patience: Duration = .seconds(3)
  /// Sendings after which it gives up.
  private static let sendings = 20
  /// Time within which a device that cannot send again must be answered.
  private static let longest: Duration = .seconds(30)
  /// Scans without an answer after which the shift is given up.
  private static let mostSilent = 3

  init(_ yard: Yard, _ shift: Shift) throws {
    self.yard = yard
    self.shift = shift
    for name in Devices.names {
      let device = Device(
        port: yard.broker.port,
        clientID: name,
        clean: false,
        subscriptions: [Devices.answers(name)]
      )
      try device.connect()
      devices[name] = device
    }
  }

  /// Leaves the messages in the broker that were there before the agent.
  func leaveRetained() throws {
    for (index, scan) in shift.scans.enumerated() {
      guard case .retained = scan.content, let device = devices[scan.device] else { continue }
      let envelope = Envelope(index, shift)
      try device.publish(envelope.topic, envelope.payload, retain: true)
    }
  }

  /// Makes all scans.
  func play(_ progress: (Int) -> Void) throws {
    var silent = 0
    for (index, scan) in shift.scans.enumerated() where scan.expects.signal != nil {
      do {
        answers[index] = try send(index)
      } catch let error as TestKitError {
        silent += 1
        guard silent < Self.mostSilent else { throw error }
      }
      progress(index)
    }
    // What nobody may answer would have been answered by now.
    for (index, scan) in shift.scans.enumerated() where scan.expects.signal == nil {
      if let message = devices[scan.device]?.received.first { answers[index] = Self.json(message) }
    }
    for device in devices.values { device.disconnect() }
  }

  private func send(_ index: Int) throws -> Account.Answer {
    let scan = shift.scans[index]
    guard let device = devices[scan.device] else {
      throw DemoFailure("the site has no device \(scan.device)")
    }
    let envelope = Envelope(index, shift)
    let heard = device.received.count
    if shift.kills.contains(index) {
      try device.publish(envelope.topic, envelope.payload)
      try yard.killAgent()
      kills += 1
      try yard.startAgent()
    }
    var answer: Account.Answer?
    if let id = envelope.id, Devices.format(scan.device) == .json {
      let receipt = try device.publishUntilFeedback(
        envelope.topic,
        envelope.payload,
        patience: Self.patience,
        sendings: Self.sendings
      ) { Value(parsing: $0.payload)?["event"]?.text == id }
      repetitions += receipt.sendings - 1
      answer = Self.json(receipt.feedback)
    } else {
      try device.publish(envelope.topic, envelope.payload)
      let message = try device.waitForMessage(within: Self.longest, from: heard) {
        Self.isAnswer($0, to: scan.device)
      }
      answer = Self.answer(message, to: scan.device)
    }
    guard var answer else { throw DemoFailure("\(scan.device) got an answer that is none") }
    if shift.kills.contains(index) {
      repetitions += 1
      // The agent has first sent again what may not have reached its devices. Now that the last
      // answer is here, the broker has all of that, and passes it on before its answer to a ping.
      for device in devices.values { try device.connect() }
      // Nobody knows whether the agent had counted it before it was killed.
      answer.isRepeat = scan.expects.isRepeat
    }
    return answer
  }

  private static func isAnswer(_ message: Device.Received, to device: String) -> Bool {
    guard Devices.format(device) == .proglove else { return true }
    let json = Value(parsing: message.payload)
    return json?["event_type"]?.text == "feedback!" && json?["device_serial"]?.text == device
  }

  private static func answer(_ message: Device.Received, to device: String) -> Account.Answer? {
    guard Devices.format(device) == .proglove else { return json(message) }
    let signals = [
      "FEEDBACK_POSITIVE": "good", "FEEDBACK_NEGATIVE": "bad",
      "FEEDBACK_SPECIAL_YELLOW": "confirm",
    ]
    let action = Value(parsing: message.payload)?["feedback_action_id"]?.text
    return action.flatMap { signals[$0] }.map { Account.Answer(signal: $0, code: nil) }
  }

  private static func json(_ message: Device.Received) -> Account.Answer? {
    guard let json = Value(parsing: message.payload), let signal = json["signal"]?.text else {
      return nil
    }
    return Account.Answer(
      signal: signal,
      code: json["code"]?.text,
      isRepeat: json["duplicate"]?.flag ?? false,
      message: json["message"]?.text ?? ""
    )
  }
}
