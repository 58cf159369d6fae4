internal import CMosquitto
public import Floor
internal import Glibc

/// The intake's connection to its broker, on which acknowledgements wait for the journal.
///
/// libmosquitto sends PUBACK before it hands a message over. Told that it is used from several
/// threads (`mosquitto_threaded_set`) it queues its packets instead of writing them, and since the
/// loop is ours they leave only in `flush()`, which the caller calls after the commit.
///
/// Rules that keep the promise:
/// * `receive` reads; it never writes to the socket.
/// * `flush` is the only call that writes, and the caller calls it only after a commit.
/// * `abandon` closes the socket without sending what is queued; it is what happens after a failed
///   commit. `mosquitto_disconnect` would send it.
///
/// Confined to one thread. libmosquitto calls back only from inside `receive`, `flush` and `tick`.
public final class IntakeConnection {
  private let handle: OpaquePointer
  private let inbox: Inbox
  private let isVersion5: Bool

  /// Opens a connection and sends CONNECT; the answer comes as a `ConnectionEvent`.
  ///
  /// - Parameter version5: MQTT 5, else 3.1.1.
  public init(_ settings: BrokerSettings, version5: Bool) throws(MQTTError) {
    _ = libraryIsReady
    let inbox = Inbox()
    let context = Unmanaged.passUnretained(inbox).toOpaque()
    guard let made = mosquitto_new(settings.clientID, !settings.keepsSession, context) else {
      throw MQTTError(
        code: errno,
        operation: "mosquitto_new",
        text: "no client could be made",
        hint: "Check broker.client_id."
      )
    }
    handle = made
    self.inbox = inbox
    isVersion5 = version5
    try configure(settings)
    try connect(settings)
  }

  deinit { mosquitto_destroy(handle) }

  private func configure(_ settings: BrokerSettings) throws(MQTTError) {
    try MQTTError.check(
      tm_set_protocol(
        handle,
        isVersion5 ? Int32(MQTT_PROTOCOL_V5) : Int32(MQTT_PROTOCOL_V311)
      ),
      "protocol version"
    )
    if isVersion5 {
      try MQTTError.check(
        tm_set_receive_maximum(handle, Int32(settings.receiveMaximum)),
        "receive maximum"
      )
    }
    try MQTTError.check(mosquitto_threaded_set(handle, true), "threaded mode")
    // Else the feedback waits behind the PUBACK until the broker's delayed ACK, 40 ms later.
    try MQTTError.check(tm_set_tcp_nodelay(handle), "no delay")
    // Our own feedback may be in flight without bound here; the intake bounds it.
    mosquitto_max_inflight_messages_set(handle, 0)
    if let user = settings.user {
      try MQTTError.check(
        mosquitto_username_pw_set(handle, user, settings.password),
        "user and password"
      )
    }
    if let tls = settings.tls {
      let code = mosquitto_tls_set(
        handle,
        tls.caFile,
        tls.caFile == nil ? "/etc/ssl/certs" : nil,
        tls.certificateFile,
        tls.keyFile,
        nil
      )
      guard code == 0 else {
        throw MQTTError(
          code: code,
          operation: "TLS files",
          hint: "Check that broker.ca_file, certificate_file and key_file exist and are readable."
        )
      }
      try MQTTError.check(mosquitto_tls_opts_set(handle, 1, "tlsv1.2", nil), "TLS options")
    }
    try MQTTError.check(
      settings.willPayload.withUnsafeBytes { bytes in
        mosquitto_will_set(
          handle,
          settings.statusTopic,
          Int32(bytes.count),
          bytes.baseAddress,
          1,
          true
        )
      },
      "last will"
    )
    mosquitto_connect_v5_callback_set(handle, onConnect)
    mosquitto_disconnect_v5_callback_set(handle, onDisconnect)
    mosquitto_message_v5_callback_set(handle, onMessage)
    mosquitto_publish_v5_callback_set(handle, onPublish)
    mosquitto_subscribe_v5_callback_set(handle, onSubscribe)
  }

