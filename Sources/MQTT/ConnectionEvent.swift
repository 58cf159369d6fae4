/// What the broker said about the connection.
public enum ConnectionEvent: Sendable, Hashable {
  /// CONNACK accepted the connection; the session may still be there.
  case connected(sessionPresent: Bool)
  /// CONNACK refused it, or it ended, with the reason code of the protocol.
  case ended(reason: Int32)
  /// The broker refused a subscription, with the reason code of the protocol.
  case subscriptionRefused(reason: Int32)
  /// Our PUBLISH with this packet identifier was acknowledged.
  case published(packetID: Int32)
}
