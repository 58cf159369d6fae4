internal import JSON

extension OdooFields {
  /// What `web_read` tells of a transfer, its moves and its lines, in one call and so from one moment.
  ///
  /// The shape is that of `web_search_read` and `web_save` since 17: a relation with `fields` comes
  /// as objects, one without as ids.
  var transferSpecification: JSON {
    func plain(_ names: [String]) -> JSONObject {
      names.reduce(into: [:]) { $0[$1] = [:] }
    }
    func nested(_ fields: JSONObject) -> JSON { ["fields": .object(fields)] }
    let unit = nested(plain([ratioOfUnit, "rounding"].filter { has($0, on: "uom.uom") }))
    let package = nested(plain(readable(packageModel)))
    var move = plain(readable("stock.move").filter { $0 != "picking_id" })
    move["product_uom"] = unit
    var line = plain(readable("stock.move.line").filter { $0 != "picking_id" })
    line["product_uom_id"] = unit
    line["lot_id"] = nested(plain(["name", "company_id"]))
    line["package_id"] = package
    line["result_package_id"] = package
    var transfer = plain(readable("stock.picking"))
    transfer["backorder_ids"] = nested(plain(["name"]))
    transfer["move_ids"] = nested(move)
    transfer["move_line_ids"] = nested(line)
    return .object(transfer)
  }

  /// A search for records by a domain, with the fields that are read of their model.
  func search(_ model: String, _ domain: [JSON], fields names: [String]? = nil) -> OdooCall {
    OdooCall(
      model,
      "search_read",
      arguments: [
        "domain": .array(domain),
        "fields": .array((names ?? readable(model)).map { .string($0) }),
        "order": "id",
        // Plain ids instead of id and display name: half the time and a third less to carry.
        "load": .null,
      ],
      writes: false
    )
  }

  /// How much of the reference unit one of a unit is: called otherwise before 19.
  var ratioOfUnit: String { version.major >= 19 ? "factor" : "factor_inv" }
}
