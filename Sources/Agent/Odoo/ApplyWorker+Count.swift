internal import Dispatching
internal import Floor
internal import Intake
internal import JSON
internal import Journal
internal import Logging
internal import Odoo

/// One attempt at a count of stock: puts it in order with what was confirmed, then carries the
/// plan's calls out.
extension ApplyWorker {
  func attemptCount(
    _ uuid: String,
    in journal: JournalReader,
    _ connected: OdooLogin.Connected
  ) throws -> Outbox.Outcome {
    guard let record = try journal.stockCounts(of: uuid).first(where: { $0.count.uuid == uuid })
    else { return .later(.notYet) }
    let gate = CountGate.decide(
      record.count,
      event: record.event,
      held: record.held,
      work: try journal.work(around: record),
      open: try journal.openTargets()
    )
    switch gate {
    case .wait(let reason):
      explanation = reason
      return .later(.notYet, retryAfter: Self.gatePause)
    case .ask(let sentence):
      return park(record, CountException(.uncertain, sentence, goods: []))
    case .open(let before, let after):
      return run(record, plan(record, before, after, connected))
    }
  }

  /// What a count waits for is in the same outbox.
  private static let gatePause = Duration.seconds(5)

  private func plan(
    _ record: StockCountRecord,
    _ before: Set<Int>,
    _ after: Set<Int>,
    _ connected: OdooLogin.Connected
  ) -> CountPlan {
    let key = CountKey.key(of: record.count.uuid)
    return CountPlan(
      record.count,
      at: CountPlan.Moment(
        counted: record.counted,
        isProven: record.isProven,
        before: before,
        after: after
      ),
      fields: link.state.with { $0.fields } ?? OdooFields(version: connected.session.version),
      settings: CountPlan.Settings(
        limit: record.isApproved ? nil : countLimit,
        settling: Self.settling,
        latestExecution: longestCall,
        unsettledFor: memory.with { $0.begin(key, now: Self.now()).unsettledFor },
        mayHaveWritten: record.state == .sending
      )
    )
  }

  private func run(_ record: StockCountRecord, _ plan: CountPlan) -> Outbox.Outcome {
    var plan = plan
    var isSending = record.state == .sending
    let onlyLooked = plan.isBoundToLook
    var step = plan.start()
    while true {
      switch step {
      case .call(let call):
        if call.writes, !isSending {
          // Hazard `sending-unrecorded`: on disk before the first byte leaves.
          guard store(record, .sending) else { return .later(.notYet) }
          isSending = true
        }
        let answer = client.call(call)
        note(call, answer, CountKey.key(of: record.count.uuid), attempt: record.attempts + 1)
        step = plan.resume(answer.result)
      case .wait(let time):
        guard pause(time) else { return .later(.unanswered) }
        step = plan.woke()
      case .finished(let outcome): return finish(record, outcome, onlyLooked)
      }
    }
  }

  private func finish(
    _ record: StockCountRecord,
    _ outcome: CountOutcome,
    _ onlyLooked: Bool
  ) -> Outbox.Outcome {
    switch outcome {
    case .applied(let goods):
      let different = goods.filter { $0.difference != .zero }.count
      let reason = different == 0 ? "Odoo had just that." : "\(different) of them corrected."
      guard store(record, .applied, reason: reason, goods: goods) else {
        return .later(.unanswered)
      }
      log.info("A count is in Odoo", metadata: ["location": "\(record.count.location.name)"])
      return ended(record, .applied)
    case .exception(let exception): return park(record, exception)
    case .later(let later):
      explanation = later.reason
      return ended(record, .later(later, onlyLooked: onlyLooked))
    case .stop(let failure): return ended(record, .stopped(failure))
    }
  }

  private func park(_ record: StockCountRecord, _ exception: CountException) -> Outbox.Outcome {
    let isStored = store(
      record,
      .parked,
      category: exception.category.rawValue,
      reason: exception.sentence,
      goods: exception.goods.isEmpty ? nil : exception.goods
    )
    guard isStored else { return .later(.unanswered) }
    log.error(
      "A count of stock needs a decision",
      metadata: [
        "location": "\(record.count.location.name)", "why": "\(exception.sentence)",
        "see": "tallyman counts",
      ]
    )
    return ended(record, .parked)
  }

  private func ended(_ record: StockCountRecord, _ end: Attempt.End) -> Outbox.Outcome {
    memory.with { $0.ended(CountKey.key(of: record.count.uuid), end, now: Self.now()) }
  }

  private func store(
    _ record: StockCountRecord,
    _ state: ConfirmationState,
    category: String? = nil,
    reason: String? = nil,
    goods: [CountedGoods]? = nil
  ) -> Bool {
    shared.mailbox.store([
      .count(
        CountChange(
          uuid: record.count.uuid,
          state: state,
          category: category,
          reason: reason,
          goods: goods,
          attempts: record.attempts
        )
      )
    ])
  }
}
