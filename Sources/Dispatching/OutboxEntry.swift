public import Floor

/// A confirmation that is not applied yet, as far as its turn is concerned.
public struct OutboxEntry: Hashable, Sendable {
  /// The confirmation's uuid.
  public var uuid: String
  /// Place in the journal; older confirmations have smaller numbers.
  public var sequence: Int64
  /// Database id of the warehouse.
  public var warehouse: Int
  /// Confirmations of one chain go in the order of their sequence.
  public var chain: String
  /// The step of the work; shipping is more urgent than packing, packing than picking.
  public var step: Transfer.Step
  /// Attempts that ended without a decision so far.
  public var attempts: Int
  /// Barcode of the operation type, which the site's cut-offs go by.
  public var operation: String?
  /// Odoo's scheduled date, in milliseconds since 1970, UTC.
  public var scheduled: Int64?
  /// When it was closed, in milliseconds since 1970, by the box's clock; nil if that was not set.
  public var closed: Int64?

  /// An entry with all its parts.
  public init(
    uuid: String,
    sequence: Int64,
    warehouse: Int,
    chain: String,
    step: Transfer.Step,
    attempts: Int = 0,
    operation: String? = nil,
    scheduled: Int64? = nil,
    closed: Int64? = nil
  ) {
    self.uuid = uuid
    self.sequence = sequence
    self.warehouse = warehouse
    self.chain = chain
    self.step = step
    self.attempts = attempts
    self.operation = operation
    self.scheduled = scheduled
    self.closed = closed
  }

  /// When it must be in Odoo, in milliseconds since 1970: the site's cut-off of that day, else the
  /// scheduled date; nil where neither says anything about what is waited for.
  ///
  /// The scheduled date of a receipt or a move within the warehouse is when it was expected.
  public func cutOff(daily: Int64?) -> Int64? {
    if let daily { return daily }
    return switch step {
    case .pick, .pack, .ship: scheduled
    case .receive, .move: nil
    }
  }
}
