internal import TestKit

/// Keeps a kill and the scan of a device without ids apart.
///
/// Such a device cannot send again: nobody could tell its second sending from a second scan. So it
/// only scans while the agent is up, and the agent is not killed before it has its answer.
final class PowerGate: Sendable {
  private let state = Monitor(State())

  private struct State {
    var isUp = true
    var kills = false
    var scans = 0
  }

  /// Longest wait for the other side.
  private static let patience: Duration = .seconds(60)

  /// Runs `body` while the agent is up.
  func whileUp<Result>(_ body: () throws -> Result) throws -> Result {
    let _: Bool = try state.wait(for: "the agent", within: Self.patience) { state in
      guard state.isUp, !state.kills else { return nil }
      state.scans += 1
      return true
    }
    defer { state.update { $0.scans -= 1 } }
    return try body()
  }

  /// Runs `kill` once no such scan is under way, then `start`.
  func interrupt(_ kill: () throws -> Void, _ start: () throws -> Void) throws {
    let _: Bool = try state.wait(for: "the end of a scan", within: Self.patience) { state in
      state.kills = true
      return state.scans == 0 ? true : nil
    }
    state.update { $0.isUp = false }
    try kill()
    try start()
    state.update { state in
      state.isUp = true
      state.kills = false
    }
  }
}
