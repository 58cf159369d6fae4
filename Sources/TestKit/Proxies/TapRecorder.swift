/// The tap's policy: parses, records, asks the hooks, passes on.
final class TapRecorder: ProxyPolicy {
  typealias Hook = @Sendable (TapPacket) -> TapDecision

  /// The parsers of one connection.
  struct Stream: Sendable {
    var clientID = ""
    var version = MQTTVersion.v311
    var toServer = MQTTFramer()
    var toClient = MQTTFramer()
    /// Something came that is not MQTT: from then on bytes are passed on as they are.
    var isRaw = false
  }

  struct Record: Sendable {
    var toServer = TapLane()
    var toClient = TapLane()
    var connections: [TapConnection] = []
    var failures: [String] = []
    var packets = 0

    /// How many packets of each kind have gone each way.
    var ordinals: [ProxyDirection: [UInt8: Int]] = [:]
  }

  let record = Monitor(Record())
  let hooks = Monitor<[Hook]>([])
  /// Only touched by the proxy's thread; the lock is for the compiler.
  private let streams = Monitor<[Int: Stream]>([:])

  func opened(_ connection: Int, _ perform: (ProxyStep) -> Void) {
    streams.withLock { $0[connection] = Stream() }
    record.update {
      $0.connections.append(TapConnection(number: connection, clientID: "", isOpen: true))
    }
  }

  func closed(_ connection: Int) {
    streams.withLock { $0[connection] = nil }
    record.update { record in
      record.toServer.close(connection)
      record.toClient.close(connection)
      record.connections[connection - 1].isOpen = false
    }
  }

  func received(
    _ bytes: [UInt8],
    _ direction: ProxyDirection,
    _ connection: Int,
    _ perform: (ProxyStep) -> Void
  ) {
    guard var stream = streams.withLock({ $0.removeValue(forKey: connection) }) else { return }
    defer { streams.withLock { $0[connection] = stream } }
    guard !stream.isRaw else { return perform(.send(bytes, direction)) }
    stream.append(bytes, direction)
    var unread: [UInt8] = []
    do {
      while let frame = try stream.next(direction) {
        unread = frame.bytes
        let decision = try take(frame, direction, connection, &stream, perform)
        decision.steps(frame.bytes, direction).forEach(perform)
        unread = []
        if decision.cuts { break }
      }
    } catch {
      record.update { $0.failures.append("connection \(connection): \(error)") }
      stream.isRaw = true
      perform(.send(unread + stream.rest(direction), direction))
    }
    record.notify()
  }

  private func take(
    _ frame: MQTTFrame,
    _ direction: ProxyDirection,
    _ connection: Int,
    _ stream: inout Stream,
    _ perform: (ProxyStep) -> Void
  ) throws -> TapDecision {
    if frame.kind == 1 {
      if case .connect(let connect) = try MQTTPacket(frame, .v311) {
        stream.version = connect.version
        stream.clientID = connect.clientID
        record.withLock { $0.connections[connection - 1].clientID = connect.clientID }
      }
    }
    let packet = try MQTTPacket(frame, stream.version)
    let seen = record.withLock { record in
      record.packets += 1
      record.ordinals[direction, default: [:]][frame.kind, default: 0] += 1
      return TapPacket(
        sequence: record.packets,
        time: .now,
        connection: connection,
        clientID: stream.clientID,
        direction: direction,
        packet: packet,
        ordinal: record.ordinals[direction]?[frame.kind] ?? 0
      )
    }
    let decision = decide(seen, perform)
    record.withLock { $0.add(seen, forwarded: decision.forwards) }
    return decision
  }

  private func decide(_ packet: TapPacket, _ perform: (ProxyStep) -> Void) -> TapDecision {
    let hooks = hooks.withLock { $0 }
    // A hook may kill the receiver: what came before this packet must have reached it.
    if !hooks.isEmpty { perform(.flush) }
    for hook in hooks {
      let decision = hook(packet)
      if case .forward = decision { continue }
      return decision
    }
    return .forward
  }
}

extension TapRecorder.Stream {
  mutating func append(_ bytes: [UInt8], _ direction: ProxyDirection) {
    if direction == .toServer { toServer.append(bytes) } else { toClient.append(bytes) }
  }

  mutating func next(_ direction: ProxyDirection) throws(TestKitError) -> MQTTFrame? {
    direction == .toServer ? try toServer.next() : try toClient.next()
  }

  func rest(_ direction: ProxyDirection) -> [UInt8] {
    direction == .toServer ? toServer.rest : toClient.rest
  }
}

extension TapRecorder.Record {
  /// Files a message with its direction and a PUBACK with the messages that it answers.
  mutating func add(_ packet: TapPacket, forwarded: Bool) {
    switch packet.packet {
    case .publish(let publish):
      let message = TapMessage(
        sequence: packet.sequence,
        time: packet.time,
        connection: packet.connection,
        clientID: packet.clientID,
        message: publish,
        forwarded: forwarded
      )
      if packet.direction == .toServer { toServer.add(message) } else { toClient.add(message) }
    case .puback(let id, let reason, _):
      let acknowledgement = TapMessage.Acknowledgement(
        sequence: packet.sequence,
        time: packet.time,
        reason: reason,
        forwarded: forwarded
      )
      if packet.direction == .toServer {
        toClient.acknowledge(id, packet, acknowledgement)
      } else {
        toServer.acknowledge(id, packet, acknowledgement)
      }
    default: break
    }
  }
}

extension TapDecision {
  fileprivate var cuts: Bool {
    switch self {
    case .forwardAndCut, .dropAndCut, .answerAndCut: true
    case .forward, .forwardThen, .drop, .delay: false
    }
  }

  fileprivate func steps(_ bytes: [UInt8], _ direction: ProxyDirection) -> [ProxyStep] {
    switch self {
    case .forward: [.send(bytes, direction)]
    case .forwardThen(let action): [.send(bytes, direction), .then(action)]
    case .forwardAndCut: [.send(bytes, direction), .cut]
    case .drop: []
    case .dropAndCut: [.cut]
    case .answerAndCut(let answer):
      [.send(answer, direction == .toServer ? .toClient : .toServer), .cut]
    case .delay(let duration): [.hold(duration, direction), .send(bytes, direction)]
    }
  }
}
