internal import Floor
internal import Journal

/// Finds the transfer in Odoo that a confirmation is about.
enum ApplyTarget {
  /// The transfer's database id.
  case transfer(Int)
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
  /// confirmation before it was applied.
  static func find(
    _ content: Confirmation,
    in journal: JournalReader
  ) throws(SQLiteError) -> ApplyTarget {
    switch content.target {
    case .transfer(let id): return .transfer(id)
    case .next, .named: return .notYet
    case .remainder(let uuid):
      let found = try journal.confirmations(of: uuid)
      guard let before = found.first(where: { $0.uuid == uuid }) else {
        return .never(
          Obstacle(
            category: "lost_predecessor",
            sentence: "The confirmation that this is the rest of is not in the journal."
          )
        )
      }
      switch before.state {
      case .pending, .sending, .waiting, .parked: return .notYet
      case .discarded:
        return .never(
          Obstacle(
            category: "predecessor_discarded",
            sentence: "The confirmation that this is the rest of was discarded, so Odoo has made "
              + "no backorder for it."
          )
        )
      case .applied: return backorder(of: before)
      }
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
