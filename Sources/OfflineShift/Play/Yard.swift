internal import DemoShift
internal import Glibc
internal import TestKit

/// The programs of one site on this machine: a broker, an Odoo simulator and the agent.
///
/// All of them end with this object, and with this process whatever ends it; see `ChildProcess`.
final class Yard {
  let directory: TemporaryDirectory
  let broker: Broker
  let web: Web
  let options: ShiftOptions
  var profiles: String { options.profiles }
  private let simulator: ChildProcess
  private var agent: ChildProcess?

  /// Name of the site in our topics.
  static let site = "yard"
  /// Where text scanners publish.
  static func textTopic(_ device: String) -> String { "warehouse/\(device)/scan" }
  /// Where the ProGlove gateway publishes.
  static let proGloveTopic = "proglove/gate-1/events"
  /// Where it is told what to show.
  static let proGloveCommands = "proglove/commands"

  /// Longest wait for a program to be there.
  private static let patience: Duration = .seconds(30)

  init(_ options: ShiftOptions) throws {
    self.options = options
    directory = try TemporaryDirectory("tallyman-offline-shift")
    broker = try Broker()
    let portFile = directory.path("simulator.port")
    let child = try ChildProcess(
      options.simulator,
      [
        "--version", String(options.version), "--world", "bare", "--port", "0",
        "--port-file", portFile, "--key-file", directory.path("odoo-key"),
      ],
      output: .file(directory.path("simulator.log")),
      error: .file(directory.path("simulator.log"))
    )
    simulator = child
    try eventually("the simulator's port", within: Self.patience) {
      guard child.isRunning else { throw DemoFailure("the simulator ended at once") }
      return File.exists(portFile)
    }
    guard let port = Int(try File.text(portFile).filter(\.isNumber)) else {
      throw DemoFailure("the simulator wrote no port")
    }
    web = Web(base: "http://127.0.0.1:\(port)", authorityFile: nil)
    guard mkdir(directory.path("state"), 0o700) == 0 else {
      throw DemoFailure("cannot make \(directory.path("state"))")
    }
    try File.write(configuration, to: directory.path("tallyman.toml"))
  }

  var journal: String { directory.path("state/journal.db") }
  var mirror: String { directory.path("state/mirror.db") }

  /// Starts the agent and waits until the broker has accepted it.
  func startAgent() throws {
    let path = directory.path("tallyman.log")
    let start = File.exists(path) ? try File.text(path).utf8.count : 0
    let broken = options.bug.map { "floor:\($0)" }
    let child = try ChildProcess(
      options.tallyman,
      ["run", "--config", directory.path("tallyman.toml")],
      environment: ["TALLYMAN_BREAK": broken, "TALLYMAN_BROKEN": broken],
      output: .file(path),
      error: .file(path)
    )
    agent = child
    try eventually("the agent's connection to the broker", within: Self.patience) {
      guard child.isRunning else {
        throw DemoFailure("the agent ended: \(try File.text(path).suffix(1_000))")
      }
      return try Self.holds(File.bytes(path)[start...], "Connected to the broker")
    }
  }

  private static func holds(_ bytes: ArraySlice<UInt8>, _ text: String) -> Bool {
    let pattern = Array(text.utf8)
    guard bytes.count >= pattern.count else { return false }
    return (bytes.startIndex...bytes.endIndex - pattern.count).contains {
      bytes[$0] == pattern[0] && bytes[$0...].starts(with: pattern)
    }
  }

  /// Kills the agent as a power cut would.
  func killAgent() throws {
    guard let child = agent, child.isRunning else {
      throw DemoFailure("the agent had ended by itself")
    }
    try child.killAndWait()
    agent = nil
  }

  /// Stops the agent in good order and the rest at once.
  func stop() {
    if let child = agent, child.isRunning {
      child.kill(.terminate)
      _ = try? child.wait(within: .seconds(10))
    }
    agent = nil
    simulator.kill(.kill, group: true)
    try? broker.kill()
  }
}
