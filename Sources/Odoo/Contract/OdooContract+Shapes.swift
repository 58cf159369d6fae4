/// Which types and values of fields something depends on.
extension OdooContract.Need {
  /// Types that are understood; empty where nothing depends on it.
  var types: Set<String> {
    if let known = Self.selections[key] ?? Self.selections[field], !known.isEmpty {
      return ["selection"]
    }
    if let known = Self.types[key] ?? Self.types[field] { return known }
    if field.hasSuffix("_ids") { return ["one2many", "many2many"] }
    if field.hasSuffix("_id") { return ["many2one"] }
    return []
  }

  /// Values that a selection must have.
  var values: [String] { Self.selections[key] ?? Self.selections[field] ?? [] }

  /// `model.field`.
  var key: String { "\(model).\(field)" }

  private static let text: Set<String> = ["char", "text"]
  private static let number: Set<String> = ["float"]
  private static let flag: Set<String> = ["boolean"]
  private static let time: Set<String> = ["datetime"]

  private static let types: [String: Set<String>] = [
    "name": text, "complete_name": text, "barcode": text, "default_code": text, "origin": text,
    "lot_name": text, "sequence_code": text, "carrier_tracking_ref": text, "pattern": text,
    "stock.warehouse.code": text,
    "quantity": number, "product_uom_qty": number, "qty": number, "weight": number,
    "shipping_weight": number, "base_weight": number, "max_weight": number, "factor": number,
    "factor_inv": number,
    "picked": flag, "active": flag, "is_gs1_nomenclature": flag,
    "scheduled_date": time, "write_date": time, "expiration_date": time,
    "product_uom": ["many2one"],
  ]

  private static let moveStates = [
    "draft", "waiting", "confirmed", "partially_available", "assigned", "done", "cancel",
  ]

  private static let selections: [String: [String]] = [
    "stock.picking.state": ["draft", "waiting", "confirmed", "assigned", "done", "cancel"],
    "stock.move.state": moveStates, "stock.move.line.state": moveStates,
    "tracking": ["none", "lot", "serial"],
    "usage": ["internal", "transit"],
    "stock.picking.type.code": ["incoming", "outgoing", "internal"],
    "delivery_steps": ["ship_only", "pick_ship", "pick_pack_ship"],
    "reception_steps": ["one_step", "two_steps", "three_steps"],
    "encoding": ["any", "ean13", "ean8", "upca"],
    "upc_ean_conv": ["none", "ean2upc", "upc2ean", "always"],
  ]
}

/// Which module brings a field.
extension OdooContract.Need {
  /// The module's name as Odoo's list of apps shows it; nil for a field of Inventory itself.
  var module: String? {
    switch field {
    case "carrier_tracking_ref", "carrier_id", "shipping_weight", "package_carrier_type":
      "Delivery - Stock (stock_delivery)"
    case "batch_id": "Warehouse Management: Batch Transfer (stock_picking_batch)"
    case "expiration_date": "Products Expiration Date (product_expiry)"
    default: nil
    }
  }

  /// What goes on without a detail, and how; nil where its absence is worth no word.
  var loss: String? {
    switch key {
    case "stock.picking.carrier_tracking_ref": "tracking numbers are not written to Odoo"
    case "stock.quant.package.shipping_weight", "stock.package.shipping_weight":
      "weights are not written to Odoo"
    default: nil
    }
  }
}
