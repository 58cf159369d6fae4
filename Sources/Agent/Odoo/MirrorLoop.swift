internal import Configuration
internal import Dispatching
internal import HTTP
internal import Intake
internal import JSON
internal import Journal
internal import Logging
internal import Odoo

/// The mirror's thread: logs in to Odoo, and keeps `mirror.db` fresh while it can.
final class MirrorLoop {
  private let settings: AgentSettings.OdooSettings
  private let intervals: Settings.Mirror
  private let directory: String
  private let link: OdooLink
  private let shared: IntakeShared
  private let log: Logger
  private var client: OdooClient?
  private var store: MirrorStore?
  private var refresh: MirrorRefresh?
  private var version: Int?
  private var knownFields: [String: Set<String>] = [:]
  private var pause = Backoff(first: 1000, longest: 60_000)
  private var due: [String: Int64] = [:]
  private var lastProblem: String?
  /// When the state of the refresh was last written to the mirror.
  private var stateKept: Int64?
  /// When the open transfers were last looked at.
  private var lastLook: Int64 = 0
  private let watch: ContractWatch

  init(
    _ settings: AgentSettings.OdooSettings,
    intervals: Settings.Mirror,
    directory: String,
    link: OdooLink,
    shared: IntakeShared,
    log: Logger
  ) {
    self.settings = settings
    self.intervals = intervals
    self.directory = directory
    self.link = link
    self.shared = shared
    self.log = log
    watch = ContractWatch(directory, shared: shared, log: log)
  }

  /// Runs until the link is stopped.
  func run() {
    // The journal says which Odoo it belongs to; nothing is asked before that is known.
    guard shared.outbox(unless: { link.isStopping }) != nil else { return }
    while !link.isStopping {
      let now = SystemClock.monotonic()
      if pause.isDue(now) {
        if step(now) { pause.succeeded() } else { pause.failed(SystemClock.monotonic()) }
      }
      let next = min(due.values.min() ?? 0, .max)
      let wait = max(pause.remaining(now), min(1000, max(10, next - now)))
      _ = link.state.wait(milliseconds: wait) { state -> Bool? in
        if state.wantsRefresh, state.connected != nil {
          state.wantsRefresh = false
          return true
        }
        return state.isStopping ? true : nil
      }.map { _ in
        // What the next step of an order needs is soon there, but a backlog that drains does not
        // make the mirror ask after each of its transfers.
        due["transfers"] = min(
          due["transfers", default: 0],
          lastLook + interval / (isDraining ? 1 : Self.early)
        )
      }
    }
  }

  /// The part of its interval after which the mirror looks early when it is asked to.
  private static let early: Int64 = 3

  /// True while a backlog goes to Odoo, whose time the looks would take from it.
  private var isDraining: Bool { link.state.with { $0.isDraining } }

  /// Milliseconds between two looks at the open transfers: three times as long during a drain.
  private var interval: Int64 {
    intervals.refresh.milliseconds * (isDraining ? 3 : 1)
  }

  /// One look at what is due; false if Odoo or the file failed.
  private func step(_ now: Int64) -> Bool {
    guard let client = ready() else { return false }
    guard let connected = link.state.with({ $0.connected }) ?? logIn(client) else { return false }
    guard prepare(connected) else { return false }
    let isRefreshed = refreshWhatIsDue(now, client)
    // After the refresh, which the floor waits for; and also when that failed, to say why.
    if now >= due["contract", default: 0] { return look(client, connected, now) && isRefreshed }
    return isRefreshed
  }

  private func refreshWhatIsDue(_ now: Int64, _ client: OdooClient) -> Bool {
    if now >= due["master", default: 0] {
      let isFirst = refresh?.state.hasMasterData != true
      guard run(.masterData(isFirst ? .changes : .compare), client) else { return false }
      due["master"] = now + intervals.masterData.milliseconds
    }
    if now >= due["transfers", default: 0] {
      lastLook = now
      let compare = now >= due["compare", default: 0]
      guard run(.transfers(compare ? .compare : .changes), client) else { return false }
      due["transfers"] = SystemClock.monotonic() + interval
      if compare { due["compare"] = now + intervals.compare.milliseconds }
    }
    return true
  }

