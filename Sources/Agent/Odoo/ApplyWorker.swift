internal import Configuration
internal import Dispatching
internal import Floor
internal import HTTP
internal import Intake
internal import JSON
internal import Journal
internal import Logging
internal import Odoo

/// Carries out one attempt at a time: its calls, and their record in the journal.
final class ApplyWorker {
  let client: OdooClient
  let longestCall: Duration
  let memory: Monitor<AttemptMemory>
  let link: OdooLink
  let shared: IntakeShared
  let directory: String
  let countLimit: CountPlan.Limit?
  let log: Logger
  private let broken: BrokenPromises
  private let beyondReservation: ApplyPlan.BeyondReservation
  var journal: JournalReader?
  private var names = KnownNames()
  /// Monotonic milliseconds until which `names` may be believed.
  private var namesUntil: Int64 = 0
  private let mirror: MirrorReader
  /// Why the last attempt has to be made again, for people.
  var explanation: String?
  /// How long the calls took that Odoo has answered in the last attempt.
  var answered = (calls: 0, time: Duration.zero)
  /// Their mean time; nil without any.
  var meanTime: Duration? { answered.calls > 0 ? answered.time / answered.calls : nil }

  init?(
    _ settings: AgentSettings,
    _ odoo: AgentSettings.OdooSettings,
    link: OdooLink,
    shared: IntakeShared,
    memory: Monitor<AttemptMemory>,
    log: Logger
  ) {
    self.memory = memory
    do throws(HTTPClientError) {
      client = try OdooClient(odoo, link, for: .dispatch)
    } catch {
      log.error("No connection to Odoo can be made: \(error)")
      return nil
    }
    longestCall = odoo.longestCall
    self.link = link
    self.shared = shared
    self.log = log
    broken = .fromEnvironment(log)
    directory = settings.directory
    beyondReservation =
      switch settings.dispatch.unreserved {
      case .apply: .apply
      case .inStock: .inStock
      case .park: .park
      }
    countLimit = settings.counts.limit
    mirror = MirrorReader(directory: settings.directory)
  }

  /// Makes one attempt and records how it ended.
  func attempt(_ uuid: String) -> Outbox.Outcome {
    explanation = nil
    answered = (0, .zero)
    guard let connected = link.state.with({ $0.connected }) else { return .later(.unreachable) }
    do {
      let journal = try self.journal ?? JournalReader(directory: directory)
      self.journal = journal
      if let count = CountKey.uuid(of: uuid) {
        return try attemptCount(count, in: journal, connected)
      }
      guard let record = try journal.confirmation(uuid) else { return .later(.notYet) }
      guard let content = record.content else {
        return park(
          record,
          AttemptTarget.Obstacle(
            .poison,
            sentence: "The confirmation's row in the journal cannot be read."
          )
        )
      }
      let target = try AttemptTarget.find(content, bound: record.transferID) {
        (before: String) throws(SQLiteError) in
        try journal.newest(before)?.asPredecessor
      }
      var known = TransferSearch.Known()
      if case .search = target {
        known.taken = try journal.boundTransfers(except: uuid)
        known.companyID = connected.fingerprint.companyID
        known.steps = steps()
      }
      var circumstances = circumstances(record, known, connected)
      if circumstances.settings.action == nil {
        circumstances.names = names(record, content, circumstances.fields, journal)
      }
      let expected = try Overcount.leftOut(of: content) {
        (before: String) throws(SQLiteError) in
        try journal.newest(before)?.content
      }
      return run(record, Attempt(expected, target, circumstances))
    } catch {
      log.error("The journal cannot be read for an attempt", metadata: ["error": "\(error)"])
      journal = nil
      return .later(.notYet)
    }
  }

  /// What Odoo has of the lots and packages of a backlog, asked for once for many transfers.
  private func names(
    _ record: ConfirmationRecord,
    _ content: Confirmation,
    _ fields: OdooFields,
    _ journal: JournalReader
  ) -> KnownNames {
    let now = SystemClock.monotonic()
    if now < namesUntil, names.covers(content) { return names }
    let next = (try? journal.waitingContents(warehouse: record.warehouse, limit: 50)) ?? []
    // A few are better off with questions of their own, which most of them do not need.
    guard next.count >= 5 else { return KnownNames() }
    var found = KnownNames(of: [content] + next)
    for call in found.questions(fields) {
      let answer = client.call(call)
      note(call, answer, record)
      guard case .success(let json) = answer.result, found.take(call, json) else {
        return KnownNames()
      }
    }
    names = found
    namesUntil = now + 20_000
    return found
  }

  private func steps() -> [Int: Transfer.Step] {
    mirror.begin(at: SystemClock(boot: 0).stamp())
    defer { mirror.end() }
    return mirror.stepsOfTypes
  }

  private func circumstances(
    _ record: ConfirmationRecord,
    _ known: TransferSearch.Known,
    _ connected: OdooLogin.Connected
  ) -> Attempt.Circumstances {
    var settings = ApplyPlan.Settings(settling: Self.settling, latestExecution: longestCall)
    settings.beyondReservation = beyondReservation
    settings.action = link.state.with { $0.action }
    settings.writesWithoutReading = broken.writesWithoutReading
    return Attempt.Circumstances(
      fields: link.state.with { $0.fields } ?? OdooFields(version: connected.session.version),
      known: known,
      settings: settings,
      standing: memory.with { $0.begin(record.uuid, now: Self.now()) },
      isSending: record.state == .sending
    )
  }

