internal import Glibc
internal import HTTPServer
internal import JSON

/// The simulator without its sockets: requests in, responses out.
final class Simulator: @unchecked Sendable {
  // Unchecked: everything that changes is touched only inside `locked`.
  let version: OdooVersion
  let databaseName: String
  private let lock = Lock()
  private let database: Database
  private var state = State()
  private let clock: @Sendable () -> Int64

  /// What changes besides the database.
  struct State {
    var faults = FaultPlan()
    var log = CallLog()
    var sessions: [String: Int] = [:]
    /// Calls that will still be executed though their client has gone.
    var late = 0
    /// Late calls that wait to be released.
    var held: [Incoming] = []
    /// Transfers of which a validation is under way.
    var busy: Set<Int> = []
    /// The version that is told in place of the true one, and its numbers.
    var reported: (version: String, info: JSON)?
    /// Microseconds that the simulated clock is ahead of the real one.
    var clockShift: Int64 = 0
  }

  init(
    version: OdooVersion,
    databaseName: String,
    without absent: Set<SimulatorModule> = [],
    clock: @escaping @Sendable () -> Int64 = realTime
  ) {
    self.version = version
    self.databaseName = databaseName
    self.clock = clock
    database = Database(version: version, without: absent)
  }

  /// A simulator of its own with the same rows.
  init(copying other: Simulator, clock: @escaping @Sendable () -> Int64) {
    version = other.version
    databaseName = other.databaseName
    self.clock = clock
    database = other.locked { database, _ in database.copy() }
  }

  func locked<Result>(_ body: (Database, inout State) throws -> Result) rethrows -> Result {
    try lock.withLock { () throws -> Result in try body(database, &state) }
  }

  /// Runs one transaction as a user; the time is the real one, shifted.
  func transaction<Result>(
    user: Int,
    context: JSONObject = JSONObject(),
    _ body: (Database) throws -> Result
  ) throws -> Result {
    try locked { database, state in
      let time = clock() + state.clockShift
      return try database.transaction(at: time, user: user, context: context) {
        try body(database)
      }
    }
  }

  func prepare(_ world: SimulatorWorld, stateFile: String?) throws {
    guard let stateFile else { return try transaction(user: 1) { try $0.build(world) } }
    let file = try StateFile(path: stateFile)
    let isNew = try locked { database, _ in
      let isNew = try !file.load(into: database)
      database.stateFile = file
      return isNew
    }
    if isNew { try transaction(user: 1) { try $0.build(world) } }
  }

  func pause(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    var wanted = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
    var rest = timespec()
    while nanosleep(&wanted, &rest) != 0 && errno == EINTR { wanted = rest }
  }

}

/// Microseconds since 1970.
@Sendable
func realTime() -> Int64 {
  var now = timespec()
  clock_gettime(CLOCK_REALTIME, &now)
  return Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1000
}
