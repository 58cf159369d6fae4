internal import Floor
internal import Journal
internal import Odoo

/// Finds the transfer in Odoo that a confirmation is about.
enum ApplyTarget {
  /// The transfer's database id.
  case transfer(Int)
  /// It is to be looked for in Odoo.
  case search(TransferSearch.Goal)
  /// It does not exist yet.
  case notYet
  /// It will never exist.
  case never(Obstacle)

  /// Why a person must decide.
  struct Obstacle {
    var category: String
    var sentence: String
    var detail: String?
  }

  /// A transfer is known by its id; a remainder is the backorder that Odoo made when the
  /// confirmation before it was applied; the next step is what follows that confirmation's moves.
  ///
  /// What a confirmation was bound to once, it stays bound to: something may have been written there.
  static func find(
    _ record: ConfirmationRecord,
    _ content: Confirmation,
    in journal: JournalReader
  ) throws(SQLiteError) -> ApplyTarget {
    if let bound = record.transferID { return .transfer(bound) }
    switch content.target {
    case .transfer(let id): return .transfer(id)
    case .named(let name): return .search(.named(name))
    case .remainder(let uuid):
      return try after(uuid, in: journal, "is the rest of") { backorder(of: $0) }
    case .next(let uuid, let step):
      return try after(uuid, in: journal, "follows") { before in
        guard let id = before.transferID else { return .notYet }
        return .search(.next(after: id, moves: before.nextMoves, step: step))
      }
    }
  }

  /// What becomes of a confirmation that comes after another one.
  private static func after(
    _ uuid: String,
    in journal: JournalReader,
    _ relation: String,
    applied: (ConfirmationRecord) -> ApplyTarget
  ) throws(SQLiteError) -> ApplyTarget {
    guard let before = try journal.confirmations(of: uuid).first(where: { $0.uuid == uuid }) else {
      return .never(
        Obstacle(
          category: "lost_predecessor",
          sentence: "The confirmation that this \(relation) is not in the journal."
        )
      )
    }
    switch before.state {
    case .pending, .sending, .waiting, .parked: return .notYet
    case .discarded:
      return .never(
        Obstacle(
          category: "predecessor_discarded",
          sentence: "The confirmation that this \(relation) (\(before.transfer)) was discarded, so "
            + "Odoo has made nothing that this could be validated on. Book it by hand, or discard "
            + "it, too."
        )
      )
    case .applied: return applied(before)
    }
  }

  private static func backorder(of before: ConfirmationRecord) -> ApplyTarget {
    guard let id = before.backorders.first else {
      return .never(
        Obstacle(
          category: "no_backorder",
          sentence: "Odoo has made no backorder of \(before.transfer), so there is nothing to "
            + "validate this on."
        )
      )
    }
    guard before.backorders.count == 1 else {
      return .never(
        Obstacle(
          category: "several_backorders",
          sentence: "Odoo has made several backorders of \(before.transfer); which one this "
            + "belongs to cannot be told."
        )
      )
    }
    return .transfer(id)
  }
}
