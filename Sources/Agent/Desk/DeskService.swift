internal import Console
internal import Desk
internal import Intake
internal import JSON
internal import Journal

/// The exception desk behind the console.
struct DeskService: ConsoleDesk {
  let directory: String
  let shared: IntakeShared

  /// Milliseconds that a decision waits for the agent's threads to act.
  private static let patience: Int64 = 5000

  func isHealthy() -> Bool {
    let state = shared.state.with { $0 }
    return state.outbox != nil && state.journalError == nil && !state.diskIsFull
      && state.failure == nil
  }

  func exceptions(all: Bool) -> Result<JSON, ConsoleProblem> {
    read { book throws(SQLiteError) in .array(try book.entries(all: all).map(\.json)) }
  }

  func exception(_ id: String) -> Result<JSON?, ConsoleProblem> {
    read { book throws(SQLiteError) in try Self.find(id, in: book)?.json }
  }

  func decide(_ asked: ConsoleDecision) -> Result<ConsoleOutcome, ConsoleProblem> {
    let entry: DeskEntry
    switch read({ book throws(SQLiteError) in try Self.find(asked.id, in: book) }) {
    case .failure(let problem): return .failure(problem)
    case .success(nil):
      return .failure(
        ConsoleProblem(404, "unknown_exception", "There is no exception \(asked.id).")
      )
    case .success(let found?): entry = found
    }
    let draft: RequestDraft
    do throws(ConsoleProblem) {
      draft = try Self.draft(asked, entry)
    } catch {
      return .failure(error)
    }
    guard shared.mailbox.store([.request(draft)]) else {
      return .failure(ConsoleProblem(503, "stopping", "The agent stops; nothing was decided."))
    }
    return outcome(of: draft.token ?? "")
  }

  /// Only the whole id: a program has it, and must not hit another by its beginning.
  private static func find(_ id: String, in book: DeskBook) throws(SQLiteError) -> DeskEntry? {
    try book.entries(id).first { $0.id == id }
  }

  private static func draft(
    _ asked: ConsoleDecision,
    _ entry: DeskEntry
  ) throws(ConsoleProblem) -> RequestDraft {
    guard let decision = Decision(rawValue: asked.decision) else {
      let all = Decision.allCases.map(\.rawValue).joined(separator: ", ")
      throw ConsoleProblem(400, "bad_request", "decision: expected one of \(all).")
    }
    guard entry.isOpen else {
      throw ConsoleProblem(409, "decided", "It is decided already, or not true any more.")
    }
    guard entry.decisions.contains(decision) else {
      let allowed = entry.decisions.map(\.rawValue).joined(separator: ", ")
      throw ConsoleProblem(409, "not_allowed", "That does not help here; possible are \(allowed).")
    }
    if decision.needsReason, asked.reason?.isEmpty ?? true {
      throw ConsoleProblem(400, "bad_request", "reason: say why; it is kept in the audit trail.")
    }
    if decision == .edit {
      do throws(DecisionProblem) {
        _ = try Edit(json: asked.edit ?? .null)
      } catch {
        throw ConsoleProblem(400, "bad_request", "edit: \(error.description)")
      }
    }
    return RequestDraft(
      decision.action,
      entry.id,
      actor: "\(asked.actor) (API)",
      reason: asked.reason,
      content: decision == .edit ? asked.edit?.text : nil,
      token: AgentToken.make()
    )
  }

  private func outcome(of token: String) -> Result<ConsoleOutcome, ConsoleProblem> {
    let end = SystemClock.monotonic() + Self.patience
    guard let journal = try? JournalReader(directory: directory) else { return .success(.noted) }
    while SystemClock.monotonic() < end, !shared.isStopping {
      if let outcome = try? journal.outcome(ofRequest: token) {
        guard outcome.hasPrefix("refused") else { return .success(.done) }
        return .failure(ConsoleProblem(409, "refused", "It was \(outcome)."))
      }
      _ = shared.state.wait(milliseconds: 50) { $0.isStopping ? true : nil }
    }
    return .success(.noted)
  }

  private func read<Value>(
    _ body: (DeskBook) throws(SQLiteError) -> Value
  ) -> Result<Value, ConsoleProblem> {
    do {
      return .success(try body(try DeskBook(directory: directory)))
    } catch {
      return .failure(
        ConsoleProblem(503, "journal", "The journal cannot be read: \(error)")
      )
    }
  }
}
