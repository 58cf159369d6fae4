/// How to reach the broker and how to appear there.
public struct BrokerSettings: Sendable {
  /// Host name or address.
  public var host: String
  /// TCP port.
  public var port: Int
  /// Client identifier; the broker keeps the session under it.
  public var clientID: String
  /// User name; nil for none.
  public var user: String?
  /// Password; nil for none.
  public var password: String?
  /// TLS; nil for plain TCP.
  public var tls: TLS?
  /// Seconds between pings.
  public var keepAlive: Int
  /// Most messages that the broker may send without being acknowledged (MQTT 5).
  public var receiveMaximum: Int
  /// Topic of the retained status, which is also the last will.
  public var statusTopic: String
  /// Payload of the last will.
  public var willPayload: [UInt8]

  /// False for a visit that leaves no session behind, as for a check.
  public var keepsSession = true

  /// Files for TLS; the broker's certificate and host name are always verified.
  public struct TLS: Sendable {
    /// CA certificates in PEM; the system's where nil.
    public var caFile: String?
    /// Client certificate in PEM.
    public var certificateFile: String?
    /// Key of the client certificate in PEM.
    public var keyFile: String?

    /// TLS with these files.
    public init(caFile: String?, certificateFile: String?, keyFile: String?) {
      self.caFile = caFile
      self.certificateFile = certificateFile
      self.keyFile = keyFile
    }
  }

  /// Settings with all their parts.
  public init(
    host: String,
    port: Int,
    clientID: String,
    user: String? = nil,
    password: String? = nil,
    tls: TLS? = nil,
    keepAlive: Int = 30,
    receiveMaximum: Int = 1000,
    statusTopic: String,
    willPayload: [UInt8]
  ) {
    self.host = host
    self.port = port
    self.clientID = clientID
    self.user = user
    self.password = password
    self.tls = tls
    self.keepAlive = keepAlive
    self.receiveMaximum = receiveMaximum
    self.statusTopic = statusTopic
    self.willPayload = willPayload
  }
}
