/// A command that was scanned instead of typed.
public enum Command: Hashable, Sendable {
  /// One that Odoo prints.
  case odoo(OdooCommand)
  /// One of Tallyman's own.
  case station(StationCommand)

  /// The command of a scanned code in any case; nil for everything else.
  public init?(_ code: some StringProtocol) {
    if let command = OdooCommand(code) {
      self = .odoo(command)
    } else if let command = StationCommand(code) {
      self = .station(command)
    } else {
      return nil
    }
  }
}
