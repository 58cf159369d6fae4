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

  /// An entry with all its parts.
  public init(
    uuid: String,
    sequence: Int64,
    warehouse: Int,
    chain: String,
    step: Transfer.Step,
    attempts: Int = 0
  ) {
    self.uuid = uuid
    self.sequence = sequence
    self.warehouse = warehouse
    self.chain = chain
    self.step = step
    self.attempts = attempts
  }
}
