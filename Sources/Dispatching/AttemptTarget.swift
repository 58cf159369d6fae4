public import Floor
public import Odoo

/// The transfer in Odoo that a confirmation is about.
public enum AttemptTarget: Hashable, Sendable {
  /// The transfer's database id.
  case transfer(Int)
  /// It is to be looked for in Odoo.
  case search(TransferSearch.Goal)
  /// It does not exist yet.
  case notYet
  /// It will never exist.
  case never(Obstacle)

  /// What keeps a confirmation from having a transfer at all; the raw values are stable.
  public enum Cause: String, CaseIterable, Sendable {
    /// The confirmation before it is not in the journal.
    case lostPredecessor = "lost_predecessor"
    /// The confirmation before it was given up.
    case predecessorDiscarded = "predecessor_discarded"
    /// Odoo made no backorder that it could be validated on.
    case noBackorder = "no_backorder"
    /// Odoo made several backorders.
    case severalBackorders = "several_backorders"
    /// Its row in the journal cannot be read.
    case poison
  }

  /// Why a person must decide.
  public struct Obstacle: Hashable, Sendable {
    /// What kind of trouble it is; stable.
    public var category: String
    /// What happened, and what the choices are.
    public var sentence: String
    /// What Odoo and the floor say; nil where there is nothing to compare.
    public var exception: ApplyException?

    /// An obstacle without two versions to compare.
    public init(_ cause: Cause, sentence: String) {
      category = cause.rawValue
      self.sentence = sentence
    }

    /// What an apply plan or a search could not decide.
    public init(_ exception: ApplyException) {
      category = exception.category.rawValue
      sentence = exception.sentence
      self.exception = exception
    }
  }

  /// What became of a confirmation that another one comes after.
  public struct Predecessor: Hashable, Sendable {
    /// How far it is.
    public enum Fate: Hashable, Sendable {
      /// It is not decided, or parked.
      case open
      /// It was given up.
      case discarded
      /// It is true in Odoo: its transfer, what is left of it, and the moves that follow it.
      case applied(transferID: Int?, backorders: [Int], nextMoves: [Int])
    }

    /// Name of its transfer, for people.
    public var transferName: String
    /// How far it is.
    public var fate: Fate

    /// A predecessor.
    public init(transferName: String, fate: Fate) {
      self.transferName = transferName
      self.fate = fate
    }
  }

  /// Finds what a confirmation is about.
  ///
  /// A transfer is known by its id; a remainder is the backorder that Odoo made when the
  /// confirmation before it was applied; the next step is what follows that confirmation's moves.
  ///
  /// What a confirmation was bound to once, it stays bound to: something may have been written
  /// there.
  ///
  /// - Parameters:
  ///   - bound: What it was bound to before.
  ///   - predecessor: What became of the confirmation with a uuid; nil if it is not in the journal.
  public static func find<Failure: Error>(
    _ content: Confirmation,
    bound: Int?,
    predecessor: (String) throws(Failure) -> Predecessor?
  ) throws(Failure) -> AttemptTarget {
    if let bound { return .transfer(bound) }
    switch content.target {
    case .transfer(let id): return .transfer(id)
    case .named(let name): return .search(.named(name))
    case .remainder(let uuid):
      return after(try predecessor(uuid), "is the rest of") { before, _, backorders, _ in
        backorder(backorders, of: before)
      }
    case .next(let uuid, let step):
      return after(try predecessor(uuid), "follows") { _, transferID, _, nextMoves in
        guard let transferID else { return .notYet }
        return .search(.next(after: transferID, moves: nextMoves, step: step))
      }
    }
  }

  /// What becomes of a confirmation that comes after another one.
  private static func after(
    _ before: Predecessor?,
    _ relation: String,
    applied: (String, Int?, [Int], [Int]) -> AttemptTarget
  ) -> AttemptTarget {
    guard let before else {
      return .never(
        Obstacle(
          .lostPredecessor,
          sentence: "The confirmation that this \(relation) is not in the journal."
        )
      )
    }
    switch before.fate {
    case .open: return .notYet
    case .discarded:
      return .never(
        Obstacle(
          .predecessorDiscarded,
          sentence: "The confirmation that this \(relation) (\(before.transferName)) was "
            + "dropped, so Odoo has made nothing that this could be validated on. Book it by "
            + "hand, or drop it, too."
        )
      )
    case .applied(let transferID, let backorders, let nextMoves):
      return applied(before.transferName, transferID, backorders, nextMoves)
    }
  }

  private static func backorder(_ backorders: [Int], of name: String) -> AttemptTarget {
    guard let id = backorders.first else {
      return .never(
        Obstacle(
          .noBackorder,
          sentence: "Odoo has made no backorder of \(name), so there is nothing to validate "
            + "this on."
        )
      )
    }
    guard backorders.count == 1 else {
      return .never(
        Obstacle(
          .severalBackorders,
          sentence: "Odoo has made several backorders of \(name); which one this belongs to "
            + "cannot be told."
        )
      )
    }
    return .transfer(id)
  }
}