  private func ready() -> OdooClient? {
    if let client { return client }
    do throws(HTTPClientError) {
      let made = try OdooClient(settings, link, for: .mirror)
      client = made
      return made
    } catch {
      problem("\(error)")
      return nil
    }
  }

  private func logIn(_ client: OdooClient) -> OdooLogin.Connected? {
    switch client.logIn() {
    case .success(let connected):
      guard isBound(connected), let fields = learnFields(client, connected) else { return nil }
      link.loggedIn(connected, fields, action: workingAction(client, connected))
      shared.note {
        $0.odooConnected = true
        $0.odooError = nil
      }
      lastProblem = nil
      log.notice(
        "Logged in to Odoo",
        metadata: [
          "url": "\(settings.http.baseURL)", "version": "\(connected.session.version)",
          "protocol": "\(connected.session.carrier)", "user": "\(connected.userName)",
        ]
      )
      if !connected.hasEmail, connected.session.version.major < 19 {
        log.warning(
          """
          The user has no e-mail address; Odoo 17 and 18 then refuse every backorder. \
          Set one on the user in Odoo.
          """,
          metadata: ["user": "\(connected.userName)"]
        )
      }
      return connected
    case .failure(let failure):
      link.state.change { $0.isDenied = failure.failure.kind == .denied }
      problem(failure.sentence)
      return nil
    }
  }

  /// The configured server action, if it works; otherwise transfers go the plain way.
  private func workingAction(_ client: OdooClient, _ connected: OdooLogin.Connected) -> Int? {
    guard let action = settings.action else { return nil }
    let answer = client.call(ServerActionCode.probe(action), as: connected.session).result
    guard let problem = ServerActionCode.problem(action, answer) else { return action }
    log.critical("\(problem). Until then transfers are applied with plain calls.")
    return nil
  }

  /// The server's fields; nil, with the problem noted, if it lacks one that is needed.
  private func learnFields(
    _ client: OdooClient,
    _ connected: OdooLogin.Connected
  ) -> OdooFields? {
    switch watch.atLogIn(client, connected.session) {
    case .fit(let schema):
      var fields = OdooFields(version: connected.session.version)
      fields.learn(schema)
      due["contract"] = 0
      return fields
    case .unfit(let sentence):
      problem(sentence)
      return nil
    case .failed(let failure):
      problem("The fields cannot be read: \(failure.name): \(failure.message)")
      return nil
    }
  }

  /// The daily look at everything that is needed; false if it showed that nothing can be sent.
  private func look(
    _ client: OdooClient,
    _ connected: OdooLogin.Connected,
    _ now: Int64
  ) -> Bool {
    due["contract"] = now + intervals.contract.milliseconds
    let generation = link.state.with { $0.generation }
    switch watch.look(client, connected.session) {
    case .fit(let schema):
      var fields = OdooFields(version: connected.session.version)
      fields.learn(schema)
      // Fields came or went: the log-in learns them, for the workers too.
      let old = link.state.with { $0.fields }
      if let old, !old.agrees(with: fields) { link.lost(generation: generation, denied: false) }
      return true
    case .unfit(let sentence):
      link.lost(generation: generation, denied: false)
      problem(sentence)
      return false
    case .failed(let failure):
      due["contract"] = now + Self.lookAgain
      log.debug("Odoo's fields could not be read", metadata: ["reason": "\(failure.name)"])
      return true
    }
  }

  /// Milliseconds until a look that failed is tried again.
  private static let lookAgain: Int64 = 60_000