  private func connect(_ settings: BrokerSettings) throws(MQTTError) {
    var properties: OpaquePointer?
    defer { mosquitto_property_free_all(&properties) }
    if isVersion5 {
      try MQTTError.check(
        mosquitto_property_add_int32(
          &properties,
          Int32(MQTT_PROP_SESSION_EXPIRY_INTERVAL.rawValue),
          settings.keepsSession ? UInt32.max : 0
        ),
        "session expiry"
      )
      try MQTTError.check(
        mosquitto_property_add_int16(
          &properties,
          Int32(MQTT_PROP_RECEIVE_MAXIMUM.rawValue),
          UInt16(clamping: settings.receiveMaximum)
        ),
        "receive maximum"
      )
    }
    let code = mosquitto_connect_bind_v5(
      handle,
      settings.host,
      Int32(settings.port),
      Int32(settings.keepAlive),
      nil,
      properties
    )
    guard code == 0 else {
      let reason = code == MOSQ_ERR_ERRNO.rawValue ? String(cString: strerror(errno)) : nil
      throw MQTTError(
        code: code,
        operation: "connect to \(settings.host):\(settings.port)",
        text: reason,
        hint: "Check that the broker runs and that broker.host and broker.port are right."
      )
    }
  }

  /// The socket to poll; -1 when there is none.
  public var socket: Int32 { mosquitto_socket(handle) }

  /// True if packets wait to be written.
  public var wantsWrite: Bool { mosquitto_want_write(handle) }

  /// Reads what has arrived, up to about `limit` messages, without writing anything.
  public func receive(limit: Int) throws(MQTTError) {
    while inbox.messages.count < limit {
      let code = mosquitto_loop_read(handle, 1)
      guard code == 0 else { throw failure(code, "read from the broker") }
      var poller = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
      if poll(&poller, 1, 0) <= 0 { return }
    }
  }

  /// Takes what `receive` has collected.
  public func takeMessages() -> [InboundMessage] {
    defer { inbox.messages.removeAll(keepingCapacity: true) }
    return inbox.messages
  }

  /// Takes what happened to the connection and to our own messages.
  public func takeEvents() -> [ConnectionEvent] {
    defer { inbox.events.removeAll(keepingCapacity: true) }
    return inbox.events
  }

  /// Writes queued packets, among them the acknowledgements, as far as the socket takes them.
  public func flush() throws(MQTTError) {
    while wantsWrite {
      let code = mosquitto_loop_write(handle, 1)
      guard code == 0 else { throw failure(code, "write to the broker") }
      var poller = pollfd(fd: socket, events: Int16(POLLOUT), revents: 0)
      if poll(&poller, 1, 0) <= 0 { return }
    }
  }

  /// Keeps the connection alive; call at least once a second.
  public func tick() throws(MQTTError) {
    let code = mosquitto_loop_misc(handle)
    guard code == 0 else { throw failure(code, "keep the connection alive") }
  }

  /// Subscribes, at QoS 1 unless what is missed does not matter.
  ///
  /// - Parameter retained: What is retained is sent each time; otherwise, over MQTT 5, with the first
  ///   subscription of a session only, so that it does not come again with each start.
  public func subscribe(
    _ filters: [String],
    quality: Int32 = 1,
    retained: Bool = false
  ) throws(MQTTError) {
    for filter in filters {
      try MQTTError.check(
        isVersion5
          ? mosquitto_subscribe_v5(
            handle,
            nil,
            filter,
            quality,
            Int32(
              (retained ? MQTT_SUB_OPT_SEND_RETAIN_ALWAYS : MQTT_SUB_OPT_SEND_RETAIN_NEW).rawValue
            ),
            nil
          ) : mosquitto_subscribe(handle, nil, filter, quality),
        "subscribe to \(filter)"
      )
    }
  }

  /// Ends subscriptions that a former configuration left in the broker's session.
  public func unsubscribe(_ filters: [String]) throws(MQTTError) {
    for filter in filters {
      try MQTTError.check(
        mosquitto_unsubscribe(handle, nil, filter),
        "unsubscribe from \(filter)"
      )
    }
  }

