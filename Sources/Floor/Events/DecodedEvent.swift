/// A canonical event as a profile made it from one MQTT message; not judged yet.
public struct DecodedEvent: Hashable, Sendable {
  /// The device that sent it, unique on the site.
  public var device: String
  /// What it says.
  public var kind: EventKind
  /// Its content.
  public var body: EventBody
  /// What tells it apart from every other event.
  public var identity: DeviceIdentity
  /// Name of the profile that decoded it and that forms its feedback.
  public var profile: String

  /// An event of a device.
  public init(
    device: String,
    kind: EventKind,
    body: EventBody,
    identity: DeviceIdentity,
    profile: String
  ) {
    self.device = device
    self.kind = kind
    self.body = body
    self.identity = identity
    self.profile = profile
  }
}

/// What a device says to tell its events apart.
public struct DeviceIdentity: Hashable, Sendable {
  /// The device's own id of the event.
  public var id: String?
  /// The device's running number.
  public var sequence: Int64?
  /// The session (boot, birth) in which `sequence` counts; sequences restart and wrap.
  public var session: String?
  /// The device's clock in milliseconds since 1970, UTC; never used for order.
  public var time: Int64?
  /// Finest step of that clock in milliseconds.
  public var timeResolution: Int64

  /// An identity of any of its parts.
  public init(
    id: String? = nil,
    sequence: Int64? = nil,
    session: String? = nil,
    time: Int64? = nil,
    timeResolution: Int64 = 1000
  ) {
    self.id = id
    self.sequence = sequence
    self.session = session
    self.time = time
    self.timeResolution = timeResolution
  }

  /// Coarsest device clock that may serve as an identity: whole seconds make two fast scans one.
  public static let finestUsefulResolution: Int64 = 10

  /// The key under which the journal refuses a second event of `device`; nil where the event has
  /// no identity of its own.
  ///
  /// - Parameter payloadHash: Stable hash of the payload; part of keys made from a time.
  public func key(device: String, payloadHash: UInt64) -> String? {
    if let id { return "i:\(device)/\(id)" }
    if let sequence { return "s:\(device)/\(session ?? "")/\(sequence)" }
    if let time, timeResolution <= Self.finestUsefulResolution {
      return "t:\(device)/\(time)/\(String(payloadHash, radix: 16))"
    }
    return nil
  }
}

/// What came of a message that was read by a profile.
public enum Decoding: Hashable, Sendable {
  /// Events, in order; a batch of a reader may hold several.
  case events([DecodedEvent])
  /// A message that carries no event, such as telemetry.
  case ignored(String)
  /// A message that should have carried an event and does not.
  case rejected(Rejection)
}

/// Why a message is no event.
public struct Rejection: Hashable, Sendable {
  /// The stable code; the same as in the verdict.
  public var code: VerdictCode
  /// What was expected, what came, and what to do.
  public var reason: String
  /// The device, where the topic or payload still tells it.
  public var device: String?
  /// The profile that tried, where one matched.
  public var profile: String?
  /// The event's own id, where it could still be read, so that the answer names it.
  public var id: String?

  /// A rejection for a reason.
  public init(
    code: VerdictCode,
    reason: String,
    device: String? = nil,
    profile: String? = nil,
    id: String? = nil
  ) {
    self.code = code
    self.reason = reason
    self.device = device
    self.profile = profile
    self.id = id
  }
}
