internal import Glibc
internal import JSON
internal import ServiceLifecycle

/// Tells systemd that the agent is ready and alive, and writes `runtime.json` for `tallyman
/// status`.
struct Heartbeat: Service {
  let shared: IntakeShared
  let directory: String

  /// Milliseconds between two looks at the agent's state.
  private static let interval: Int64 = 1000

  func run() async throws {
    var isReady = false
    var lastBeat: Int64 = 0
    while !Task.isShuttingDownGracefully, !Task.isCancelled {
      let now = SystemClock.monotonic()
      let state = shared.state.with { $0 }
      if !isReady, state.outbox != nil {
        isReady = true
        Systemd.notify("READY=1")
      }
      // The intake's thread turns at least once a second; if it hangs, systemd starts us anew.
      if now - state.lastTurn < Self.longestTurn || !isReady, now - lastBeat >= Self.beat {
        lastBeat = now
        Systemd.notify("WATCHDOG=1")
      }
      write(state)
      // Ends at once with the graceful shutdown.
      try? await cancelWhenGracefulShutdown {
        try await Task.sleep(for: .milliseconds(Self.interval))
      }
    }
    unlink("\(directory)/runtime.json")
  }

  /// Milliseconds after which a turn of the intake counts as hanging.
  private static let longestTurn = min(15_000, Systemd.watchdogInterval ?? 15_000)
  private static let beat = min(10_000, Systemd.watchdogInterval ?? 10_000)

  private func write(_ state: IntakeShared.State) {
    let json: JSON = [
      "pid": .int(Int(getpid())), "at": .int64(SystemClock.wall()),
      "broker_connected": .bool(state.brokerConnected), "broker_error": .text(state.brokerError),
      "odoo_connected": .bool(state.odooConnected), "odoo_error": .text(state.odooError),
      "mirror_error": .text(state.mirrorError), "journal_error": .text(state.journalError),
      "disk_full": .bool(state.diskIsFull), "messages": .int(state.messages),
      "events": .int(state.events), "repeats": .int(state.repeats),
      "rejected": .int(state.rejected), "feedback_dropped": .int(state.feedbackDropped),
    ]
    let temporary = "\(directory)/runtime.json.new"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return }
    let bytes = json.bytes
    Glibc.write(descriptor, bytes, bytes.count)
    close(descriptor)
    rename(temporary, "\(directory)/runtime.json")
  }
}