  /// Queues a message at QoS 1.
  ///
  /// - Parameter expires: Seconds after which the broker drops it undelivered (MQTT 5).
  /// - Returns: Its packet identifier, to recognise the acknowledgement.
  public func publish(
    _ topic: String,
    _ payload: [UInt8],
    retained: Bool = false,
    expires: Int? = nil
  ) throws(MQTTError) -> Int32 {
    var properties: OpaquePointer?
    defer { mosquitto_property_free_all(&properties) }
    if isVersion5, let expires {
      try MQTTError.check(
        mosquitto_property_add_int32(
          &properties,
          Int32(MQTT_PROP_MESSAGE_EXPIRY_INTERVAL.rawValue),
          UInt32(clamping: expires)
        ),
        "message expiry"
      )
    }
    var packetID: Int32 = 0
    let code = payload.withUnsafeBytes { bytes in
      mosquitto_publish_v5(
        handle,
        &packetID,
        topic,
        Int32(bytes.count),
        bytes.baseAddress,
        1,
        retained,
        properties
      )
    }
    try MQTTError.check(code, "publish to \(topic)")
    return packetID
  }

  /// Says goodbye, which the broker answers by not sending the last will; only after a `flush`.
  public func disconnect() {
    mosquitto_disconnect_v5(handle, 0, nil)
    for _ in 0..<Self.goodbyeWrites where wantsWrite { mosquitto_loop_write(handle, 1) }
  }

  private static let goodbyeWrites = 100

  private func failure(_ code: Int32, _ operation: String) -> MQTTError {
    let text = code == MOSQ_ERR_ERRNO.rawValue ? String(cString: strerror(errno)) : nil
    return MQTTError(code: code, operation: operation, text: text)
  }
}

/// What the callbacks collect until the loop takes it.
private final class Inbox {
  var messages: [InboundMessage] = []
  var events: [ConnectionEvent] = []
}

private let libraryIsReady: Bool = { mosquitto_lib_init() == 0 }()

// Callbacks are file-scope functions, never closures: a closure written in an isolated context
// carries a run-time isolation check and traps on a thread of the library.

private func inbox(_ context: UnsafeMutableRawPointer?) -> Inbox? {
  guard let context = context else { return nil }
  return Unmanaged<Inbox>.fromOpaque(context).takeUnretainedValue()
}

private func onConnect(
  _: OpaquePointer?,
  context: UnsafeMutableRawPointer?,
  code: Int32,
  flags: Int32,
  _: OpaquePointer?
) {
  inbox(context)?.events.append(
    code == 0 ? .connected(sessionPresent: flags & 1 == 1) : .ended(reason: code)
  )
}

private func onDisconnect(
  _: OpaquePointer?,
  context: UnsafeMutableRawPointer?,
  code: Int32,
  _: OpaquePointer?
) {
  inbox(context)?.events.append(.ended(reason: code))
}

private func onPublish(
  _: OpaquePointer?,
  context: UnsafeMutableRawPointer?,
  packetID: Int32,
  _: Int32,
  _: OpaquePointer?
) {
  inbox(context)?.events.append(.published(packetID: packetID))
}

private func onSubscribe(
  _: OpaquePointer?,
  context: UnsafeMutableRawPointer?,
  _: Int32,
  count: Int32,
  granted: UnsafePointer<Int32>?,
  _: OpaquePointer?
) {
  guard let granted else { return }
  for code in UnsafeBufferPointer(start: granted, count: Int(count)) where code >= 0x80 {
    inbox(context)?.events.append(.subscriptionRefused(reason: code))
  }
}

private func onMessage(
  _: OpaquePointer?,
  context: UnsafeMutableRawPointer?,
  message: UnsafePointer<mosquitto_message>?,
  _: OpaquePointer?
) {
  guard let inbox = inbox(context), let message = message?.pointee,
    let topic = message.topic
  else { return }
  let payload = [UInt8](
    UnsafeRawBufferPointer(start: message.payload, count: Int(message.payloadlen))
  )
  inbox.messages.append(
    InboundMessage(
      topic: String(cString: topic),
      payload: payload,
      isRetained: message.retain,
      packetID: UInt16(truncatingIfNeeded: message.mid)
    )
  )
}
