internal import Glibc

/// How a test's broker is set up; the defaults keep everything and refuse nobody.
public struct BrokerOptions: Sendable {
  /// A user of the broker.
  public struct Credentials: Sendable {
    /// The user's name.
    public var username: String
    /// The password in the clear.
    public var password: String

    /// A user.
    public init(username: String, password: String) {
      self.username = username
      self.password = password
    }
  }

  /// Files for a TLS listener.
  public struct TLS: Sendable {
    /// The certificate of the authority, in PEM.
    public var authority: String
    /// The broker's certificate, in PEM.
    public var certificate: String
    /// The broker's key, in PEM.
    public var key: String
    /// True where clients need a certificate too.
    public var asksForClientCertificate: Bool

    /// A TLS set-up of the files at these paths.
    public init(
      authority: String,
      certificate: String,
      key: String,
      asksForClientCertificate: Bool = false
    ) {
      self.authority = authority
      self.certificate = certificate
      self.key = key
      self.asksForClientCertificate = asksForClientCertificate
    }
  }

  /// Saves sessions and queued messages when it stops, and every `autosaveSeconds`.
  public var persistence = true
  /// Seconds between saves of sessions; the real default is half an hour.
  public var autosaveSeconds = 1_800
  /// Unacknowledged messages per client; 0 for no limit.
  public var maximumInflight = 100
  /// Queued messages per client; 0 for no limit.
  public var maximumQueued = 0
  /// Users; with none everybody may connect.
  public var credentials: [Credentials] = []
  /// Lines of an access list, as in mosquitto's `acl_file`.
  public var accessRules: [String] = []
  /// A second listener with TLS.
  public var tls: TLS?
  /// More lines for the configuration.
  public var extraLines: [String] = []

  /// The defaults.
  public init() {}

  func write(to directory: TemporaryDirectory, port: Int, tlsPort: Int?) throws {
    var lines = [
      "per_listener_settings false",
      "listener \(port) 127.0.0.1",
      "allow_anonymous \(credentials.isEmpty)",
      "log_dest stderr",
      "log_type error",
      "log_type warning",
      "log_type notice",
      "log_type information",
      "persistence \(persistence)",
      "persistence_location \(directory.path)/",
      "autosave_interval \(autosaveSeconds)",
      "max_inflight_messages \(maximumInflight)",
      "max_queued_messages \(maximumQueued)",
      "set_tcp_nodelay true",
    ]
    // Another user than root cannot read the directory, and a change of user takes away the
    // signal that ends the broker with the test.
    if geteuid() == 0 { lines.append("user root") }
    if !credentials.isEmpty {
      let path = directory.path("passwords")
      try File.write(
        credentials.map { "\($0.username):\($0.password)\n" }.joined(),
        to: path
      )
      let tool = try Executable.system("mosquitto_passwd")
      guard try ChildProcess(tool, ["-U", path]).wait() == .exited(0) else {
        throw TestKitError.unexpected("mosquitto_passwd could not hash \(path)")
      }
      lines.append("password_file \(path)")
    }
    if !accessRules.isEmpty {
      let path = directory.path("access")
      try File.write(accessRules.joined(separator: "\n") + "\n", to: path)
      lines.append("acl_file \(path)")
    }
    lines += extraLines
    if let tls, let tlsPort {
      lines += [
        "listener \(tlsPort) 127.0.0.1",
        "cafile \(tls.authority)",
        "certfile \(tls.certificate)",
        "keyfile \(tls.key)",
        "require_certificate \(tls.asksForClientCertificate)",
      ]
    }
    try File.write(lines.joined(separator: "\n") + "\n", to: directory.path("mosquitto.conf"))
  }
}
