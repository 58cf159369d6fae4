internal import Glibc

/// The connection: made on the caller's thread, read on a thread of its own.
extension Device {
  func connectOnce(_ deadline: Deadline) throws {
    if isConnected { return }
    Self.hangUp(state)
    // The last connection's thread has to let go of its socket first.
    let _: Bool = try state.wait(for: "end of a connection", within: deadline.remaining) {
      $0.link == nil ? true : nil
    }
    let socket = try Loopback.connect(to: port)
    Descriptor.makeNonBlocking(socket)
    let number = state.update { state in
      state.connections += 1
      state.link = Link(socket: socket, number: state.connections)
      state.unsubscribed = []
      return state.connections
    }
    Worker.start { [state, writer, version] in
      Self.read(socket, number, state, writer, version)
    }

    try transmit(connectPacket.encoded(version), number, deadline)
    let refusal: UInt8? = try waitOnLink("CONNACK", number, deadline) { link, _ in
      link.isAccepted || link.refusal != nil ? .some(link.refusal) : nil
    }
    if let refusal {
      throw TestKitError.unexpected("the broker refused \(clientID) with code \(refusal)")
    }
    try subscribe(number, deadline)
  }

  private var connectPacket: MQTTPacket {
    .connect(
      .init(
        version: version,
        clientID: clientID,
        clean: clean,
        username: credentials?.username,
        password: credentials?.password,
        properties: version == .v5 && !clean ? [.sessionExpiry(.max)] : []
      )
    )
  }

  private func subscribe(_ number: Int, _ deadline: Deadline) throws {
    guard !subscriptions.isEmpty else { return }
    let id = state.withLock { state in
      let id = state.nextID()
      state.unsubscribed.insert(id)
      return id
    }
    let filters = subscriptions.map { MQTTPacket.Filter($0) }
    let packet = MQTTPacket.subscribe(id: id, filters: filters, properties: [])
    try transmit(packet.encoded(version), number, deadline)
    let refused: Int = try waitOnLink("SUBACK", number, deadline) { _, state in
      state.unsubscribed.isEmpty ? state.refusedSubscriptions : nil
    }
    guard refused == 0 else {
      throw TestKitError.unexpected("the broker refused a subscription of \(subscriptions)")
    }
  }

  /// One round trip, which proves that the connection stands.
  func ping(_ deadline: Deadline) throws {
    let (number, before) = state.withLock { ($0.link?.number ?? 0, $0.pings) }
    try transmit(MQTTPacket.pingreq.encoded(version), number, deadline)
    let _: Bool = try waitOnLink("PINGRESP", number, deadline) { _, state in
      state.pings > before ? true : nil
    }
  }

  /// Waits for something that only comes while connection `number` stands.
  func waitOnLink<Result>(
    _ what: String,
    _ number: Int,
    _ deadline: Deadline,
    _ body: (Link, State) -> Result?
  ) throws -> Result {
    let found: Result?? = try state.wait(
      for: "\(what) for \(clientID)",
      within: deadline.remaining
    ) { state in
      guard let link = state.link, link.number == number else { return .some(nil) }
      return body(link, state).map { .some($0) }
    }
    guard let found = found ?? nil else {
      throw TestKitError.unexpected(
        "\(clientID) lost its connection before \(what): \(state.withLock(\.lastFailure))"
      )
    }
    return found
  }

  /// Writes all of `bytes` to connection `number`, or throws that it is lost.
  func transmit(_ bytes: [UInt8], _ number: Int, _ deadline: Deadline) throws {
    guard try Self.write(bytes, number, state, writer, deadline) else {
      throw TestKitError.unexpected("\(clientID) lost its connection while sending")
    }
  }

  /// Writes whole packets, one caller at a time; false where the connection is gone.
  private static func write(
    _ bytes: [UInt8],
    _ number: Int,
    _ state: Monitor<State>,
    _ writer: Monitor<Int>,
    _ deadline: Deadline
  ) throws -> Bool {
    try writer.withLock { writes in
      writes += 1
      var rest = bytes[...]
      while !rest.isEmpty {
        // Under the lock the socket cannot be closed and its number given to something else.
        let (socket, sent) = try state.withLock { state in
          guard let link = state.link, link.number == number else { return (Int32(-1), 0) }
          return (link.socket, try Descriptor.send(link.socket, rest))
        }
        guard socket >= 0 else { return false }
        rest = rest.dropFirst(sent)
        guard sent > 0 || Descriptor.wait(socket, for: POLLOUT, deadline) else {
          throw TestKitError.unexpected("the broker took nothing in time")
        }
      }
      return true
    }
  }

  /// Ends the connection; its thread closes the socket.
  static func hangUp(_ state: Monitor<State>) {
    state.update { state in
      guard let link = state.link else { return }
      shutdown(link.socket, Int32(SHUT_RDWR))
      state.link?.isAccepted = false
    }
  }

  private static func read(
    _ socket: Int32,
    _ number: Int,
    _ state: Monitor<State>,
    _ writer: Monitor<Int>,
    _ version: MQTTVersion
  ) {
    var framer = MQTTFramer()
    do {
      while true {
        guard Descriptor.wait(socket, for: POLLIN, Deadline(within: .seconds(86_400))),
          let bytes = try Descriptor.read(socket, atMost: 1 << 16)
        else { continue }
        if bytes.isEmpty { break }
        framer.append(bytes)
        let reply = try state.update { state in
          var reply: [UInt8] = []
          while let frame = try framer.next() {
            reply += try state.take(try MQTTPacket(frame, version), version)
          }
          return reply
        }
        let deadline = Deadline(within: .seconds(60))
        guard try write(reply, number, state, writer, deadline) else { break }
      }
    } catch {
      state.update { $0.lastFailure = "\(error)" }
    }
    state.update { state in
      close(socket)
      state.link = nil
    }
  }
}

extension Device.State {
  /// Handles a packet of the broker and returns what has to be answered.
  fileprivate mutating func take(
    _ packet: MQTTPacket,
    _ version: MQTTVersion
  ) throws(TestKitError) -> [UInt8] {
    switch packet {
    case .connack(let present, let code, _):
      sessionPresent = present
      if code == 0 { link?.isAccepted = true } else { link?.refusal = code }
    case .puback(let id, _, _):
      if unacknowledged.remove(id) != nil { acknowledged += 1 }
    case .suback(let id, let codes, _):
      unsubscribed.remove(id)
      refusedSubscriptions = codes.count { $0 >= 0x80 }
    case .publish(let message):
      received.append(
        Device.Received(
          topic: message.topic,
          payload: message.payload,
          duplicate: message.duplicate,
          retained: message.retain,
          time: .now
        )
      )
      guard message.qos > 0 else { return [] }
      return MQTTPacket.puback(id: message.id, reason: 0, properties: []).encoded(version)
    case .pingresp: pings += 1
    case .disconnect(let reason, _):
      throw .unexpected("the broker disconnected with reason \(reason)")
    default: throw .unexpected("the broker sent \(packet)")
    }
    return []
  }
}
