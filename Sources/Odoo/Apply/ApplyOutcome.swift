public import Floor

/// How an apply plan ended.
public enum ApplyOutcome: Hashable, Sendable {
  /// The transfer is done in Odoo and equals the confirmation.
  case applied(Applied)
  /// A person must decide.
  case exception(ApplyException)
  /// Nothing is decided; a new plan must be made later.
  case later(Later)
  /// The login is refused; nothing of the whole outbox can go on.
  case stop(OdooFailure)

  /// A confirmation that became true.
  public struct Applied: Hashable, Sendable {
    /// Transfers that hold what was not done.
    public var backorders: [Backorder]
    /// True if the transfer was done before this plan wrote anything.
    public var wasAlreadyDone: Bool
    /// Database ids of the moves that follow the validated ones (`move_dest_ids`).
    public var nextMoves: [Int]
    /// What is worth knowing but needs no decision.
    public var notes: [String]
  }

  /// A transfer that holds a rest.
  public struct Backorder: Hashable, Sendable {
    /// Database id in Odoo.
    public var id: Int
    /// Its name; empty if it could not be read.
    public var name: String
  }

  /// Why a plan ended without a decision.
  public struct Later: Hashable, Sendable {
    /// For people.
    public var reason: String
    /// The class of the failure; nil if Odoo answered but the transfer is not ready.
    public var kind: OdooFailure.Kind?
    /// Not before this time has passed.
    ///
    /// At least `Settings.latestExecution` after an unanswered write: so long may the server take
    /// to do it.
    public var retryAfter: Duration?
    /// An earlier call may still be carried out for so long; until then it is only looked at.
    static func unsettled(for time: Duration) -> Later {
      Later(
        reason: "A call to Odoo got no answer and may still be carried out.",
        kind: nil,
        retryAfter: time,
        isUnsettled: true
      )
    }

    /// True if a call without an answer may still be carried out.
    ///
    /// Whoever looks again before `retryAfter` has passed gives `Settings.unsettledFor`, so that
    /// nothing is written meanwhile.
    public var isUnsettled = false
  }
}

/// What a person has to decide, with both versions.
public struct ApplyException: Error, Hashable, Sendable {
  /// What kind of trouble it is; stable.
  public var category: Category
  /// What happened, and what the choices are.
  public var sentence: String
  /// What Odoo says: its lines, its state, or its message.
  public var odoo: String
  /// What the floor says.
  public var floor: String
  /// Both line by line, where there are lines.
  public var versions: Versions?
  /// Database id of the transfer in Odoo, where it is known.
  public var transferID: Int?
  /// True if a call without an answer may still be carried out.
  public var isUnsettled = false

  /// What Odoo and the floor say, side by side.
  public struct Versions: Hashable, Sendable {
    /// What Odoo's quantities are.
    public var basis: Basis
    /// The lines, by product, lot and package.
    public var lines: [Line]

    /// Both versions.
    public init(basis: Basis, lines: [Line]) {
      self.basis = basis
      self.lines = lines
    }
  }

  /// What Odoo's quantities are.
  public enum Basis: String, Hashable, Sendable, CaseIterable {
    /// What an open transfer asks for of a product; lots and packages are not told apart.
    case asked
    /// What a done transfer has moved.
    case done
    /// There is no such transfer any more, or it was cancelled: it has no quantities.
    case nothing
  }

  /// One product, lot and package in both versions; quantities in the unit of the move.
  public struct Line: Hashable, Sendable {
    /// Database id of the product.
    public var productID: Int
    /// Its name, where Odoo was asked for it.
    public var product: String?
    /// The lot or serial number.
    public var lot: String?
    /// The package that the goods are in afterwards.
    public var package: String?
    /// Odoo's quantity; nil where it has none.
    public var odoo: Quantity?
    /// The floor's quantity; nil where nothing was counted.
    public var floor: Quantity?

    /// A line with both quantities.
    public init(
      productID: Int,
      product: String? = nil,
      lot: String? = nil,
      package: String? = nil,
      odoo: Quantity?,
      floor: Quantity?
    ) {
      self.productID = productID
      self.product = product
      self.lot = lot
      self.package = package
      self.odoo = odoo
      self.floor = floor
    }
  }

  /// Kinds of trouble; the raw values are stable.
  public enum Category: String, Hashable, Sendable, CaseIterable {
    /// The transfer is done with other goods than were counted.
    case doneDifferently = "done_differently"
    /// The transfer was cancelled.
    case cancelled
    /// The transfer does not exist any more.
    case gone
    /// Demand shrank or moves vanished since closing; or grew, where the rest was to be dropped.
    case changedInOdoo = "changed_in_odoo"
    /// More was counted than the transfer asks for, of which nothing was known at closing.
    case doesNotFit = "does_not_fit"
    /// No transfer takes on what the step before brought.
    case noNext = "no_next"
    /// Several transfers take it on, and which one is meant cannot be told.
    case severalNext = "several_next"
    /// Odoo has no transfer of the name that was counted without a list, or several.
    case blindNotFound = "blind_not_found"
    /// What was counted without a list was also closed here with its list.
    case closedTwice = "closed_twice"
    /// The transfer stayed in a state in which it cannot be validated.
    case notReady = "not_ready"
    /// A product was counted that the transfer does not ask for.
    case productNotInTransfer = "product_not_in_transfer"
    /// A lot or serial number is not known to Odoo.
    case lotUnknown = "lot_unknown"
    /// The package that goods came in is not known to Odoo.
    case packageUnknown = "package_unknown"
    /// Several packages of Odoo have the name of one that was counted.
    case packageAmbiguous = "package_ambiguous"
    /// Odoo has not reserved, or has not in stock, what was counted.
    case notInStock = "not_in_stock"
    /// Nothing was counted.
    case nothingCounted = "nothing_counted"
    /// Odoo refused by a rule of its own.
    case refused
    /// The user lacks a right.
    case forbidden
    /// Odoo asked a question back.
    case wizard
    /// Odoo answered the validation, but the transfer is not done.
    case notDone = "not_done"
    /// Odoo has the confirmation's key already, for other goods or another transfer.
    case keyReused = "key_reused"
    /// The transfer kept changing while it was being applied.
    case unstable
    /// The call was wrong: a bug, or a version of Odoo that behaves otherwise.
    case contract
  }
}
