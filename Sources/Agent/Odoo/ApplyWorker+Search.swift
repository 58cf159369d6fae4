internal import Dispatching
internal import Floor
internal import Journal
internal import Odoo

extension ApplyWorker {
  /// A search that ended without a transfer.
  struct Undecided: Error {
    var outcome: Outbox.Outcome
  }

  /// Looks for the transfer in Odoo; only reads.
  func search(
    _ record: ConfirmationRecord,
    _ content: Confirmation,
    _ goal: TransferSearch.Goal,
    _ taken: Set<Int>,
    _ connected: OdooLogin.Connected
  ) -> Result<Int, Undecided> {
    mirror.begin(at: SystemClock(boot: 0).stamp())
    defer { mirror.end() }
    let known = TransferSearch.Known(
      steps: mirror.stepsOfTypes,
      taken: taken,
      companyID: connected.fingerprint.companyID,
      missedBefore: memory.begin(record.uuid, now: SystemClock.monotonic()).notReady
    )
    var search = TransferSearch(content, goal, known: known)
    var step = search.start()
    while case .call(let call) = step {
      let answer = client.call(call)
      note(call, answer, record)
      step = search.resume(answer.result)
    }
    guard case .finished(let outcome) = step else {
      return .failure(.init(outcome: .later(.notYet)))
    }
    switch outcome {
    case .found(let id): return .success(id)
    case .later(let later):
      return .failure(.init(outcome: finish(record, later, onlyLooked: false)))
    case .exception(let exception): return .failure(.init(outcome: park(record, exception)))
    case .stop: return .failure(.init(outcome: .later(.denied)))
    }
  }
}
