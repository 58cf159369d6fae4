public import Floor

/// One event as the journal keeps it.
public struct EventRow: Sendable {
  /// The id that answers carry, where the device gave one.
  public var id: String?
  /// The identity under which a second one is refused; nil for none.
  public var key: String?
  /// Stable hash of the payload.
  public var hash: UInt64
  /// Its topic.
  public var topic: String
  /// The device, where it is known.
  public var device: String?
  /// The station at which it was judged.
  public var station: String?
  /// The profile that decoded it.
  public var profile: String?
  /// What it says; nil for a message that is no event.
  public var kind: EventKind?
  /// The device's own time in milliseconds since 1970.
  public var deviceTime: Int64?
  /// The payload, cut to the journal's limit.
  public var payload: [UInt8]
  /// Size of the payload as it came.
  public var size: Int
  /// Generation of the broker's session in which it was delivered.
  public var generation: Int64
  /// Packet identifier of its delivery.
  public var packetID: UInt16
  /// Name of the transfer that it is about.
  public var transfer: String?
  /// The answer.
  public var verdict: Verdict

  /// A row with all its parts.
  public init(
    id: String?,
    key: String?,
    hash: UInt64,
    topic: String,
    device: String?,
    station: String?,
    profile: String?,
    kind: EventKind?,
    deviceTime: Int64?,
    payload: [UInt8],
    size: Int,
    generation: Int64,
    packetID: UInt16,
    transfer: String?,
    verdict: Verdict
  ) {
    self.id = id
    self.key = key
    self.hash = hash
    self.topic = topic
    self.device = device
    self.station = station
    self.profile = profile
    self.kind = kind
    self.deviceTime = deviceTime
    self.payload = payload
    self.size = size
    self.generation = generation
    self.packetID = packetID
    self.transfer = transfer
    self.verdict = verdict
  }
}

/// What the journal knows of an event that came before.
public struct KnownEvent: Sendable {
  /// Its sequence.
  public var sequence: Int64
  /// Stable hash of its payload.
  public var hash: UInt64
  /// The answer that it got.
  public var verdict: Verdict
  /// The id that answers carry.
  public var id: String
  /// The device that sent it.
  public var device: String?
  /// The profile that decoded it.
  public var profile: String?
  /// The station at which it was judged.
  public var station: String?
}

/// One delivery of an event without an identity, to recognise its redelivery.
public struct Delivery: Hashable, Sendable {
  /// Packet identifier.
  public var packetID: UInt16
  /// Topic.
  public var topic: String
  /// Stable hash of the payload.
  public var hash: UInt64
  /// Its event.
  public var sequence: Int64

  /// The delivery of an event.
  public init(packetID: UInt16, topic: String, hash: UInt64, sequence: Int64) {
    self.packetID = packetID
    self.topic = topic
    self.hash = hash
    self.sequence = sequence
  }
}
