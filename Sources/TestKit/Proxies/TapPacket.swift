/// A packet that a tap has in its hands.
public struct TapPacket: Sendable {
  /// Its place among all packets that this tap has seen, from 1.
  public let sequence: Int
  /// When it was seen.
  public let time: ContinuousClock.Instant
  /// The connection's number, from 1.
  public let connection: Int
  /// The client id of the connection's CONNECT.
  public let clientID: String
  /// Which way it travels.
  public let direction: ProxyDirection
  /// The packet.
  public let packet: MQTTPacket
  /// Its place among the packets of its type and direction, from 1, over all connections.
  public let ordinal: Int
}

/// What a hook wants done with a packet.
public enum TapDecision: Sendable {
  /// Pass it on.
  case forward
  /// Pass it on, hand it to the kernel, then run this.
  case forwardThen(@Sendable () -> Void)
  /// Pass it on, then close the connection.
  case forwardAndCut
  /// Throw it away.
  case drop
  /// Throw it away and close the connection.
  case dropAndCut
  /// Throw it away, send these bytes back in its place, and close the connection.
  case answerAndCut([UInt8])
  /// Pass it on after a while, and everything behind it.
  case delay(Duration)

  /// Whether the other side gets the packet.
  var forwards: Bool {
    switch self {
    case .forward, .forwardThen, .forwardAndCut, .delay: true
    case .drop, .dropAndCut, .answerAndCut: false
    }
  }
}
