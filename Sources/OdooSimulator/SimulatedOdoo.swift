public import HTTPServer

/// The simulator without sockets, threads or a clock of its own: for deterministic simulation.
///
/// Requests are answered on the caller's thread. Faults that wait (`slow`, `late` without `held`)
/// use real time and do not belong here; hold late calls and release them with `runHeldCalls`.
public final class SimulatedOdoo: Sendable {
  /// Name of the database.
  public let database: String
  /// Login of the agent's user.
  public let login = "tallyman"
  /// That user's API key.
  public let key = "demo-key"
  /// Seeding, faults and state.
  public let admin: OdooSimulatorAdmin
  private let simulator: Simulator

  private init(_ simulator: Simulator) {
    self.simulator = simulator
    database = simulator.databaseName
    admin = OdooSimulatorAdmin(simulator: simulator, gate: nil)
  }

  /// A simulator whose time is `clock`, in microseconds since 1970.
  public convenience init(
    version: OdooVersion,
    world: SimulatorWorld = .demo,
    database: String = "demo",
    without absent: Set<SimulatorModule> = [],
    clock: @escaping @Sendable () -> Int64
  ) throws {
    let simulator = Simulator(
      version: version,
      databaseName: database,
      without: absent,
      clock: clock
    )
    try simulator.prepare(world, stateFile: nil)
    self.init(simulator)
  }

  /// A simulator that starts with the rows of another one, and goes its own way from there.
  ///
  /// Copying costs next to nothing, building a world some milliseconds: build once, copy per run.
  public convenience init(
    copying other: SimulatedOdoo,
    clock: @escaping @Sendable () -> Int64
  ) {
    self.init(Simulator(copying: other.simulator, clock: clock))
  }

  /// Answers a request; nil is a connection that ends without an answer.
  public func serve(_ request: HTTPRequest) -> HTTPResponse? { simulator.serve(request) }
}
