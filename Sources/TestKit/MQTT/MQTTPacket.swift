/// One MQTT packet as it is on the wire, in either version.
///
/// The test kit's own reading of the specification: it shares no code with the agent or with
/// libmosquitto, so that it can be their judge. Properties stay empty in 3.1.1.
public enum MQTTPacket: Sendable, Hashable {
  case connect(Connect)
  case connack(sessionPresent: Bool, code: UInt8, properties: [MQTTProperty])
  case publish(Publish)
  case puback(id: UInt16, reason: UInt8, properties: [MQTTProperty])
  case subscribe(id: UInt16, filters: [Filter], properties: [MQTTProperty])
  case suback(id: UInt16, codes: [UInt8], properties: [MQTTProperty])
  case pingreq
  case pingresp
  case disconnect(reason: UInt8, properties: [MQTTProperty])
  /// A packet that the test kit only passes on.
  case other(kind: UInt8, flags: UInt8, body: [UInt8])

  /// The client's first packet.
  public struct Connect: Sendable, Hashable {
    /// The version that everything after it has.
    public var version: MQTTVersion
    /// The client id.
    public var clientID: String
    /// Clean session (3.1.1) or clean start (5).
    public var clean: Bool
    /// Seconds; 0 switches keep-alive off.
    public var keepAlive: UInt16
    /// The user name, if there is one.
    public var username: String?
    /// The password, if there is one.
    public var password: String?
    /// What the broker publishes when this client is lost.
    public var will: Publish?
    /// Properties of CONNECT.
    public var properties: [MQTTProperty]

    /// A CONNECT packet.
    public init(
      version: MQTTVersion = .v311,
      clientID: String,
      clean: Bool = true,
      keepAlive: UInt16 = 0,
      username: String? = nil,
      password: String? = nil,
      will: Publish? = nil,
      properties: [MQTTProperty] = []
    ) {
      self.version = version
      self.clientID = clientID
      self.clean = clean
      self.keepAlive = keepAlive
      self.username = username
      self.password = password
      self.will = will
      self.properties = properties
    }
  }

  /// A message, in a PUBLISH packet or as a will.
  public struct Publish: Sendable, Hashable {
    /// The topic's name.
    public var topic: String
    /// The message.
    public var payload: [UInt8]
    /// 0, 1 or 2.
    public var qos: UInt8
    /// The packet id; 0 for QoS 0 and for wills.
    public var id: UInt16
    /// Set where this may have been delivered before.
    public var duplicate: Bool
    /// Set where the broker keeps it, or had kept it.
    public var retain: Bool
    /// Properties of the message.
    public var properties: [MQTTProperty]

    /// A message.
    public init(
      topic: String,
      payload: [UInt8],
      qos: UInt8 = 0,
      id: UInt16 = 0,
      duplicate: Bool = false,
      retain: Bool = false,
      properties: [MQTTProperty] = []
    ) {
      self.topic = topic
      self.payload = payload
      self.qos = qos
      self.id = id
      self.duplicate = duplicate
      self.retain = retain
      self.properties = properties
    }
  }

  /// One topic filter of a SUBSCRIBE packet.
  public struct Filter: Sendable, Hashable {
    /// The filter, with or without wildcards.
    public var topic: String
    /// The highest quality of service wanted, and in version 5 the options' other bits.
    public var options: UInt8

    /// A filter.
    public init(_ topic: String, options: UInt8 = 1) {
      self.topic = topic
      self.options = options
    }
  }
}
