/// One connection through a tap.
public struct TapConnection: Sendable, Hashable {
  /// Its number, from 1.
  public let number: Int
  /// The client id of its CONNECT; empty before that.
  public internal(set) var clientID: String
  /// True until both sides are closed.
  public internal(set) var isOpen: Bool
}

/// What a tap has seen.
extension MQTTTap {
  /// Messages that the broker has sent to clients, in order, redeliveries too.
  public var deliveries: [TapMessage] { recorder.record.withLock { $0.toClient.messages } }

  /// Messages that clients have acknowledged to the broker, in the order of their PUBACKs.
  public var acknowledged: [TapMessage] {
    recorder.record.withLock { record in
      record.toClient.acknowledged.map { record.toClient.messages[$0] }
    }
  }

  /// How many messages clients have acknowledged.
  public var acknowledgedCount: Int {
    recorder.record.withLock { $0.toClient.acknowledged.count }
  }

  /// PUBACKs of clients for packet ids that were not waiting for one.
  public var unmatchedAcknowledgements: [TapPacket] {
    recorder.record.withLock { $0.toClient.unmatched }
  }

  /// Messages that clients have published, in order; an agent's feedback is among them.
  public var published: [TapMessage] { recorder.record.withLock { $0.toServer.messages } }

  /// Messages of clients that the broker has acknowledged, in the order of its PUBACKs.
  public var publishedAcknowledged: [TapMessage] {
    recorder.record.withLock { record in
      record.toServer.acknowledged.map { record.toServer.messages[$0] }
    }
  }

  /// All connections since the beginning.
  public var connections: [TapConnection] { recorder.record.withLock { $0.connections } }

  /// Streams that were not MQTT, each with its reason; a test expects none.
  public var failures: [String] { recorder.record.withLock { $0.failures } }

  /// Waits until clients have acknowledged this many messages.
  public func waitForAcknowledged(
    _ count: Int,
    within duration: Duration = .seconds(60)
  ) throws {
    try waitForCount(count, "acknowledgements", duration) { $0.toClient.acknowledged.count }
  }

  /// Waits until the broker has sent this many messages to clients.
  public func waitForDeliveries(_ count: Int, within duration: Duration = .seconds(60)) throws {
    try waitForCount(count, "deliveries", duration) { $0.toClient.messages.count }
  }

  /// Waits until clients have published this many messages.
  public func waitForPublished(_ count: Int, within duration: Duration = .seconds(60)) throws {
    try waitForCount(count, "publishes", duration) { $0.toServer.messages.count }
  }

  /// Waits for a message that a client publishes, before or from now on, and that fits.
  @discardableResult
  public func waitForPublished(
    within duration: Duration = .seconds(30),
    where fits: (TapMessage) -> Bool
  ) throws -> TapMessage {
    var next = 0
    return try recorder.record.wait(for: "publish through the tap", within: duration) { record in
      let messages = record.toServer.messages
      while next < messages.count {
        defer { next += 1 }
        if fits(messages[next]) { return messages[next] }
      }
      return nil
    }
  }

  /// Waits until a client has an open connection through the tap.
  public func waitForConnection(
    of clientID: String,
    within duration: Duration = .seconds(30)
  ) throws {
    let _: Bool = try recorder.record.wait(
      for: "connection of \(clientID)",
      within: duration,
      { $0.connections.contains { $0.isOpen && $0.clientID == clientID } ? true : nil }
    )
  }

  /// Waits until the tap has seen the end of every connection of a client.
  ///
  /// After a kill: from then on `acknowledged` has all that the client ever said.
  public func waitForEnd(
    of clientID: String,
    within duration: Duration = .seconds(30)
  ) throws {
    let _: Bool = try recorder.record.wait(
      for: "end of the connections of \(clientID)",
      within: duration,
      { $0.connections.contains { $0.isOpen && $0.clientID == clientID } ? nil : true }
    )
  }

  private func waitForCount(
    _ count: Int,
    _ what: String,
    _ duration: Duration,
    _ current: (TapRecorder.Record) -> Int
  ) throws {
    let _: Bool = try recorder.record.wait(
      for: "\(count) \(what)",
      within: duration,
      seen: { "\(current($0))" },
      { current($0) >= count ? true : nil }
    )
  }
}
