import TestKit

/// The agent's real binary, that can be killed and started again.
final class AgentProcess: Sendable {
  private let running: Monitor<ChildProcess?>
  private let config: String
  let log: String
  private let hooks: String?

  /// An agent with a configuration file, not started yet.
  ///
  /// - Parameter hooks: Promises that are broken on purpose (`TALLYMAN_BREAK`).
  init(config: String, log: String, hooks: String? = nil) {
    self.config = config
    self.log = log
    self.hooks = hooks
    running = Monitor(nil)
  }

  /// - Parameter hooks: Other promises to break than at first; empty for none.
  func start(hooks: String? = nil) throws {
    let process = try ChildProcess(
      Executable.find("tallyman"),
      ["run", "--config", config],
      environment: ["TALLYMAN_BREAK": hooks ?? self.hooks],
      output: .file(log),
      error: .file(log)
    )
    running.update { $0 = process }
  }

  /// SIGKILL at once, without waiting; from a hook on the wire.
  func kill() { _ = running.withLock { $0 }?.kill() }

  func killAndWait() throws { try running.withLock { $0 }?.killAndWait() }

  /// SIGTERM, and the end of it.
  func stop() throws -> ExitStatus? {
    guard let process = running.withLock({ $0 }) else { return nil }
    process.kill(.terminate)
    return try process.wait()
  }
}