  private func run(_ record: ConfirmationRecord, _ attempt: Attempt) -> Outbox.Outcome {
    var attempt = attempt
    var step = attempt.start()
    while true {
      switch step {
      case .call(let call):
        let answer = client.call(call)
        note(call, answer, record)
        if answer.isAnswered { answered = (answered.calls + 1, answered.time + answer.duration) }
        step = attempt.resume(answer.result)
      case .store(.parked(let obstacle)) where obstacle.isOfContract && lacksFields():
        return memory.with { $0.ended(record.uuid, .unstored(.unreachable), now: Self.now()) }
      case .store(let content):
        step = attempt.stored(store(content, record))
      case .wait(let time):
        guard pause(time) else { return .later(.unanswered) }
        step = attempt.woke()
      case .finished(let end):
        if case .later(let later, _) = end { explanation = later.reason }
        if let reason = attempt.lostAction { lost(reason) }
        return memory.with { $0.ended(record.uuid, end, now: Self.now()) }
      }
    }
  }

  /// Goes on with plain calls until the next log-in, and says so once.
  private func lost(_ reason: String) {
    guard let action = link.state.with({ $0.action }) else { return }
    link.state.change { $0.action = nil }
    log.critical(
      """
      Server action \(action) cannot be used any more (\(reason)). Transfers are applied with plain \
      calls; see: tallyman odoo action
      """
    )
  }

  /// True if Odoo has lost something without which no confirmation can be sent: then all of them
  /// wait, and the mirror's thread raises one alarm, instead of each being parked.
  private func lacksFields() -> Bool {
    let (connected, generation) = link.state.with { ($0.connected, $0.generation) }
    guard let session = connected?.session, !broken.ignoresContract else { return false }
    let contract = OdooContract(version: session.version)
    guard case .success(let schema) = client.schema(of: contract.sendingModels, as: session),
      contract.problems(in: schema).contains(where: { $0.effect == .stopsSending })
    else { return false }
    explanation = "Odoo lacks a field that is needed; see tallyman status."
    link.lost(generation: generation, denied: false)
    return true
  }

  static func now() -> Duration { .milliseconds(SystemClock.monotonic()) }

  /// How long an attempt waits for an unanswered call.
  ///
  /// The warehouse's other confirmations wait with it. What takes longer is looked at again from
  /// time to time.
  static let settling = Duration.seconds(3)

  /// Waits; false if the agent stops meanwhile.
  func pause(_ time: Duration) -> Bool {
    link.state.wait(milliseconds: time.milliseconds) { $0.isStopping ? true : nil } == nil
  }

  func note(_ call: OdooCall, _ answer: OdooClient.Answer, _ record: ConfirmationRecord) {
    note(call, answer, record.uuid, attempt: record.attempts + 1)
  }

  func note(_ call: OdooCall, _ answer: OdooClient.Answer, _ uuid: String, attempt: Int) {
    var outcome = "ok"
    var detail: String?
    if case .failure(let failure) = answer.result {
      outcome = "\(failure.kind)"
      detail = String("\(failure.name): \(failure.message)".prefix(500))
    }
    shared.mailbox.post([
      .call(
        CallRecord(
          uuid: uuid,
          attempt: attempt,
          model: call.model,
          method: call.method,
          ids: call.ids.map { "\($0)" } ?? "",
          micros: answer.duration.microseconds,
          outcome: outcome,
          detail: detail
        )
      )
    ])
  }

  private func park(
    _ record: ConfirmationRecord,
    _ obstacle: AttemptTarget.Obstacle
  ) -> Outbox.Outcome {
    guard store(.parked(obstacle), record) else { return .later(.unanswered) }
    return memory.with { $0.ended(record.uuid, .parked, now: Self.now()) }
  }

  /// Puts it on disk; false if that cannot be done.
  private func store(_ content: Attempt.Record, _ record: ConfirmationRecord) -> Bool {
    guard shared.mailbox.store([.change(record.change(content))]) else { return false }
    tell(record, content)
    return true
  }

  private func tell(_ record: ConfirmationRecord, _ content: Attempt.Record) {
    if case .parked(let obstacle) = content, obstacle.exception?.isUnsettled == true {
      memory.with { $0.parkedUnsettled(record.uuid, now: Self.now()) }
    }
    switch content {
    case .sending: break
    case .applied: log.info("Validated in Odoo", metadata: ["transfer": "\(record.transfer)"])
    case .parked(let obstacle):
      log.error(
        "A confirmation needs a decision",
        metadata: [
          "transfer": "\(record.transfer)", "why": "\(obstacle.sentence)",
          "see": "tallyman exceptions show \(record.uuid.prefix(8))",
        ]
      )
    }
  }
}

extension AttemptTarget.Obstacle {
  /// True if Odoo called what was asked a mistake.
  fileprivate var isOfContract: Bool {
    category == ApplyException.Category.contract.rawValue
  }
}

extension Duration {
  /// Whole microseconds.
  var microseconds: Int64 {
    components.seconds &* 1_000_000 &+ components.attoseconds / 1_000_000_000_000
  }
}
