internal import Journal
internal import Logging

/// Looks through the whole journal for damage, once after the start, beside the work.
///
/// `quick_check` reads every page; on a large journal that takes a while, and the floor must not
/// wait for it.
enum JournalCheck {
  static func run(directory: String, shared: IntakeShared, log: Logger) {
    guard shared.outbox(unless: { shared.isStopping }) != nil else { return }
    do {
      let problems = try JournalReader(directory: directory).check()
      guard let first = problems.first else { return }
      shared.note { $0.journalError = "damaged: \(first)" }
      log.critical(
        "The journal is damaged. Stop the agent and keep journal.db and its -wal file for recovery",
        metadata: ["first": "\(first)", "problems": "\(problems.count)"]
      )
    } catch {
      log.error("The journal could not be checked", metadata: ["error": "\(error)"])
    }
  }
}
