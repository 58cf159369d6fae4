/// Odoo's datetimes for questions that are asked outside this module.
public enum OdooDate {
  /// Seconds since 1970 as Odoo writes them: `2026-11-24 06:17:32`, UTC.
  public static func text(_ seconds: Int64) -> String { OdooTime.text(seconds) }
}
