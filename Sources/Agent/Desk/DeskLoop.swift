internal import Desk
internal import Intake
internal import Journal
internal import Logging

/// The desk's thread: carries out what people decide about findings.
///
/// It reads the journal and the mirror with connections of its own, and hands what it wants to be
/// stored to the intake.
final class DeskLoop {
  private let directory: String
  private let shared: IntakeShared
  private let log: Logger
  private let isStopping: Monitor<Bool>
  private var journal: JournalReader?

  /// - Parameter isStopping: Becomes true when the thread has to end.
  init(directory: String, shared: IntakeShared, isStopping: Monitor<Bool>, log: Logger) {
    self.directory = directory
    self.isStopping = isStopping
    self.shared = shared
    self.log = log
  }

  /// Runs until the agent stops.
  func run() {
    guard shared.outbox(unless: { isStopping.with { $0 } }) != nil else { return }
    while !isStopping.with({ $0 }) {
      do {
        let journal = try self.journal ?? JournalReader(directory: directory)
        self.journal = journal
        try takeRequests(journal)
      } catch {
        log.warning("The desk cannot read the journal: \(error)")
        journal = nil
      }
      _ = isStopping.wait(milliseconds: 1000) { $0 ? true : nil }
    }
  }

  private func takeRequests(_ journal: JournalReader) throws(SQLiteError) {
    for request in try journal.openRequests() {
      guard let number = JournalReader.findingNumber(request.uuid) else { continue }
      let (outcome, work) = try carryOut(request, number, journal)
      _ = shared.mailbox.store(work + [.handled(request, outcome: outcome)])
    }
  }

  private func carryOut(
    _ request: OperatorRequest,
    _ number: Int64,
    _ journal: JournalReader
  ) throws(SQLiteError) -> (String, [OutboxWork]) {
    guard let finding = try journal.finding(number), finding.state == .open else {
      return ("refused: there is no open exception \(request.uuid)", [])
    }
    let rule = ExceptionCode(category: finding.draft.code).rule
    guard let decision = Decision(request.action), rule.decisions.contains(decision) else {
      let allowed = rule.decisions.map(\.rawValue).joined(separator: ", ")
      return ("refused: that does not help here; possible are \(allowed)", [])
    }
    let change = FindingChange.dropped(
      id: number,
      actor: request.actor,
      reason: request.reason ?? "no reason given"
    )
    return ("done", [.finding(change)])
  }
}
