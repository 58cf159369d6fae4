/// Switches of the simulator's behaviour; all as Odoo does it unless a negative control breaks one.
public struct SimulatorRules: Sendable {
  /// Whether what is left of a transfer becomes a backorder.
  public var makesBackorders = true
  /// Whether a validation can be repeated and moves the stock again.
  public var validatesTwice = false
  /// Whether the idempotent server action looks its key up.
  public var looksUpKeys = true

  /// Odoo's behaviour.
  public init() {}
}
