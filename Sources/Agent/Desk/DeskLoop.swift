internal import Desk
internal import Intake
internal import Journal
internal import Logging

/// The desk's thread: looks for what a person should see, and carries out what people decide about
/// it.
///
/// It reads the journal and the mirror with connections of its own, and hands what it wants to be
/// stored to the intake.
final class DeskLoop {
  private let directory: String
  private let shared: IntakeShared
  private let log: Logger
  private let isStopping: Monitor<Bool>
  private let mirror: MirrorReader
  private var journal: JournalReader?
  /// Monotonic milliseconds of the next look.
  private var nextLook: Int64 = 0
  /// What the mirror and the journal were at the last look.
  private var lastSeen: Seen?

  private struct Seen: Equatable {
    var refreshed: Int64?
    var event: Int64
    var changed: Int64
  }

  /// Milliseconds between two looks at least.
  private static let pause: Int64 = 2000
  /// Looks take up a twentieth of the time at most.
  private static let share: Int64 = 20
  /// Milliseconds after which it looks although nothing has changed: transfers become due.
  private static let longestPause: Int64 = 60_000

  /// - Parameter isStopping: Becomes true when the thread has to end.
  init(directory: String, shared: IntakeShared, isStopping: Monitor<Bool>, log: Logger) {
    self.directory = directory
    mirror = MirrorReader(directory: directory)
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
        try look(journal)
      } catch {
        log.warning("The desk cannot read the journal: \(error)")
        journal = nil
      }
      _ = isStopping.wait(milliseconds: 1000) { $0 ? true : nil }
    }
  }

  private func look(_ journal: JournalReader) throws(SQLiteError) {
    let start = SystemClock.monotonic()
    guard start >= nextLook else { return }
    let seen = Seen(
      refreshed: shared.state.with { $0.mirrorRefreshed },
      event: try journal.lastEvent(),
      changed: try journal.lastTransition()
    )
    guard seen != lastSeen || start >= nextLook + Self.longestPause else { return }
    lastSeen = seen
    let work = try DeskLook(journal: journal, mirror: mirror).changes()
    if !work.isEmpty { _ = shared.mailbox.store(work) }
    let end = SystemClock.monotonic()
    nextLook = end + max(Self.pause, Self.share * (end - start))
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
