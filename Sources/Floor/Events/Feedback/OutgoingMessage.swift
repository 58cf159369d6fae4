/// A message to be published.
public struct OutgoingMessage: Hashable, Sendable {
  /// Where to.
  public var topic: String
  /// Its bytes.
  public var payload: [UInt8]

  /// A message to a topic.
  public init(topic: String, payload: [UInt8]) {
    self.topic = topic
    self.payload = payload
  }
}
