internal import Configuration
internal import Dispatching
internal import Floor
internal import Intake
internal import Journal
internal import Logging
internal import Odoo

/// The dispatcher's thread: carries out what the outbox decides.
///
/// It owns the outbox's state machine; the attempts themselves run on worker threads, one for each
/// warehouse that is busy, and report back here.
final class DispatchLoop {
  /// What the workers report, and what else changes while they work.
  struct Inbox {
    var finished: [End] = []
    /// Something is to be looked at that others hold.
    var hasNews = false
  }

  /// The end of an attempt.
  struct End: Sendable {
    var uuid: String
    var outcome: Outbox.Outcome
    /// Why it has to be made again, for people.
    var reason: String?
    /// The mean time of its calls; nil where Odoo has answered none.
    var took: Duration?
  }

  private let settings: AgentSettings
  private let odoo: AgentSettings.OdooSettings
  private let link: OdooLink
  private let shared: IntakeShared
  private let log: Logger
  private let cutOffs: CutOffs
  private let clock = SystemClock(boot: 0)
  private let inbox = Monitor(Inbox())
  private var outbox: Outbox
  private var workers: WorkerPool
  private var wakeAt: Duration?
  private var journal: JournalReader?
  private var generation = 0
  private var wasDenied = false
  private var lastRequests: Int64 = 0

  init(
    _ settings: AgentSettings,
    _ odoo: AgentSettings.OdooSettings,
    link: OdooLink,
    shared: IntakeShared,
    log: Logger
  ) {
    self.settings = settings
    self.odoo = odoo
    self.link = link
    self.shared = shared
    self.log = log
    cutOffs = CutOffs(settings.dispatch.cutOffs)
    outbox = Outbox(
      policy: OutboxPolicy(
        parallel: settings.dispatch.parallelWarehouses,
        conflictLimit: settings.dispatch.attempts
      )
    )
    workers = WorkerPool(settings, odoo, link: link, shared: shared, inbox: inbox, log: log)
  }

  /// Runs until the agent stops; an attempt under way gets a few seconds to end.
  func run() {
    guard let entries = shared.outbox(unless: { link.isStopping }) else { return }
    var now = Self.now()
    perform(outbox.offline(now: now))
    guard let states = savedStates() else { return }
    for entry in entries where isSent(entry) {
      let state = states[entry.uuid]
      // Hazard `late-write`: the call of which the last process did not see the end.
      if state == .sending { workers.memory.with { $0.interrupted(entry.uuid, now: now) } }
      enqueue(entry, parked: state == .parked, now)
    }
    shared.whenClosed { [inbox] in inbox.change { $0.hasNews = true } }
    while !link.isStopping {
      now = Self.now()
      takeNews(now)
      perform(outbox.tick(now: now))
      let wait = wakeAt.map { max(0, ($0 - Self.now()).milliseconds) } ?? 250
      _ = inbox.wait(milliseconds: min(250, wait)) { inbox in
        inbox.finished.isEmpty && !inbox.hasNews ? nil : true
      }
    }
    workers.stop()
  }

  /// The states that the last process left; nil if the agent stops before they can be read.
  private func savedStates() -> [String: ConfirmationState]? {
    while !link.isStopping {
      do throws(SQLiteError) {
        if let journal = openJournal() {
          let records = try journal.confirmations(all: false, limit: 1_000_000)
          return try Dictionary(records.map { ($0.uuid, $0.state) }, uniquingKeysWith: { $1 })
            .merging(journal.openCounts()) { $1 }
        }
      } catch {
        log.warning("The outbox cannot be read: \(error)")
        journal = nil
      }
      _ = link.state.wait(milliseconds: 1000) { $0.isStopping ? true : nil }
    }
    return nil
  }

  private static func now() -> Duration { .milliseconds(SystemClock.monotonic()) }

