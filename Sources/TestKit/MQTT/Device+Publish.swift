/// Sending: one event at a time, until a receipt comes, or many at once.
extension Device {
  /// Publishes at QoS 1 and waits for the broker's PUBACK.
  ///
  /// Connects where there is no connection, and sends again with the duplicate flag where the
  /// connection is lost before the PUBACK.
  public func publish(
    _ topic: String,
    _ payload: [UInt8],
    retain: Bool = false,
    properties: [MQTTProperty] = [],
    within duration: Duration = .seconds(30)
  ) throws {
    let deadline = Deadline(within: duration)
    var message = MQTTPacket.Publish(
      topic: topic,
      payload: payload,
      qos: 1,
      retain: retain,
      properties: properties
    )
    message.id = state.withLock { state in
      let id = state.nextID()
      state.unacknowledged.insert(id)
      return id
    }
    defer { state.withLock { _ = $0.unacknowledged.remove(message.id) } }
    while true {
      do {
        try establish(deadline)
        return try deliver(message, deadline)
      } catch let error as TestKitError {
        guard case .unexpected = error, !isConnected, !deadline.hasPassed else { throw error }
        message.duplicate = true
      }
    }
  }

  /// Publishes text at QoS 1 and waits for the broker's PUBACK.
  public func publish(
    _ topic: String,
    _ text: String,
    within duration: Duration = .seconds(30)
  ) throws {
    try publish(topic, Array(text.utf8), within: duration)
  }

  private func deliver(_ message: MQTTPacket.Publish, _ deadline: Deadline) throws {
    guard let number = state.withLock({ $0.link?.number }) else {
      throw TestKitError.unexpected("\(clientID) has no connection")
    }
    try transmit(MQTTPacket.publish(message).encoded(version), number, deadline)
    let _: Bool = try waitOnLink("PUBACK", number, deadline) { _, state in
      state.unacknowledged.contains(message.id) ? nil : true
    }
  }

  /// What came of an event that was sent until its feedback came.
  public struct Receipt: Sendable {
    /// The feedback.
    public let feedback: Received
    /// How often the event was sent.
    public let sendings: Int
    /// From the first sending to the feedback.
    public let duration: Duration
  }

  /// Publishes the same payload again and again until a message comes that `fits`.
  ///
  /// This is what a device has to do: the feedback, not the broker's PUBACK, says that an event is
  /// durable. Sends at most `sendings` times, each time waiting `patience`.
  @discardableResult
  public func publishUntilFeedback(
    _ topic: String,
    _ payload: [UInt8],
    patience: Duration = .seconds(2),
    sendings: Int = 30,
    where fits: (Received) -> Bool
  ) throws -> Receipt {
    let start = ContinuousClock.now
    let heard = received.count
    for sending in 1...sendings {
      let sent = try sendOnce(topic, payload, patience)
      let wait = sent ? patience : .zero
      let feedback = try? waitForMessage(within: wait, from: heard, where: fits)
      if let feedback {
        let duration = start.duration(to: feedback.time)
        return Receipt(feedback: feedback, sendings: sending, duration: duration)
      }
    }
    throw TestKitError.timedOut(
      waitingFor: "feedback for \(clientID)",
      after: .now - start,
      seen: "\(sendings) sendings without an answer"
    )
  }

  /// False where the broker did not take the event; the device tries again.
  private func sendOnce(
    _ topic: String,
    _ payload: [UInt8],
    _ patience: Duration
  ) throws -> Bool {
    do {
      try publish(topic, payload, within: patience)
      return true
    } catch is TestKitError {
      return false
    }
  }

  /// Publishes `count` messages at QoS 1 as fast as the broker takes them.
  ///
  /// At most `inflight` messages wait for their PUBACK at a time. Returns once all of them have it;
  /// throws where the connection is lost.
  @discardableResult
  public func flood(
    count: Int,
    inflight: Int = 500,
    within duration: Duration = .seconds(120),
    message: (Int) -> (topic: String, payload: [UInt8])
  ) throws -> Duration {
    let deadline = Deadline(within: duration)
    try connect(within: duration)
    guard let number = state.withLock({ $0.link?.number }) else { return .zero }
    let start = ContinuousClock.now
    var sent = 0
    while sent < count {
      let room: Int = try waitOnLink("room in flight", number, deadline) { _, state in
        let room = inflight - state.unacknowledged.count
        return room >= min(inflight / 2, count - sent) && room > 0 ? room : nil
      }
      var batch: [UInt8] = []
      let next = min(count, sent + room)
      let ids = state.withLock { state in
        (sent..<next).map { _ in
          let id = state.nextID()
          state.unacknowledged.insert(id)
          return id
        }
      }
      for (index, id) in zip(sent..<next, ids) {
        let (topic, payload) = message(index)
        let publish = MQTTPacket.Publish(topic: topic, payload: payload, qos: 1, id: id)
        batch += MQTTPacket.publish(publish).encoded(version)
      }
      try transmit(batch, number, deadline)
      sent = next
    }
    let _: Bool = try waitOnLink("last PUBACK", number, deadline) { _, state in
      state.unacknowledged.isEmpty ? true : nil
    }
    return .now - start
  }

  /// Publishes these payloads on one topic as fast as the broker takes them.
  @discardableResult
  public func flood(
    _ topic: String,
    _ payloads: [[UInt8]],
    inflight: Int = 500,
    within duration: Duration = .seconds(120)
  ) throws -> Duration {
    try flood(count: payloads.count, inflight: inflight, within: duration) {
      (topic, payloads[$0])
    }
  }
}
