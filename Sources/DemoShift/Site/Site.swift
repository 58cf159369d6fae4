internal import Glibc
internal import TestKit

/// The programs of one warehouse on this machine: broker, agent and, in the demo, the simulator.
///
/// All of them end with this process, whatever ends it; see `ChildProcess`.
final class Site: Sendable {
  /// Holds the configuration, the journal and the logs.
  let directory: TemporaryDirectory
  /// Where the broker listens.
  let port: Int

  private let programs: Programs
  private let broker = Monitor<ChildProcess?>(nil)
  private let simulator = Monitor<ChildProcess?>(nil)
  private let agent = Monitor<ChildProcess?>(nil)
  private let watch: Device

  /// Name of the site in our topics.
  static let name = "demo"

  /// Paths of what is started.
  struct Programs: Sendable {
    var tallyman: String
    var simulator: String
    var profiles: String
  }

  /// How the agent reaches Odoo.
  struct OdooSettings: Sendable {
    var url: String
    var database: String
    var login: String
    var keyFile: String
    var authorityFile: String?
    /// How long this Odoo may go on with a call whose answer was lost; nil for the default, which
    /// suits a real one.
    var longestCall: String?
  }

  /// The workplaces with their devices.
  static let stations: [(name: String, devices: [String])] = [
    ("dock", ["scanner-1"]),
    ("bench", ["scanner-2", "scale-2", "terminal-2"]),
    ("aisle", ["handheld-3"]),
    ("pack", ["scanner-4", "scale-4", "terminal-4"]),
    ("gate", ["handheld-5"]),
  ]

  init(_ programs: Programs) throws {
    self.programs = programs
    directory = try TemporaryDirectory("tallyman-demo")
    port = try Loopback.freePort()
    watch = Device(
      port: port,
      clientID: "demo-watch",
      subscriptions: ["tallyman/\(Self.name)/status"]
    )
  }

  var journal: String { directory.path("state/journal.db") }
  var mirror: String { directory.path("state/mirror.db") }

  func startBroker() throws {
    var lines = [
      "listener \(port) 127.0.0.1", "allow_anonymous true", "log_dest stderr",
      "persistence true", "persistence_location \(directory.path)/",
      "max_inflight_messages 1000", "max_queued_messages 0", "set_tcp_nodelay true",
    ]
    // Without it mosquitto changes to a user who may not read the directory.
    if geteuid() == 0 { lines.append("user root") }
    let file = directory.path("mosquitto.conf")
    try File.write(lines.joined(separator: "\n") + "\n", to: file)
    let child = try ChildProcess(
      try Executable.system("mosquitto"),
      ["-c", file],
      output: .discarded,
      error: .file(directory.path("mosquitto.log"))
    )
    broker.update { $0 = child }
    try watch.connect()
  }

  /// Starts the simulator; answers its port once it listens.
  func startSimulator(version: Int) throws -> Int {
    let portFile = directory.path("simulator.port")
    let child = try ChildProcess(
      programs.simulator,
      [
        "--version", String(version), "--port", "0", "--port-file", portFile,
        "--key-file", directory.path("odoo-key"),
      ],
      output: .file(directory.path("simulator.log")),
      error: .file(directory.path("simulator.log"))
    )
    simulator.update { $0 = child }
    try eventually("the simulator's port") {
      guard child.isRunning else { throw DemoFailure("the simulator ended at once") }
      return File.exists(portFile)
    }
    let text = try File.text(portFile)
    guard let port = Int(text.filter(\.isNumber)) else {
      throw DemoFailure("the simulator wrote no port: \(text)")
    }
    return port
  }

  func configure(_ odoo: OdooSettings) throws {
    guard mkdir(directory.path("state"), 0o700) == 0 else {
      throw DemoFailure("cannot make \(directory.path("state"))")
    }
    var lines = [
      "site = \"\(Self.name)\"",
      "[broker]", "port = \(port)",
      "[odoo]", "url = \"\(odoo.url)\"", "database = \"\(odoo.database)\"",
      "login = \"\(odoo.login)\"", "key_file = \"\(odoo.keyFile)\"",
    ]
    if let file = odoo.authorityFile { lines.append("ca_file = \"\(file)\"") }
    if let time = odoo.longestCall { lines.append("longest_call = \"\(time)\"") }
    lines += [
      "[storage]", "directory = \"\(directory.path("state"))\"",
      "[mirror]", "refresh = \"1s\"",
      "[profiles]", "directory = \"\(programs.profiles)\"",
    ]
    for station in Self.stations {
      let devices = station.devices.map { "\"\($0)\"" }.joined(separator: ", ")
      lines += ["[[station]]", "name = \"\(station.name)\"", "devices = [\(devices)]"]
    }
    try File.write(lines.joined(separator: "\n") + "\n", to: directory.path("tallyman.toml"))
  }

  /// Starts the agent and waits until it says that it is online.
  func startAgent() throws {
    let heard = watch.received.count
    let log = ChildProcess.Output.file(directory.path("tallyman.log"))
    let child = try ChildProcess(
      programs.tallyman,
      ["run", "--config", directory.path("tallyman.toml")],
      output: log,
      error: log
    )
    agent.update { $0 = child }
    let online = Background { [watch] in
      try watch.waitForMessage(within: .seconds(30), from: heard) {
        Value(parsing: $0.payload)?["state"]?.text == "online"
      }
    }
    do {
      try online.finish()
    } catch {
      throw DemoFailure("the agent did not come online\(child.isRunning ? "" : "; it ended")")
    }
  }

  /// Kills the agent as a power cut would.
  func killAgent() throws {
    try agent.update { child in
      defer { child = nil }
      guard let child, child.isRunning else { throw DemoFailure("the agent had ended by itself") }
      try child.killAndWait()
    }
  }

  /// True while the agent runs.
  var agentRuns: Bool { agent.withLock { $0?.isRunning ?? false } }

  /// Stops the agent in good order and the rest at once.
  func stop() {
    if let child = agent.update({ child in
      defer { child = nil }
      return child
    }) {
      child.kill(.terminate)
      _ = try? child.wait(within: .seconds(10))
    }
    killAll()
  }

  /// Ends everything that was started here, at once.
  func killAll() {
    for process in [agent, simulator, broker] {
      process.withLock { $0 }?.kill(.kill, group: true)
    }
  }
}