  private func takeNews(_ now: Duration) {
    inbox.with { $0.hasNews = false }
    for entry in shared.state.with({ state -> [OutboxEntry] in
      defer { state.closed = [] }
      return state.closed
    }) where isSent(entry) {
      enqueue(entry, now)
    }
    let finished = inbox.with { inbox in
      defer { inbox.finished = [] }
      return inbox.finished
    }
    for end in finished {
      if end.outcome == .applied { link.wantRefresh() }
      let actions = outbox.finished(
        end.uuid,
        end.outcome,
        took: end.took,
        now: now,
        random: .random(in: 0 ... .max)
      )
      perform(actions, because: end.reason)
    }
    let (current, isConnected, isDenied) = link.state.with {
      ($0.generation, $0.connected != nil, $0.isDenied)
    }
    if isConnected, current != generation {
      generation = current
      wasDenied = false
      perform(outbox.ok(now: now, random: .random(in: 0 ... .max)))
    }
    if isDenied, !wasDenied {
      wasDenied = true
      perform(outbox.denied(now: now, random: .random(in: 0 ... .max)))
    }
    takeRequests(now)
  }

  /// Who counts again means the new count: an earlier one that waits is given up, and does not
  /// hold the new one up.
  private func giveUpEarlierCounts(_ entry: OutboxEntry, _ now: Duration) {
    guard let uuid = CountKey.uuid(of: entry.uuid), let journal = openJournal() else { return }
    do throws(SQLiteError) {
      guard let later = try journal.stockCounts(of: uuid).first(where: { $0.count.uuid == uuid })
      else { return }
      for earlier in try journal.openCounts(before: later)
      where later.count.repeats(earlier.count) {
        let key = CountKey.key(of: earlier.count.uuid)
        guard !isUnsettled(key), let actions = outbox.discard(key, now: now) else { continue }
        perform(actions)
        _ = shared.mailbox.store([change(key, .discarded, reason: "It was counted again.")])
      }
    } catch {
      log.warning("Counts cannot be read: \(error)")
      self.journal = nil
    }
  }

  private func enqueue(_ entry: OutboxEntry, parked: Bool = false, _ now: Duration) {
    giveUpEarlierCounts(entry, now)
    // A clock that nobody has set tells neither when it was closed nor when it is due.
    let wall = clock.stamp()
    let isKnown = wall.synced || settings.intake.site.trustsClock
    perform(
      outbox.enqueue(
        entry,
        parked: parked,
        waited: isKnown ? entry.closed.map { .milliseconds(wall.wall - $0) } ?? .zero : .zero,
        cutOff: isKnown ? cutOffs.left(for: entry, now: wall.wall) : nil,
        now: now
      )
    )
  }

  /// False for a count where counts are only kept.
  private func isSent(_ entry: OutboxEntry) -> Bool {
    settings.counts.apply != .never || CountKey.uuid(of: entry.uuid) == nil
  }

  /// What operators asked for on the command line, looked for once a second.
  private func takeRequests(_ now: Duration) {
    guard now.milliseconds - lastRequests >= 1000, let journal = openJournal() else { return }
    lastRequests = now.milliseconds
    do throws(SQLiteError) {
      for request in try journal.openRequests() {
        let outcome = carryOut(request, now)
        guard let outcome else { continue }
        _ = shared.mailbox.store(outcome.changes + [.handled(request, outcome: outcome.text)])
      }
    } catch {
      log.warning("Requests cannot be read: \(error)")
      self.journal = nil
    }
  }

  /// A confirmation whose last call may still be carried out stays `sending` on disk, so that a
  /// restart knows it, too.
  private func state(of uuid: String, otherwise state: ConfirmationState) -> ConfirmationState {
    isUnsettled(uuid) ? .sending : state
  }

  private func isUnsettled(_ uuid: String) -> Bool {
    workers.memory.with { $0.isUnsettled(uuid, now: Self.now()) }
  }

