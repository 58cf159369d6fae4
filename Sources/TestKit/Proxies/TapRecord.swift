/// A message that a tap has seen, with its acknowledgement.
public struct TapMessage: Sendable, Hashable {
  /// Its place among all packets that the tap has seen.
  public let sequence: Int
  /// When it was seen.
  public let time: ContinuousClock.Instant
  /// The connection's number.
  public let connection: Int
  /// The client at the other end from the broker.
  public let clientID: String
  /// The message as it was on the wire.
  public let message: MQTTPacket.Publish
  /// False where a hook has thrown it away.
  public let forwarded: Bool
  /// The PUBACK that answered it, nil while there is none.
  public internal(set) var acknowledgement: Acknowledgement?

  /// A PUBACK.
  public struct Acknowledgement: Sendable, Hashable {
    /// Its place among all packets that the tap has seen.
    public let sequence: Int
    /// When it was seen.
    public let time: ContinuousClock.Instant
    /// The reason code; from 0x80 on the message was refused.
    public let reason: UInt8
    /// False where a hook has thrown it away: the sender said it, the receiver never knew.
    public let forwarded: Bool
  }

  /// The topic.
  public var topic: String { message.topic }
  /// The message as text.
  public var text: String { String(decoding: message.payload, as: UTF8.self) }
  /// From the message to its PUBACK.
  public var latency: Duration? { acknowledgement.map { time.duration(to: $0.time) } }
}

/// Everything that a tap has seen in one direction.
struct TapLane: Sendable {
  /// Messages in the order in which they were seen.
  var messages: [TapMessage] = []
  /// Indices of `messages` in the order of their PUBACKs.
  var acknowledged: [Int] = []
  /// PUBACKs for packet ids that nothing was waiting under.
  var unmatched: [TapPacket] = []
  /// The unanswered message of each connection and packet id.
  private var inflight: [Int: [UInt16: Int]] = [:]
  /// The last message of each client and packet id, for a PUBACK on a later connection.
  private var sessions: [String: [UInt16: Int]] = [:]

  mutating func add(_ message: TapMessage) {
    messages.append(message)
    let id = message.message.id
    guard message.message.qos > 0 else { return }
    inflight[message.connection, default: [:]][id] = messages.count - 1
    sessions[message.clientID, default: [:]][id] = messages.count - 1
  }

  mutating func acknowledge(
    _ id: UInt16,
    _ packet: TapPacket,
    _ acknowledgement: TapMessage.Acknowledgement
  ) {
    let here = inflight[packet.connection]?.removeValue(forKey: id)
    guard let index = here ?? sessions[packet.clientID]?[id] else {
      unmatched.append(packet)
      return
    }
    // Said twice, it counts once.
    guard messages[index].acknowledgement == nil else {
      unmatched.append(packet)
      return
    }
    sessions[packet.clientID]?[id] = nil
    messages[index].acknowledgement = acknowledgement
    acknowledged.append(index)
  }

  mutating func close(_ connection: Int) {
    inflight[connection] = nil
  }
}
