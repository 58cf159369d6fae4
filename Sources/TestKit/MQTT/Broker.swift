/// A real mosquitto of a test's own, on free loopback ports.
///
/// Everything it needs is in a temporary directory; the system's broker and its configuration are
/// left alone. It ends with the test at the latest.
public final class Broker: Sendable {
  /// The plain MQTT port.
  public let port: Int
  /// The TLS port, where the options ask for one.
  public let tlsPort: Int?
  /// The directory with configuration, sessions and log.
  public let directory: TemporaryDirectory
  /// The options it was started with.
  public let options: BrokerOptions

  private let running = Monitor<ChildProcess?>(nil)
  private let earlierLogs = Monitor<String>("")

  /// Starts a broker and waits until it takes connections.
  public convenience init(_ options: BrokerOptions = BrokerOptions()) throws {
    let directory = try TemporaryDirectory("broker")
    let port = try Loopback.freePort()
    let tlsPort = options.tls == nil ? nil : try Loopback.freePort()
    try self.init(options, directory, port, tlsPort)
    try start()
  }

  private init(
    _ options: BrokerOptions,
    _ directory: TemporaryDirectory,
    _ port: Int,
    _ tlsPort: Int?
  ) throws {
    self.options = options
    self.directory = directory
    self.port = port
    self.tlsPort = tlsPort
    try options.write(to: directory, port: port, tlsPort: tlsPort)
  }

  /// Starts a broker that was stopped or killed, on the same ports and with its saved sessions.
  public func start() throws {
    let child = try ChildProcess(
      try Executable.system("mosquitto"),
      ["-c", directory.path("mosquitto.conf")],
      output: .discarded
    )
    // Written once all listeners are open.
    try child.waitForLine(containing: " running")
    running.update { $0 = child }
  }

  /// Stops it in good order; with persistence it saves its sessions first.
  public func stop() throws {
    try end { $0.kill(.terminate) }
  }

  /// Kills it as a power cut would; what was not saved is gone.
  public func kill() throws {
    try end { $0.kill(.kill) }
  }

  /// Stops it in good order and starts it again on the same port.
  public func restart() throws {
    try stop()
    try start()
  }

  /// Makes it save its sessions now, and waits until they are on disk.
  public func save() throws {
    running.withLock { $0 }?.kill(.user1)
    // It looks at the signal once in each turn of its loop. The first answer can belong to a turn
    // that began before the signal, the second cannot.
    for _ in 0..<2 {
      let probe = Device(port: port, clientID: "probe", credentials: options.credentials.first)
      try probe.connect()
      probe.disconnect()
    }
  }

  /// Freezes it: connections stay open, nothing is answered.
  public func freeze() {
    running.withLock { $0 }?.kill(.stop)
  }

  /// Lets it go on after `freeze`.
  public func thaw() {
    running.withLock { $0 }?.kill(.proceed)
  }

  /// Its process id while it runs.
  public var pid: Int32? { running.withLock { $0?.pid } }

  /// What it has logged since the first start, as far as it has been read; see `waitForLog`.
  public var log: String {
    earlierLogs.withLock { $0 } + (running.withLock { $0 }?.errorOutput ?? "")
  }

  /// Waits for a line with `text` in the log since the last start.
  @discardableResult
  public func waitForLog(
    containing text: String,
    within duration: Duration = .seconds(30)
  ) throws -> String {
    guard let child = running.withLock({ $0 }) else {
      throw TestKitError.unexpected("the broker does not run")
    }
    return try child.waitForLine(containing: text, within: duration)
  }

  private func end(_ how: (ChildProcess) -> Void) throws {
    let child = running.update { child in
      defer { child = nil }
      return child
    }
    guard let child else { return }
    how(child)
    try child.wait()
    earlierLogs.update { $0 += child.errorOutput }
    try File.write(earlierLogs.withLock { $0 }, to: directory.path("broker.log"))
  }
}
