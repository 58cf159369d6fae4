internal import Desk
internal import Dispatching
internal import Floor
internal import Intake
internal import Journal
internal import Logging
internal import Odoo

/// What people decide, on the command line or over the API.
///
/// Every request is a row in the journal; it is handled when its outcome is on disk together with
/// what it changed. An outcome that begins with `refused` has changed nothing.
extension DispatchLoop {
  /// What came of a request, and what has to be stored with it.
  struct Handling {
    var text: String
    var work: [OutboxWork] = []

    static func done(_ work: [OutboxWork] = []) -> Handling { Handling(text: "done", work: work) }
    static func refused(_ why: String) -> Handling { Handling(text: "refused: \(why)") }
  }

  /// Looks for requests once a second.
  func takeRequests(_ now: Duration) {
    guard now.milliseconds - lastRequests >= 1000, let journal = openJournal() else { return }
    lastRequests = now.milliseconds
    do throws(SQLiteError) {
      for request in try journal.openRequests()
      where JournalReader.findingNumber(request.uuid) == nil {
        guard let handling = carryOut(request, now) else { continue }
        _ = shared.mailbox.store(handling.work + [.handled(request, outcome: handling.text)])
      }
    } catch {
      log.warning("Requests cannot be read: \(error)")
      self.journal = nil
    }
  }

  /// A confirmation whose last call may still be carried out stays `sending` on disk, so that a
  /// restart knows it, too.
  func state(of uuid: String, otherwise state: ConfirmationState) -> ConfirmationState {
    isUnsettled(uuid) ? .sending : state
  }

  func isUnsettled(_ uuid: String) -> Bool {
    workers.memory.with { $0.isUnsettled(uuid, now: Self.now()) }
  }

  /// Carries a request out; nil if it has to wait.
  private func carryOut(_ request: OperatorRequest, _ now: Duration) -> Handling? {
    switch request.action {
    case .rebind:
      shared.note { $0.mayRebind = true }
      return Handling(text: "the next log-in may bind the journal to another Odoo")
    case .reconcile:
      link.state.change { $0.wantsReconciliation = true }
      return Handling(text: "begun")
    case .applyAgain: return applyAgain(request)
    case .retry, .approve, .discard, .edit, .split, .accept: break
    }
    guard let standing = outbox.standing(request.uuid) else {
      return .refused("it is not in the outbox any more")
    }
    // Asked already; the answer of Odoo is awaited.
    guard accepting[request.uuid] == nil else { return nil }
    switch request.action {
    case .rebind, .applyAgain, .reconcile: return nil
    case .retry, .approve:
      guard standing != .inFlight else { return .refused("an attempt is under way") }
      return retry(request, now)
    case .discard: return discard(request, now)
    case .edit, .split, .accept:
      guard standing == .parked, let record = record(request.uuid) else {
        return .refused("it is not parked; only \(retryOrDrop) are possible now")
      }
      let rule = ExceptionCode(category: record.category).rule
      guard let decision = Decision(request.action), rule.decisions.contains(decision) else {
        let allowed = rule.decisions.map(\.rawValue).joined(separator: ", ")
        return .refused("that does not help here; possible are \(allowed)")
      }
      return decide(decision, record, request, now)
    }
  }

  private var retryOrDrop: String { "retry and drop" }

  private func decide(
    _ decision: Decision,
    _ record: ConfirmationRecord,
    _ request: OperatorRequest,
    _ now: Duration
  ) -> Handling? {
    guard !isUnsettled(record.uuid) else {
      // Hazard `late-write`: what was sent before must not meet what is sent afterwards.
      guard decision == .accept else {
        return .refused(
          "a call of the last attempt got no answer and may still be carried out; try again in a "
            + "few minutes"
        )
      }
      return nil
    }
    guard decision != .accept else {
      accepting[record.uuid] = request
      perform(outbox.retry(record.uuid, now: now))
      return nil
    }
    return revise(record, decision, request, now)
  }

  private func record(_ uuid: String) -> ConfirmationRecord? {
    try? openJournal()?.confirmations(of: uuid).first { $0.uuid == uuid }
  }

  private func retry(_ request: OperatorRequest, _ now: Duration) -> Handling? {
    let change = change(
      request.uuid,
      state(of: request.uuid, otherwise: .pending),
      reason: request.reason ?? "tried again on request",
      by: request
    )
    // On disk first: the attempt that follows writes its own states.
    guard shared.mailbox.store([change]) else { return nil }
    perform(outbox.retry(request.uuid, now: now))
    return .done()
  }

  private func discard(_ request: OperatorRequest, _ now: Duration) -> Handling? {
    // An attempt under way must end first, and a call that may still be carried out, too: they
    // may be succeeding just now.
    guard !isUnsettled(request.uuid), let actions = outbox.discard(request.uuid, now: now) else {
      return nil
    }
    perform(actions)
    return .done([change(request.uuid, .discarded, reason: request.reason, by: request)])
  }

  /// Puts a corrected content in the place of a parked one, and tries it again.
  private func revise(
    _ record: ConfirmationRecord,
    _ decision: Decision,
    _ request: OperatorRequest,
    _ now: Duration
  ) -> Handling? {
    guard let old = record.content else { return .refused("its row cannot be read; drop it") }
    let detail = record.exceptionDetail
    let corrected: Confirmation
    var work: [OutboxWork] = []
    do throws(DecisionProblem) {
      if decision == .split {
        let split = try Split(old, by: detail?.versions, key: Randomness.uuid())
        corrected = split.fitting
        work.append(.finding(.found(FindingDraft(leftOver: split, of: old))))
      } else {
        let edit = try Edit(text: request.content)
        corrected = try edit.applied(
          to: old,
          key: Randomness.uuid(),
          knowing: Edit.Knowledge(
            versions: detail?.versions,
            tracking: Tracking.known(of: old, edit, directory: settings.directory)
          )
        )
      }
    } catch {
      return .refused(error.description)
    }
    let revision = Revision(
      corrected,
      before: old,
      decision: decision.rawValue,
      actor: request.actor,
      reason: request.reason,
      detail: record.detail
    )
    let handled = OutboxWork.handled(request, outcome: "done")
    // On disk first: the attempt that follows reads it there.
    guard shared.mailbox.store([.revised(revision)] + work + [handled]) else { return nil }
    perform(outbox.retry(record.uuid, now: now))
    return nil
  }

  /// Odoo could not be asked how it has a confirmation that somebody accepts.
  func notAccepted(_ uuid: String) {
    guard let request = accepting.removeValue(forKey: uuid) else { return }
    let outcome = "refused: Odoo could not be asked how the transfer stands; it failed too often"
    _ = shared.mailbox.store([.handled(request, outcome: outcome)])
  }

  /// Sends what was applied once more, under a new identity.
  ///
  /// Its old one may be known to Odoo for another transfer by now (hazard `replayed-key`). The
  /// attempt begins with a read, so what is done in Odoo after all is not done twice.
  private func applyAgain(_ request: OperatorRequest) -> Handling? {
    guard let record = record(request.uuid) else { return nil }
    guard record.state == .applied, record.replacedBy == nil else {
      return .refused("it is not applied")
    }
    guard var content = record.content else { return .refused("its row cannot be read") }
    content.uuid = Randomness.uuid()
    content.edition?.key = content.uuid
    let replacement = Replacement(
      old: record.uuid,
      confirmation: content,
      station: record.station,
      event: record.event,
      actor: request.actor,
      reason: request.reason ?? "asked for"
    )
    return Handling(text: "sent again as \(content.uuid)", work: [.again(replacement)])
  }
}
