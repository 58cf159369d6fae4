public import Desk
internal import Dispatching
internal import JSON
public import Journal
internal import Odoo

extension ConfirmationRecord {
  /// What the confirmations after this one have to know.
  var asPredecessor: AttemptTarget.Predecessor {
    let fate: AttemptTarget.Predecessor.Fate =
      switch state {
      case .pending, .sending, .waiting, .parked: .open
      case .discarded: .discarded
      // What was accepted as done goes on from there; what was cancelled brought nothing.
      case .accepted where exceptionDetail?.versions?.basis == .done:
        .applied(transferID: transferID, backorders: backorders, nextMoves: nextMoves)
      case .accepted: .discarded
      case .applied:
        .applied(transferID: transferID, backorders: backorders, nextMoves: nextMoves)
      }
    return AttemptTarget.Predecessor(transferName: transfer, fate: fate)
  }

  /// What Odoo and the floor say, where a person must decide or has decided.
  public var exceptionDetail: ExceptionDetail? {
    detail.flatMap { try? JSON.parse($0) }.flatMap { ExceptionDetail(json: $0) }
  }

  /// The change of the journal that an attempt asks for.
  func change(_ content: Attempt.Record) -> ConfirmationChange {
    switch content {
    case .sending(let transfer):
      return ConfirmationChange(
        uuid: uuid,
        state: .sending,
        attempts: attempts,
        transferID: transfer
      )
    case .applied(let applied, let transfer):
      let already = applied.wasAlreadyDone ? ["Odoo had it already, equal line by line."] : []
      let notes = already + applied.notes
      return ConfirmationChange(
        uuid: uuid,
        state: .applied,
        reason: notes.isEmpty ? nil : notes.joined(separator: " "),
        attempts: attempts,
        transferID: transfer,
        backorders: applied.backorders.map(\.id),
        nextMoves: applied.nextMoves
      )
    case .parked(let obstacle):
      return ConfirmationChange(
        uuid: uuid,
        state: .parked,
        category: obstacle.category,
        reason: obstacle.sentence,
        detail: obstacle.exception.map { ExceptionDetail($0).json.text },
        attempts: attempts
      )
    }
  }
}
