extension Device {
  /// A message that a device has heard.
  public struct Received: Sendable, Equatable {
    /// The topic.
    public let topic: String
    /// The message.
    public let payload: [UInt8]
    /// Set where the broker may have delivered it before.
    public let duplicate: Bool
    /// Set where the broker had kept it.
    public let retained: Bool
    /// When it came, by a clock that does not jump.
    public let time: ContinuousClock.Instant

    /// The message as text.
    public var text: String { String(decoding: payload, as: UTF8.self) }
  }

  /// One connection to the broker.
  struct Link: Sendable {
    let socket: Int32
    let number: Int
    var isAccepted = false
    var refusal: UInt8?
  }

  struct State: Sendable {
    /// The connection, until its thread has seen the end of it.
    var link: Link?
    var connections = 0
    var sessionPresent = false
    var received: [Received] = []
    var lastID: UInt16 = 0
    /// Packet ids that wait for PUBACK.
    var unacknowledged: Set<UInt16> = []
    /// SUBSCRIBE packets that wait for SUBACK.
    var unsubscribed: Set<UInt16> = []
    var refusedSubscriptions = 0
    /// Why the last connection ended, where it did not simply close.
    var lastFailure = "closed"
    /// PINGRESPs since the beginning.
    var pings = 0
    /// PUBACKs since the beginning.
    var acknowledged = 0

    mutating func nextID() -> UInt16 {
      repeat {
        lastID = lastID == .max ? 1 : lastID + 1
      } while unacknowledged.contains(lastID) || unsubscribed.contains(lastID)
      return lastID
    }
  }
}
