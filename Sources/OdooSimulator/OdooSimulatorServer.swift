internal import HTTPServer
internal import JSON

/// A running simulator: Odoo's endpoints and `/simulator/…` on one port of loopback.
public final class OdooSimulatorServer: Sendable {
  /// How to start; the defaults suit a test.
  public struct Options: Sendable {
    /// A numeric address of this machine.
    public var address = "127.0.0.1"
    /// The port; 0 lets the system choose.
    public var port: UInt16 = 0
    /// Name of the database.
    public var database = "demo"
    /// Where the state is kept between runs; nil keeps none.
    public var stateFile: String?
    /// Odoo's threaded server closes each connection; a proxy in front keeps them.
    public var keepAlive = false
    /// Modules that this Odoo lacks.
    public var without: Set<SimulatorModule> = []

    /// The defaults.
    public init() {}
  }

  /// Where it listens, `http://127.0.0.1:49152`.
  public let url: String
  /// The port.
  public let port: UInt16
  /// Name of the database.
  public let database: String
  /// Login of the agent's user, Inventory / User only.
  public let login = "tallyman"
  /// That user's API key.
  public let key = "demo-key"
  /// Seeding, faults and state, without HTTP.
  public let admin: OdooSimulatorAdmin
  private let gate: ServerGate

  private init(_ gate: ServerGate, _ simulator: Simulator, _ options: Options) throws {
    self.gate = gate
    port = try gate.open()
    url = "http://\(options.address):\(port)"
    database = options.database
    admin = OdooSimulatorAdmin(simulator: simulator, gate: gate)
  }

  /// Starts a simulator.
  public static func start(
    version: OdooVersion,
    world: SimulatorWorld = .demo,
    options: Options = Options()
  ) throws -> OdooSimulatorServer {
    let simulator = Simulator(
      version: version,
      databaseName: options.database,
      without: options.without
    )
    try simulator.prepare(world, stateFile: options.stateFile)
    return try OdooSimulatorServer(ServerGate(simulator, options), simulator, options)
  }

  /// Stops listening and closes the connections.
  public func stop() { gate.close() }
}

/// Opens and closes the listening socket, on the same port each time.
final class ServerGate: @unchecked Sendable {
  // Unchecked: `server` and `options` are touched only under `lock`.
  private let simulator: Simulator
  private let lock = Lock()
  private var options: OdooSimulatorServer.Options
  private var server: HTTPServer?

  init(_ simulator: Simulator, _ options: OdooSimulatorServer.Options) {
    self.simulator = simulator
    self.options = options
  }

  func open() throws -> UInt16 {
    try lock.withLock {
      if let server { return server.port }
      var settings = HTTPServer.Options()
      settings.address = options.address
      settings.port = options.port
      settings.threading = .perConnection
      settings.keepAlive = options.keepAlive
      settings.bodyLimit = 128 << 20
      settings.connectionLimit = 1024
      let simulator = simulator
      let server = try HTTPServer.start(settings) { simulator.serve($0) }
      self.server = server
      options.port = server.port
      return server.port
    }
  }

  func close() {
    let closing = lock.withLock { () -> HTTPServer? in
      defer { server = nil }
      return server
    }
    closing?.stop()
  }
}
