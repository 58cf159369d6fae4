/// A transfer, or a part of one, that a worker closes.
public struct Closing: Sendable, Hashable {
  /// The order's name.
  public var order: String
  /// What was done.
  public var step: Step
  /// What must be in Odoo, in units.
  public var goods: [Goods: Int]
  /// What must be noted on packages, in grams.
  public var grams: [String: Int]
  /// The station that closed it.
  public var station: String

  /// A closed part of an order.
  public init(
    order: String,
    step: Step,
    goods: [Goods: Int],
    grams: [String: Int] = [:],
    station: String = ""
  ) {
    self.order = order
    self.step = step
    self.goods = goods
    self.grams = grams
    self.station = station
  }
}

/// Everything that is meant to happen in a shift.
public struct Shift: Sendable {
  /// The orders with what Odoo had made of them before the shift.
  public var orders: [MadeOrder]
  /// Scans in the order in which they are made.
  public var scans: [Scan] = []
  /// Closings in the order in which they are made.
  public var closings: [Closing] = []
  /// Scans with which the agent is killed before it can answer.
  public var kills: Set<Int> = []
  /// The series of Odoo: 17, 18 or 19.
  public var version: Int

  /// A shift in which nothing happens.
  public init(orders: [MadeOrder], version: Int) {
    self.orders = orders
    self.version = version
  }

  /// True where Odoo makes the later steps of an order only when the step before is validated.
  public var laterStepsComeLater: Bool { version >= 18 }
}
