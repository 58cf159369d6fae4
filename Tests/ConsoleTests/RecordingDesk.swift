import Console
import JSON
import Synchronization

/// A desk with one exception that remembers what it was asked.
final class RecordingDesk: ConsoleDesk {
  private let state = Mutex((decisions: [ConsoleDecision](), isHealthy: true))

  var decisions: [ConsoleDecision] { state.withLock { $0.decisions } }

  func fail() { state.withLock { $0.isHealthy = false } }

  func isHealthy() -> Bool { state.withLock { $0.isHealthy } }

  func exceptions(all: Bool) -> Result<JSON, ConsoleProblem> { .success([["id": "F1"]]) }

  func exception(_ id: String) -> Result<JSON?, ConsoleProblem> {
    .success(id == "F1" ? ["id": "F1"] : nil)
  }

  func decide(_ decision: ConsoleDecision) -> Result<ConsoleOutcome, ConsoleProblem> {
    state.withLock { $0.decisions.append(decision) }
    return .success(.done)
  }
}