  /// Hazard `wrong-odoo`: a journal speaks to the Odoo that it began with, until a person says
  /// that it may speak to another.
  private func isBound(_ connected: OdooLogin.Connected) -> Bool {
    let found = OdooBinding.text(url: settings.http.baseURL, connected)
    let stored = shared.state.with { $0.binding }
    if stored == found { return true }
    let mayBind = stored == nil || shared.state.with { $0.mayRebind }
    guard mayBind else {
      problem(
        "This journal belongs to \(stored ?? "another Odoo"), and the configuration leads to "
          + "\(found). Nothing is sent. If that is right, run: tallyman odoo rebind --reason …"
      )
      return false
    }
    guard shared.mailbox.store([.meta(OdooBinding.name, found)]) else { return false }
    shared.note {
      $0.binding = found
      $0.mayRebind = false
    }
    return true
  }

  private func prepare(_ connected: OdooLogin.Connected) -> Bool {
    do {
      let store = try self.store ?? MirrorStore(directory: directory)
      if self.store == nil, store.opening != .intact, store.opening != .new {
        log.error("The mirror was damaged", metadata: ["opening": "\(store.opening)"])
      }
      self.store = store
      let major = connected.session.version.major
      let fields = link.state.with { $0.fields?.names } ?? [:]
      if refresh == nil || version != major || fields != knownFields {
        refresh = MirrorRefresh(major: major, state: try store.state(), fields: fields)
        version = major
        knownFields = fields
      }
      return true
    } catch {
      shared.note { $0.mirrorError = "\(error)" }
      problem("\(error)")
      return false
    }
  }

  private func run(_ kind: RefreshKind, _ client: OdooClient) -> Bool {
    guard var refresh, let store else { return false }
    defer { self.refresh = refresh }
    let started = shared.state.with { $0.lastSequence }
    var step = refresh.start(
      kind,
      startedAt: started,
      now: .milliseconds(SystemClock.monotonic())
    )
    while !link.isStopping {
      switch step {
      case .call(let call): step = refresh.resume(client.call(call).result)
      case .apply(let change):
        do throws(SQLiteError) {
          try store.apply(
            worthKeeping(change),
            at: SystemClock(boot: shared.state.with { $0.boot }).stamp()
          )
        } catch {
          shared.note { $0.mirrorError = error.description }
          problem("The mirror could not be written: \(error)")
          self.store = nil
          return false
        }
        step = refresh.proceed()
      case .finished(let summary):
        finished(summary, store)
        return true
      case .failed(let failure):
        problem("The mirror could not be refreshed: \(failure.name): \(failure.message)")
        return false
      }
    }
    return true
  }

  /// The change, without the state of the refresh where one was written a short while ago.
  ///
  /// It grows with the open transfers, to half a megabyte for 20,000: too much for a card every few
  /// seconds. A restart with an older one reads a little again.
  private func worthKeeping(_ change: MirrorChange) -> MirrorChange {
    guard case .refreshed(var end) = change, end.state != nil else { return change }
    let now = SystemClock.monotonic()
    guard end.kind == .realTime, let last = stateKept, now - last < Self.stateInterval else {
      stateKept = now
      return change
    }
    end.state = nil
    return .refreshed(end)
  }

  /// A minute, in milliseconds.
  private static let stateInterval: Int64 = 60_000

  private func finished(_ summary: MirrorRefresh.Summary, _ store: MirrorStore) {
    lastProblem = nil
    shared.note {
      $0.mirrorError = nil
      $0.mirrorRefreshed = SystemClock.monotonic()
    }
    for (table, failure) in summary.skipped {
      log.warning(
        "A table cannot be mirrored",
        metadata: ["table": "\(table)", "reason": "\(failure.name)"]
      )
    }
    if summary.complete, case .transfers = summary.kind {
      do {
        let stamp = SystemClock(boot: shared.state.with { $0.boot }).stamp()
        try store.keepGoodCopy(at: stamp)
      } catch {
        log.warning("The mirror's good copy could not be made: \(error)")
      }
    }
  }

  /// Notes and logs a problem, once until it changes.
  private func problem(_ sentence: String) {
    shared.note {
      $0.odooConnected = false
      $0.odooError = sentence
    }
    guard sentence != lastProblem else { return }
    lastProblem = sentence
    log.warning("Odoo: \(sentence)")
  }
}
