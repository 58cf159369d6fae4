internal import Configuration
internal import Desk
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

  let settings: AgentSettings
  private let odoo: AgentSettings.OdooSettings
  let link: OdooLink
  let shared: IntakeShared
  let log: Logger
  private let cutOffs: CutOffs
  private let clock = SystemClock(boot: 0)
  private let inbox = Monitor(Inbox())
  var outbox: Outbox
  var workers: WorkerPool
  private var wakeAt: Duration?
  var journal: JournalReader?
  private var generation = 0
  private var wasDenied = false
  var lastRequests: Int64 = 0
  /// Confirmations that somebody accepts as Odoo has them, until Odoo was asked how it has them.
  var accepting: [String: OperatorRequest] = [:]

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
    guard let (records, counts) = savedRecords() else { return }
    let states = Dictionary(records.map { ($0.uuid, $0.state) }, uniquingKeysWith: { $1 })
      .merging(counts) { $1 }
    let unsettled = Set(records.filter { $0.exceptionDetail?.isUnsettled == true }.map(\.uuid))
    for entry in entries where isSent(entry) {
      let state = states[entry.uuid]
      // Hazard `late-write`: the call of which the last process did not see the end.
      if state == .sending { workers.memory.with { $0.interrupted(entry.uuid, now: now) } }
      if state == .parked, unsettled.contains(entry.uuid) {
        workers.memory.with { $0.parkedUnsettled(entry.uuid, now: now) }
      }
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

  /// What the last process left; nil if the agent stops before it can be read.
  private func savedRecords() -> ([ConfirmationRecord], [String: ConfirmationState])? {
    while !link.isStopping {
      do throws(SQLiteError) {
        if let journal = openJournal() {
          return (
            try journal.confirmations(all: false, limit: 1_000_000), try journal.openCounts()
          )
        }
      } catch {
        log.warning("The outbox cannot be read: \(error)")
        journal = nil
      }
      _ = link.state.wait(milliseconds: 1000) { $0.isStopping ? true : nil }
    }
    return nil
  }

  static func now() -> Duration { .milliseconds(SystemClock.monotonic()) }

  /// Chains from which on a backlog drains: the mirror then leaves Odoo's time to it.
  private static let backlog = 20

  private func takeNews(_ now: Duration) {
    inbox.with { $0.hasNews = false }
    let isDraining = outbox.hasBacklog(of: Self.backlog)
    link.state.with { $0.isDraining = isDraining }
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
      if end.outcome == .applied || end.outcome == .parked { accepting[end.uuid] = nil }
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

  /// A change of a confirmation or a count.
  func change(
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

  /// - Parameter reason: Why a confirmation waits, for people.
  func perform(_ actions: [Outbox.Action], because reason: String? = nil) {
    for action in actions {
      switch action {
      case .start(let uuid): workers.start(uuid, accepting: accepting[uuid])
      case .wake(let time): wakeAt = time
      // It stays parked until Odoo has told how the transfer stands.
      case .wait(let uuid, _, _) where accepting[uuid] != nil: break
      case .park(let uuid, _) where accepting[uuid] != nil: notAccepted(uuid)
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
          CountKey.uuid(of: uuid) == nil ? "exceptions show \(uuid.prefix(8))" : "counts"
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

  func openJournal() -> JournalReader? {
    if let journal { return journal }
    journal = try? JournalReader(directory: settings.directory)
    return journal
  }
}