  private func carryOut(
    _ request: OperatorRequest,
    _ now: Duration
  ) -> (text: String, changes: [OutboxWork])? {
    switch request.action {
    case .rebind:
      shared.note { $0.mayRebind = true }
      return ("the next log-in may bind the journal to another Odoo", [])
    case .reconcile:
      link.state.change { $0.wantsReconciliation = true }
      return ("begun", [])
    case .applyAgain: return applyAgain(request)
    case .retry, .approve:
      guard outbox.standing(request.uuid) != nil else { return ("it is not in the outbox", []) }
      guard outbox.standing(request.uuid) != .inFlight else {
        return ("an attempt is under way", [])
      }
      let change = change(
        request.uuid,
        state(of: request.uuid, otherwise: .pending),
        reason: request.reason ?? "tried again on request",
        by: request
      )
      // On disk first: the attempt that follows writes its own states.
      guard shared.mailbox.store([change]) else { return nil }
      perform(outbox.retry(request.uuid, now: now))
      return ("done", [])
    case .discard:
      guard outbox.standing(request.uuid) != nil else { return ("it is not in the outbox", []) }
      // An attempt under way must end first, and a call that may still be carried out, too: they
      // may be succeeding just now.
      guard !isUnsettled(request.uuid) else { return nil }
      guard let actions = outbox.discard(request.uuid, now: now) else { return nil }
      perform(actions)
      return ("done", [change(request.uuid, .discarded, reason: request.reason, by: request)])
    }
  }

  /// A change of a confirmation or a count.
  private func change(
    _ key: String,
    _ state: ConfirmationState,
    category: String? = nil,
    reason: String?,
    attempts: Int = 0,
    by request: OperatorRequest? = nil
  ) -> OutboxWork {
    guard let count = CountKey.uuid(of: key) else {
      return .change(
        ConfirmationChange(
          uuid: key,
          state: state,
          category: category,
          reason: reason,
          attempts: attempts,
          actor: request?.actor ?? "agent"
        )
      )
    }
    return .count(
      CountChange(
        uuid: count,
        state: state,
        category: category,
        reason: reason,
        attempts: attempts,
        isApproved: request?.action == .approve ? true : nil
      )
    )
  }

  /// Sends what was applied once more, under a new identity.
  ///
  /// Its old one may be known to Odoo for another transfer by now (hazard `replayed-key`). The
  /// attempt begins with a read, so what is done in Odoo after all is not done twice.
  private func applyAgain(_ request: OperatorRequest) -> (text: String, changes: [OutboxWork])? {
    guard let journal = openJournal(),
      let record = try? journal.confirmations(of: request.uuid)
        .first(where: { $0.uuid == request.uuid })
    else { return nil }
    guard record.state == .applied, record.replacedBy == nil else {
      return ("it is not applied", [])
    }
    guard var content = record.content else { return ("its row cannot be read", []) }
    content.uuid = Randomness.uuid()
    let replacement = Replacement(
      old: record.uuid,
      confirmation: content,
      station: record.station,
      event: record.event,
      actor: request.actor,
      reason: request.reason ?? "asked for"
    )
    return ("sent again as \(content.uuid)", [.again(replacement)])
  }

  /// - Parameter reason: Why a confirmation waits, for people.
  private func perform(_ actions: [Outbox.Action], because reason: String? = nil) {
    for action in actions {
      switch action {
      case .start(let uuid): workers.start(uuid)
      case .wake(let time): wakeAt = time
      case .wait(let uuid, _, let attempts):
        _ = shared.mailbox.store([
          change(
            uuid,
            state(of: uuid, otherwise: .waiting),
            reason: reason ?? "Tried again later.",
            attempts: attempts
          )
        ])
      case .park(let uuid, let cause):
        let see =
          CountKey.uuid(of: uuid) == nil ? "queue show \(uuid.prefix(8))" : "counts"
        _ = shared.mailbox.store([
          change(
            uuid,
            .parked,
            category: cause.rawValue,
            reason: "It failed too often, while others went through. See: tallyman \(see)"
          )
        ])
        log.error("A confirmation is parked: it keeps failing", metadata: ["id": "\(uuid)"])
      case .alarm(let alarm): raise(alarm)
      case .clear(let alarm):
        log.notice("Odoo answers again", metadata: ["was": "\(alarm.rawValue)"])
      }
    }
  }

  private func raise(_ alarm: Outbox.Alarm) {
    switch alarm {
    case .unreachable:
      log.warning("Odoo cannot be reached; confirmations wait and go on by themselves")
    case .denied:
      log.critical(
        "Odoo refuses the login or key; nothing is sent until it is renewed (tallyman check)"
      )
    }
  }

  private func openJournal() -> JournalReader? {
    if let journal { return journal }
    journal = try? JournalReader(directory: settings.directory)
    return journal
  }
}
