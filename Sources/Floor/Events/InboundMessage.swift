/// One PUBLISH as it came from the broker.
public struct InboundMessage: Sendable {
  /// The topic.
  public var topic: String
  /// The payload.
  public var payload: [UInt8]
  /// True if the broker sent it because it was retained.
  public var isRetained: Bool
  /// Packet identifier of this delivery; 0 for QoS 0.
  public var packetID: UInt16

  /// A message as it came.
  public init(topic: String, payload: [UInt8], isRetained: Bool, packetID: UInt16) {
    self.topic = topic
    self.payload = payload
    self.isRetained = isRetained
    self.packetID = packetID
  }
}
