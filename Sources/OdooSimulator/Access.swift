internal import JSON

/// Who may do what.
extension Database {
  func hasGroup(_ group: String, user id: Int? = nil) -> Bool {
    let id = id ?? user
    guard id != 1 else { return true }
    guard let row = store.get("res.users", id) else { return false }
    let groups = row.refs(version < .v19 ? "groups_id" : "group_ids")
    return groups.contains { store.get("res.groups", $0)?.text("_xml") == group }
  }

  /// AccessError unless the user's groups allow the operation (`read`, `write`, `create`, `unlink`).
  func require(_ operation: String, _ name: String) throws {
    guard !hasGroup("base.group_system") else { return }
    let model = try model(name)
    if Self.ownKeys.contains(name) { return }
    if operation == "read" {
      guard !Self.hidden.contains(name), !Self.administrator.contains(name) else {
        throw accessError("access", name, model.title)
      }
      if Self.needsStock.contains(name), !hasGroup("stock.group_stock_user") {
        throw accessError("access", name, model.title)
      }
      return
    }
    let own = Self.stockUser.contains(name) || name == version.packageModel
    guard own, hasGroup("stock.group_stock_user") else {
      if name == "sale.order.line", hasGroup("sales_team.group_sale_salesman") { return }
      let verb =
        ["write": "modify", "create": "create", "unlink": "delete"][operation] ?? operation
      throw accessError(verb, name, model.title)
    }
  }

  func accessError(_ verb: String, _ name: String, _ title: String) -> OdooError {
    let group =
      Self.administrator.contains(name)
      ? (version < .v19 ? "Administration/Settings" : "Role / Administrator")
      : "Inventory/Administrator"
    return .access(
      "You are not allowed to \(verb) '\(title)' (\(name)) records.\n\n"
        + "This operation is allowed for the following groups:\n\t- \(group)\n\n"
        + "Contact your administrator to request access if necessary."
    )
  }

  private static let administrator: Set<String> = [
    "ir.config_parameter", "ir.actions.server", "ir.model", "ir.model.data", "decimal.precision",
  ]
  private static let hidden: Set<String> = ["account.move"]
  private static let needsStock: Set<String> = [
    "stock.picking", "stock.move", "stock.backorder.confirmation", "stock.lot",
    "delivery.carrier", "stock.picking.batch",
    "stock.package.type", "sale.order", "sale.order.line",
  ]
  private static let stockUser: Set<String> = [
    "stock.picking", "stock.move", "stock.move.line", "stock.lot", "stock.quant",
    "stock.backorder.confirmation", "procurement.group", "stock.reference",
    "stock.picking.batch", "stock.inventory.adjustment.name",
  ]
}
