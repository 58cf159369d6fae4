/// What the site decided about its floor.
public struct FloorPolicy: Hashable, Sendable {
  /// What happens to demand that was not counted when a transfer is closed.
  public var incomplete: Incomplete
  /// How long a `confirm` signal can be answered by the same scan, in milliseconds.
  public var confirmWithin: Int64
  /// Most transfers that may be open at once.
  public var openTransfers: Int

  /// The ways of closing a transfer that is not complete.
  public enum Incomplete: String, CaseIterable, Sendable {
    /// After a second scan Odoo makes a backorder for the rest.
    case backorder
    /// After a second scan the rest is dropped.
    case drop
    /// It cannot be closed.
    case refuse
  }

  /// A policy; the defaults are those of the configuration.
  public init(
    incomplete: Incomplete = .backorder,
    confirmWithin: Int64 = 15_000,
    openTransfers: Int = 1_000
  ) {
    self.incomplete = incomplete
    self.confirmWithin = confirmWithin
    self.openTransfers = openTransfers
  }
}
