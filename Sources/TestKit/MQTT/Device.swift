internal import Glibc

/// A device on the floor: a small MQTT client that publishes events and hears its feedback.
///
/// Sends on the caller's thread and receives on one thread per connection. It connects by itself
/// when something is sent and, as real devices do, again when the connection was lost.
public final class Device: Sendable {
  /// The client id.
  public let clientID: String

  let port: Int
  let version: MQTTVersion
  let clean: Bool
  let credentials: BrokerOptions.Credentials?
  let subscriptions: [String]
  let state = Monitor(State())
  /// Held while packets are written, so that they do not mix; counts the writes.
  ///
  /// Not a monitor of nothing: a value without a size lies at the address of its object's header,
  /// and ThreadSanitizer reports a race with those who only look at the object.
  let writer = Monitor(0)

  /// A device for the broker at `port`; nothing is sent yet.
  ///
  /// With `clean` false the broker keeps the session for ever. `subscriptions` are made again with
  /// each connection, at QoS 1.
  public init(
    port: Int,
    clientID: String,
    version: MQTTVersion = .v311,
    clean: Bool = true,
    subscriptions: [String] = [],
    credentials: BrokerOptions.Credentials? = nil
  ) {
    self.port = port
    self.clientID = clientID
    self.version = version
    self.clean = clean
    self.subscriptions = subscriptions
    self.credentials = credentials
  }

  deinit {
    Self.hangUp(state)
  }

  /// Connects and subscribes, and returns once the broker has confirmed both.
  ///
  /// Keeps trying for `duration` where the broker is away. A connection that is there already is
  /// kept if it still answers.
  public func connect(within duration: Duration = .seconds(30)) throws {
    let deadline = Deadline(within: duration)
    if isConnected {
      do {
        return try ping(deadline)
      } catch TestKitError.unexpected {
        // It was lost, which had not been noticed yet.
      }
    }
    try establish(deadline)
  }

  /// Connects unless there seems to be a connection.
  func establish(_ deadline: Deadline) throws {
    while true {
      do {
        return try connectOnce(deadline)
      } catch let error as TestKitError {
        guard case .system(_, ECONNREFUSED) = error, !deadline.hasPassed else { throw error }
        // The broker is starting; there is no event to wait for.
        _ = poll(nil, 0, 10)
      }
    }
  }

  /// True while the connection stands and the broker has accepted it.
  public var isConnected: Bool { state.withLock { $0.link?.isAccepted ?? false } }

  /// True where the last CONNACK said that the broker had a session.
  public var sessionWasPresent: Bool { state.withLock { $0.sessionPresent } }

  /// Says good-bye and closes the connection.
  public func disconnect() {
    let farewell = MQTTPacket.disconnect(reason: 0, properties: []).encoded(version)
    if let number = state.withLock({ $0.link?.number }) {
      try? transmit(farewell, number, Deadline(within: .seconds(1)))
    }
    Self.hangUp(state)
  }

  /// Closes the connection without a word, as a device that has left the radio's reach.
  public func vanish() {
    Self.hangUp(state)
  }

  /// Messages that came for this device, in order.
  public var received: [Received] { state.withLock { $0.received } }

  /// Waits for a message, heard before or from now on, that fits.
  @discardableResult
  public func waitForMessage(
    within duration: Duration = .seconds(30),
    from index: Int = 0,
    where fits: (Received) -> Bool = { _ in true }
  ) throws -> Received {
    var next = index
    return try state.wait(
      for: "message for \(clientID)",
      within: duration,
      seen: { "\($0.received.count) other messages" },
      { state in
        while next < state.received.count {
          defer { next += 1 }
          if fits(state.received[next]) { return state.received[next] }
        }
        return nil
      }
    )
  }

  /// Waits until this many messages have come.
  public func waitForMessages(_ count: Int, within duration: Duration = .seconds(60)) throws {
    let _: Bool = try state.wait(
      for: "\(count) messages for \(clientID)",
      within: duration,
      seen: { "\($0.received.count) messages" },
      { $0.received.count >= count ? true : nil }
    )
  }
}
