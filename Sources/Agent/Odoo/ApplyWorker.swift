internal import Dispatching
internal import Floor
internal import HTTP
internal import Intake
internal import JSON
internal import Journal
internal import Logging
internal import Odoo

/// Carries out one attempt at a time: the apply plan's calls, and their record in the journal.
///
/// Before the first call that may write leaves, the confirmation is `sending` on disk; a crash at
/// any later point leads to a new attempt, which begins by reading.
final class ApplyWorker {
  let client: OdooClient
  private let longestCall: Duration
  let memory: AttemptMemory
  private let link: OdooLink
  private let shared: IntakeShared
  private let directory: String
  private let log: Logger
  private let broken: BrokenPromises
  private var journal: JournalReader?
  let mirror: MirrorReader
  /// Why the last attempt has to be made again, for people.
  private(set) var explanation: String?

  init?(
    _ settings: AgentSettings,
    _ odoo: AgentSettings.OdooSettings,
    link: OdooLink,
    shared: IntakeShared,
    memory: AttemptMemory,
    log: Logger
  ) {
    self.memory = memory
    do throws(HTTPClientError) {
      client = try OdooClient(odoo, link)
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
    mirror = MirrorReader(directory: settings.directory)
  }

  /// Makes one attempt and records how it ended.
  func attempt(_ uuid: String) -> Outbox.Outcome {
    explanation = nil
    guard let connected = link.state.with({ $0.connected }) else { return .later(.unreachable) }
    do {
      let journal = try self.journal ?? JournalReader(directory: directory)
      self.journal = journal
      guard let record = try journal.confirmations(of: uuid).first(where: { $0.uuid == uuid })
      else { return .later(.notYet) }
      guard let content = record.content else {
        return park(
          record,
          ApplyTarget.Obstacle(
            category: "poison",
            sentence: "The confirmation's row in the journal cannot be read."
          )
        )
      }
      switch try ApplyTarget.find(record, content, in: journal) {
      case .transfer(let id): return run(record, content, id, connected)
      case .search(let goal):
        let taken = try journal.boundTransfers(except: record.uuid)
        switch search(record, content, goal, taken, connected) {
        case .success(let id): return run(record, content, id, connected)
        case .failure(let undecided): return undecided.outcome
        }
      case .notYet: return .later(.notYet)
      case .never(let obstacle): return park(record, obstacle)
      }
    } catch {
      log.error("The journal cannot be read for an attempt", metadata: ["error": "\(error)"])
      journal = nil
      return .later(.notYet)
    }
  }

  private func run(
    _ record: ConfirmationRecord,
    _ content: Confirmation,
    _ transferID: Int,
    _ connected: OdooLogin.Connected
  ) -> Outbox.Outcome {
    let (unsettled, notReady) = memory.begin(record.uuid, now: SystemClock.monotonic())
    var settings = ApplyPlan.Settings(
      settling: Self.settling,
      latestExecution: longestCall,
      unsettledFor: .milliseconds(unsettled),
      notReadyBefore: notReady
    )
    settings.writesWithoutReading = broken.writesWithoutReading
    var plan = ApplyPlan(
      confirmation: content,
      transferID: transferID,
      fields: link.state.with { $0.fields } ?? OdooFields(version: connected.session.version),
      settings: settings
    )
    var isSending = record.state == .sending
    var step = plan.start()
    while true {
      switch step {
      case .call(let call):
        if call.writes, !isSending {
          // Hazard `sending-unrecorded`: on disk before the first byte leaves.
          let change = ConfirmationChange(
            uuid: record.uuid,
            state: .sending,
            attempts: record.attempts,
            transferID: transferID
          )
          guard shared.mailbox.store([.change(change)]) else { return .later(.notYet) }
          isSending = true
        }
        let answer = client.call(call)
        note(call, answer, record)
        step = plan.resume(answer.result)
      case .wait(let time):
        guard pause(time) else { return .later(.unanswered) }
        step = plan.woke()
      case .finished(let outcome):
        return finish(record, outcome, transferID, onlyLooked: unsettled > 0)
      }
    }
  }

  /// How long an attempt waits for an unanswered call.
  ///
  /// The warehouse's other confirmations wait with it. What takes longer is looked at again from
  /// time to time.
  private static let settling = Duration.seconds(3)

  /// Waits; false if the agent stops meanwhile.
  private func pause(_ time: Duration) -> Bool {
    link.state.wait(milliseconds: time.milliseconds) { $0.isStopping ? true : nil } == nil
  }

  func note(_ call: OdooCall, _ answer: OdooClient.Answer, _ record: ConfirmationRecord) {
    var outcome = "ok"
    var detail: String?
    if case .failure(let failure) = answer.result {
      outcome = "\(failure.kind)"
      detail = String("\(failure.name): \(failure.message)".prefix(500))
    }
    shared.mailbox.post([
      .call(
        CallRecord(
          uuid: record.uuid,
          attempt: record.attempts + 1,
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

  private func finish(
    _ record: ConfirmationRecord,
    _ outcome: ApplyOutcome,
    _ transferID: Int,
    onlyLooked: Bool
  ) -> Outbox.Outcome {
    switch outcome {
    case .applied(let applied): return finish(record, applied, transferID)
    case .exception(let exception): return park(record, exception)
    case .later(let later): return finish(record, later, onlyLooked: onlyLooked)
    case .stop: return .later(.denied)
    }
  }

  func finish(
    _ record: ConfirmationRecord,
    _ later: ApplyOutcome.Later,
    onlyLooked: Bool
  ) -> Outbox.Outcome {
    explanation = later.reason
    if later.isUnsettled {
      let pause = memory.unsettled(
        record.uuid,
        isNew: !onlyLooked,
        now: SystemClock.monotonic()
      )
      let reason = later.kind.map { Outbox.Reason($0) } ?? .unsettled
      return .later(reason, retryAfter: .milliseconds(pause))
    }
    memory.ended(record.uuid, notReady: later.kind == nil)
    return .later(
      later.kind.map { Outbox.Reason($0) } ?? .notYet,
      retryAfter: later.retryAfter
    )
  }

  private func finish(
    _ record: ConfirmationRecord,
    _ applied: ApplyOutcome.Applied,
    _ transferID: Int
  ) -> Outbox.Outcome {
    let already = applied.wasAlreadyDone ? ["Odoo had it already, equal line by line."] : []
    let notes = already + applied.notes
    let change = ConfirmationChange(
      uuid: record.uuid,
      state: .applied,
      reason: notes.isEmpty ? nil : notes.joined(separator: " "),
      attempts: record.attempts,
      transferID: transferID,
      backorders: applied.backorders.map(\.id),
      nextMoves: applied.nextMoves
    )
    guard shared.mailbox.store([.change(change)]) else { return .later(.unanswered) }
    memory.decided(record.uuid)
    log.info("Validated in Odoo", metadata: ["transfer": "\(record.transfer)"])
    return .applied
  }

  func park(_ record: ConfirmationRecord, _ exception: ApplyException) -> Outbox.Outcome {
    let detail: JSON = ["odoo": .string(exception.odoo), "floor": .string(exception.floor)]
    return park(
      record,
      ApplyTarget.Obstacle(
        category: exception.category.rawValue,
        sentence: exception.sentence,
        detail: detail.text
      )
    )
  }

  private func park(
    _ record: ConfirmationRecord,
    _ obstacle: ApplyTarget.Obstacle
  ) -> Outbox.Outcome {
    let change = ConfirmationChange(
      uuid: record.uuid,
      state: .parked,
      category: obstacle.category,
      reason: obstacle.sentence,
      detail: obstacle.detail,
      attempts: record.attempts
    )
    guard shared.mailbox.store([.change(change)]) else { return .later(.unanswered) }
    memory.decided(record.uuid)
    log.error(
      "A confirmation needs a decision",
      metadata: [
        "transfer": "\(record.transfer)", "why": "\(obstacle.sentence)",
        "see": "tallyman queue show \(record.uuid.prefix(8))",
      ]
    )
    return .parked
  }
}

extension Duration {
  /// Whole microseconds.
  var microseconds: Int64 {
    components.seconds &* 1_000_000 &+ components.attoseconds / 1_000_000_000_000
  }
}
