/// A series of Odoo that the simulator can stand in for.
public enum OdooVersion: Int, CaseIterable, Comparable, Sendable, CustomStringConvertible {
  /// Odoo 17.0.
  case v17 = 17
  /// Odoo 18.0.
  case v18 = 18
  /// Odoo 19.0.
  case v19 = 19

  /// `17.0`, `18.0`, `19.0`.
  public var description: String { "\(rawValue).0" }

  /// By age.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  /// The model of a package, renamed in 19.
  public var packageModel: String { self < .v19 ? "stock.quant.package" : "stock.package" }
  /// `error.code` of an application error over JSON-RPC.
  var applicationErrorCode: Int { self < .v19 ? 200 : 0 }
  /// Whether pick, pack and ship all exist from the start; since 18 each is made by the one before.
  var chainsAreMadeAtOnce: Bool { self == .v17 }
  /// Whether a change of lines moves the transfer's write date.
  var linesTouchTransfers: Bool { self == .v19 }
}
