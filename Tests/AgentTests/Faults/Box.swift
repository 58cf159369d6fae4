internal import Glibc
internal import JSON
internal import OdooSimulator
internal import TestKit

/// A gateway box for one test: the real `tallyman`, a real broker behind a tap, a simulated Odoo.
///
/// The agent talks to the broker through `tap`, devices talk to it directly.
final class Box {
  let directory: TemporaryDirectory
  let broker: Broker
  let tap: MQTTTap
  let odoo: OdooSimulatorServer
  var settings: BoxSettings
  private(set) var agent: ChildProcess?
  private var isMade = false

  init(
    _ version: OdooVersion = .v18,
    broker options: BrokerOptions = BrokerOptions(),
    settings: BoxSettings = BoxSettings()
  ) throws {
    directory = try TemporaryDirectory("box")
    broker = try Broker(options)
    tap = try MQTTTap(broker: broker.port)
    odoo = try OdooSimulatorServer.start(version: version)
    self.settings = settings
    try File.write(odoo.key, to: directory.path("odoo-key"))
    guard mkdir(directory.path("state"), 0o700) == 0 else {
      throw TestKitError.unexpected("no directory for the journal")
    }
  }

  deinit {
    agent?.kill(.kill, group: true)
    odoo.stop()
    tap.stop()
  }

  /// The client id of the agent.
  static let clientID = "tallyman-main"
  var configuration: String { directory.path("tallyman.toml") }
  var journalPath: String { directory.path("state/journal.db") }

  /// Lines of `[odoo]` that lead to a simulator.
  static func odooLines(_ odoo: OdooSimulatorServer) -> [String] {
    [
      "url = \"\(odoo.url)\"", "database = \"\(odoo.database)\"", "login = \"\(odoo.login)\"",
      "key_file = \"odoo-key\"", "timeout = \"2s\"", "validate_timeout = \"10s\"",
      "longest_call = \"2s\"",
    ]
  }

  /// Writes the configuration as `settings` say; `port` in place of the tap's.
  func configure(port: Int? = nil) throws {
    let text = settings.text(brokerPort: port ?? tap.port, odoo: Self.odooLines(odoo))
    try File.write(text, to: configuration)
  }

  /// Starts the agent without waiting for anything.
  @discardableResult
  func launch(environment: [String: String?] = [:], port: Int? = nil) throws -> ChildProcess {
    try configure(port: port)
    let child = try ChildProcess(
      try Executable.find("tallyman"),
      ["run", "--config", configuration],
      environment: environment
    )
    agent = child
    return child
  }

  /// Starts the agent and waits until the broker has accepted it.
  @discardableResult
  func start(environment: [String: String?] = [:]) throws -> ChildProcess {
    let child = try launch(environment: environment)
    try child.waitForLine(containing: "Connected to the broker", within: .seconds(10))
    return child
  }

  /// Ends the agent as systemd does.
  @discardableResult
  func stop(within duration: Duration = .seconds(15)) throws -> ExitStatus {
    guard let agent else { throw TestKitError.unexpected("no agent runs") }
    agent.kill(.terminate)
    return try agent.wait(within: duration)
  }

  /// What a command of the command line came to.
  struct Answer {
    var code: Int32
    var output: String
    var error: String

    /// The output as JSON.
    func json() throws -> JSON { try JSON.parse(output) }
  }

  /// Runs a subcommand with the box's configuration.
  func tallyman(_ arguments: String..., configuration: String? = nil) throws -> Answer {
    let child = try ChildProcess(
      try Executable.find("tallyman"),
      arguments + ["--config", configuration ?? self.configuration]
    )
    guard case .exited(let code) = try child.wait() else {
      throw TestKitError.unexpected("\(child.command) was ended by a signal")
    }
    return Answer(code: code, output: child.output, error: child.errorOutput)
  }

  /// Makes an order and waits until the agent's mirror has its first transfer; answers its name.
  func order(
    warehouse: String = "WH",
    _ lines: [(product: String, quantity: Double)]
  ) throws -> String {
    let order = try odoo.admin.order(warehouse: warehouse, lines)
    let names = order["transfers"]?.array?.compactMap { $0["name"]?.string ?? $0.string } ?? []
    guard let name = names.first else {
      throw TestKitError.unexpected("no transfer in \(order.text)")
    }
    try waitForMirror(of: name)
    return name
  }

  /// Waits until the mirror knows a transfer that is ready.
  func waitForMirror(of name: String) throws {
    let path = directory.path("state/mirror.db")
    try eventually("\(name) in the mirror", within: .seconds(15)) {
      guard File.exists(path), let mirror = try? SQLiteFile(path) else { return false }
      let found = try? mirror.rows(
        "SELECT 1 FROM transfer WHERE name = ? AND instr(CAST(content AS TEXT), '\"assigned\"') > 0",
        name
      )
      return found?.isEmpty == false
    }
  }

  /// The journal, for questions.
  func journal() throws -> SQLiteFile { try SQLiteFile(journalPath) }

  /// Waits until the confirmation of a transfer has this state.
  func waitFor(
    _ state: String,
    of transfer: String,
    count: Int = 1,
    within duration: Duration = .seconds(20)
  ) throws {
    let journal = try journal()
    var seen: [SQLiteFile.Row] = []
    do {
      try eventually("\(state) for \(transfer)", within: duration) {
        seen = try journal.rows(
          "SELECT state, category, reason FROM confirmation WHERE transfer = ?",
          transfer
        )
        return seen.count { $0["state"] == state } == count
      }
    } catch {
      let log = agent?.errorOutput.suffix(3000) ?? ""
      throw TestKitError.unexpected("\(error); \(seen.map(\.values)); log: \(log)")
    }
  }

  /// How often the agent has asked the broker for its session; a probe of the port does not count.
  var sessions: Int { tap.connections.count { $0.clientID == Self.clientID } }

  /// Counts rows of the journal.
  func count(_ sql: String, _ parameter: String? = nil) throws -> Int {
    let journal = try journal()
    let rows = try parameter.map { try journal.rows(sql, $0) } ?? journal.rows(sql)
    return rows.first?.values.first.flatMap { $0 }.flatMap { Int($0) } ?? 0
  }
}
