/// A module of Odoo that a database may lack; its models and fields are then unknown, as they are
/// in an Odoo where it was never installed.
public enum SimulatorModule: String, CaseIterable, Sendable {
  /// Batches and waves: `stock_picking_batch`.
  case batches
  /// Carriers, tracking references and weights of packages: `stock_delivery` (17: `delivery`).
  case delivery
  /// Expiration dates of lots: `product_expiry`.
  case expiry
}
