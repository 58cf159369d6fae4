internal import JSON

/// Which ids a field holds, and which texts are free.
enum Fields {
  static func model(_ field: String, package: String) -> String? {
    switch field {
    case "picking_id", "backorder_id", "backorder_ids", "tm_picking", "pick_ids", "picking",
      "button_validate_picking_ids", "picking_ids_not_to_backorder", "default_pick_ids",
      "backorders", "res_id":
      "stock.picking"
    case "move_id", "move_ids", "move_orig_ids", "move_dest_ids": "stock.move"
    case "move_line_ids": "stock.move.line"
    case "product_id": "product.product"
    case "lot_id": "stock.lot"
    case "location_id", "location_dest_id", "location_final_id": "stock.location"
    case "package_id", "result_package_id": package
    case "sale_id": "sale.order"
    case "picking_type_id": "stock.picking.type"
    case "quant_ids": "stock.quant"
    default: nil
    }
  }

  /// Times: compared as given or not.
  static let times: Set<String> = ["write_date", "date_done", "create_date", "scheduled_date"]
  /// Free texts: compared as text or not.
  static let texts: Set<String> = [
    "name", "display_name", "message", "debug", "partner_display_name", "web.base.url",
  ]
}
