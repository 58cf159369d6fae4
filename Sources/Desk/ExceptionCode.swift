public import Dispatching
public import Odoo

/// What kind of exception it is; the raw values are stable.
///
/// Those of confirmations are the categories that the journal keeps; `init(category:)` takes any
/// text, so that what another version wrote can still be decided.
public enum ExceptionCode: String, CaseIterable, Sendable {
  // From applying a confirmation
  case doneDifferently = "done_differently"
  case cancelled
  case gone
  case changedInOdoo = "changed_in_odoo"
  case doesNotFit = "does_not_fit"
  case productNotInTransfer = "product_not_in_transfer"
  case notInStock = "not_in_stock"
  case nothingCounted = "nothing_counted"
  case lotUnknown = "lot_unknown"
  case packageUnknown = "package_unknown"
  case packageAmbiguous = "package_ambiguous"
  case blindNotFound = "blind_not_found"
  case closedTwice = "closed_twice"
  case noNext = "no_next"
  case severalNext = "several_next"
  case notReady = "not_ready"
  case refused
  case wizard
  case notDone = "not_done"
  case keyReused = "key_reused"
  case unstable
  case forbidden
  case contract

  // From its place in the chain and in the outbox
  case lostPredecessor = "lost_predecessor"
  case predecessorDiscarded = "predecessor_discarded"
  case noBackorder = "no_backorder"
  case severalBackorders = "several_backorders"
  case keepsFailing = "keeps_failing"
  case poison
  /// Whatever another version wrote.
  case other

  // Found in what Odoo plans and in what the floor did
  case failedAllocation = "failed_allocation"
  case duplicateOrder = "duplicate_order"
  case stockMismatch = "stock_mismatch"
  case countWaits = "count_waits"
  case reconciliation
  case lateReceipt = "late_receipt"
  case leftOver = "left_over"
  case unknownCode = "unknown_code"
  case weightRefused = "weight_refused"
  case lotRefused = "lot_refused"

  /// The code of a parked confirmation's category.
  public init(category: String?) {
    self = category.flatMap(Self.init(rawValue:)) ?? .other
  }

  /// The code of what an apply plan or a search could not decide.
  public init(_ category: ApplyException.Category) {
    self =
      switch category {
      case .doneDifferently: .doneDifferently
      case .cancelled: .cancelled
      case .gone: .gone
      case .changedInOdoo: .changedInOdoo
      case .doesNotFit: .doesNotFit
      case .noNext: .noNext
      case .severalNext: .severalNext
      case .blindNotFound: .blindNotFound
      case .closedTwice: .closedTwice
      case .notReady: .notReady
      case .productNotInTransfer: .productNotInTransfer
      case .lotUnknown: .lotUnknown
      case .packageUnknown: .packageUnknown
      case .packageAmbiguous: .packageAmbiguous
      case .notInStock: .notInStock
      case .nothingCounted: .nothingCounted
      case .refused: .refused
      case .forbidden: .forbidden
      case .wizard: .wizard
      case .notDone: .notDone
      case .keyReused: .keyReused
      case .unstable: .unstable
      case .contract: .contract
      }
  }

  /// The code of what keeps a confirmation from having a transfer.
  public init(_ cause: AttemptTarget.Cause) {
    self =
      switch cause {
      case .lostPredecessor: .lostPredecessor
      case .predecessorDiscarded: .predecessorDiscarded
      case .noBackorder: .noBackorder
      case .severalBackorders: .severalBackorders
      case .poison: .poison
      }
  }

  /// The code of what the outbox itself gives up.
  public init(_ cause: Outbox.Cause) {
    self =
      switch cause {
      case .keepsFailing: .keepsFailing
      }
  }

  /// True if it is about a closed transfer that waits for Odoo; false if it was found in the data.
  public var isOfConfirmation: Bool {
    switch self {
    case .failedAllocation, .duplicateOrder, .stockMismatch, .countWaits, .reconciliation,
      .lateReceipt, .leftOver, .unknownCode, .weightRefused, .lotRefused:
      false
    default: true
    }
  }
}
