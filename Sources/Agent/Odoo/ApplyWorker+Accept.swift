internal import Desk
internal import Dispatching
internal import Floor
internal import Intake
internal import JSON
internal import Journal
internal import Logging
internal import Odoo

extension ApplyWorker {
  /// Asks Odoo how a transfer stands, and closes the confirmation as Odoo has it; nothing is written
  /// to Odoo.
  ///
  /// Only what is over there can be accepted: an open transfer could still become anything.
  func accept(_ uuid: String, _ request: OperatorRequest) -> Outbox.Outcome {
    answered = (0, .zero)
    guard let connected = link.state.with({ $0.connected }) else { return .later(.unreachable) }
    do {
      let journal = try self.journal ?? JournalReader(directory: directory)
      self.journal = journal
      guard let record = try journal.confirmations(of: uuid).first(where: { $0.uuid == uuid }),
        let content = record.content
      else { return refuse(request, "its row in the journal cannot be read; drop it") }
      guard let transferID = record.transferID ?? record.exceptionDetail?.transferID else {
        return refuse(request, "no transfer in Odoo is known for it; drop it, or retry")
      }
      let reading = TransferReading(
        content,
        transferID: transferID,
        fields: link.state.with { $0.fields } ?? OdooFields(version: connected.session.version)
      )
      let answer = client.call(reading.call)
      note(reading.call, answer, record)
      switch reading.outcome(answer.result) {
      case .settled(let settled): return accept(record, content, settled, transferID, request)
      case .open(let state):
        return refuse(
          request,
          "transfer \(record.transfer) is still open in Odoo (\(state)): retry or edit it, or "
            + "finish or cancel it in Odoo first"
        )
      case .failed(let failure): return failed(failure, request)
      }
    } catch {
      log.error("The journal cannot be read for a decision", metadata: ["error": "\(error)"])
      journal = nil
      return .later(.notYet)
    }
  }

  private func accept(
    _ record: ConfirmationRecord,
    _ content: Confirmation,
    _ settled: TransferReading.Settled,
    _ transferID: Int,
    _ request: OperatorRequest
  ) -> Outbox.Outcome {
    var detail = ExceptionDetail(accepted: settled.state, settled.versions)
    detail.transferID = transferID
    let change = ConfirmationChange(
      uuid: record.uuid,
      state: .accepted,
      category: record.category,
      reason: request.reason ?? "Odoo's version was accepted",
      detail: detail.json.text,
      attempts: record.attempts,
      transferID: transferID,
      backorders: settled.backorders,
      nextMoves: settled.nextMoves,
      actor: request.actor
    )
    let audit = OutboxWork.audit(
      actor: request.actor,
      action: "accept: Odoo's version (\(settled.state)) stands",
      subject: record.uuid,
      reason: request.reason,
      content: detail.json.text
    )
    let work = [.change(change), audit, OutboxWork.handled(request, outcome: "done")]
    guard shared.mailbox.store(work) else { return .later(.notYet) }
    log.notice(
      "A person accepted Odoo's version",
      metadata: ["transfer": "\(record.transfer)", "who": "\(request.actor)"]
    )
    return .applied
  }

  private func failed(_ failure: OdooFailure, _ request: OperatorRequest) -> Outbox.Outcome {
    switch failure.kind {
    case .unreachable, .unavailable, .unanswered, .conflict, .denied:
      return .later(Outbox.Reason(failure.kind))
    case .forbidden, .refused, .missing, .contract:
      return refuse(request, "Odoo could not be asked (\(failure.message))")
    }
  }

  private func refuse(_ request: OperatorRequest, _ why: String) -> Outbox.Outcome {
    let work = OutboxWork.handled(request, outcome: "refused: \(why)")
    return shared.mailbox.store([work]) ? .parked : .later(.notYet)
  }
}
