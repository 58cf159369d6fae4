internal import JSON

/// The server action of `tallyman odoo action`, as its Python does it.
extension Database {
  func applyAction() throws -> JSON {
    let found = context["tallyman_picking"]?.int.flatMap { store.get("stock.picking", $0) }
    let key = context["tallyman_key"]?.string ?? ""
    let earlier = keys(of: key)
    guard context["tallyman_op"] != "look" else { return try look(found, earlier) }
    if rules.looksUpKeys, !earlier.isEmpty {
      return ["tallyman": "replay", "keys": .array(earlier)]
    }
    guard let transfer = found, !["done", "cancel"].contains(transfer.text("state")),
      context["tallyman_stamp"]?.string == stamp(of: transfer.id)
    else { return ["tallyman": "changed"] }
    add(
      "ir.model.data",
      [
        "module": .text("__tallyman__"), "model": .text("stock.picking"),
        "name": .text(key + "_c" + (context["tallyman_hash"]?.string ?? "")),
        "res_id": .int(transfer.id), "noupdate": .bool(true),
      ]
    )
    let made = try makePackages()
    try write("stock.picking", [transfer.id], try values(made))
    context["skip_sms"] = true
    context["skip_backorder"] = true
    context["skip_expired"] = true
    context["picking_ids_not_to_backorder"] = context["tallyman_no_backorder"] ?? []
    let result = try validate([transfer.id])
    guard try row("stock.picking", transfer.id).text("state") == "done" else {
      throw OdooError.user("tallyman: question \(result["res_model"]?.string ?? result.text)")
    }
    return ["tallyman": "done", "records": try records(transfer)]
  }

  private func look(_ transfer: Record?, _ earlier: [JSON]) throws -> JSON {
    func found(_ model: String, _ domain: String, _ fields: JSON) throws -> JSON {
      guard let domain = context[domain] else { return [] }
      let model = try self.model(model)
      let ids = try search(model, Domain(domain, version: version), order: "id")
      let names = fields.array?.compactMap(\.string) ?? []
      return .array(try read(model, ids, fields: names, plain: true))
    }
    return [
      "tallyman": "look", "version": 1, "stamp": .string(transfer.map { stamp(of: $0.id) } ?? ""),
      "keys": .array(earlier), "records": try transfer.map(records) ?? [],
      "lots": try found("stock.lot", "tallyman_lots", ["name", "product_id", "company_id"]),
      "packages": try found(
        version.packageModel,
        "tallyman_packages",
        context["tallyman_package_fields"] ?? []
      ),
    ]
  }

  private func records(_ transfer: Record) throws -> JSON {
    .array(
      try webRead(try model("stock.picking"), [transfer.id], context["tallyman_spec"] ?? [:])
    )
  }

  private func keys(of key: String) -> [JSON] {
    store.ids("ir.model.data").compactMap { store.get("ir.model.data", $0) }
      .filter { $0.text("module") == "__tallyman__" && $0.text("name").hasPrefix(key + "_c") }
      .map { [.string($0.text("name")), .int(Int($0["res_id"].double))] }
  }

  private func stamp(of transfer: Int) -> String {
    let moves = rows("stock.move", where: "picking_id", is: transfer)
    let lines = rows("stock.move.line", where: "picking_id", is: transfer)
    let all = [store.get("stock.picking", transfer)].compactMap(\.self) + moves + lines
    return all.map { "\($0.id)@\(state(of: $0))" }.joined(separator: " ")
  }

  /// What the microseconds of `write_date` stand for where a test's clock stands still.
  private func state(of row: Record) -> String {
    let told = [
      "write_date", "state", "product_uom_qty", "quantity", "picked", "lot_id", "lot_name",
      "package_id", "result_package_id", "carrier_tracking_ref",
    ]
    return told.map { "\(row[$0])" }.joined(separator: ",")
  }

  private func makePackages() throws -> [String: Int] {
    var made: [String: Int] = [:]
    for package in context["tallyman_new_packages"]?.array ?? [] {
      made[package[0]?.string ?? ""] = try create(version.packageModel, package[1] ?? [:])
    }
    for edit in context["tallyman_package_vals"]?.array ?? [] {
      var vals = edit[1]?.object ?? [:]
      if let container = edit[2]?.string {
        vals["package_dest_id"] = made[container].map { .int($0) }
      }
      let id = edit[0]?.int ?? edit[0]?.string.flatMap { made[$0] } ?? 0
      try write(version.packageModel, [id], .object(vals))
    }
    return made
  }

  private func values(_ made: [String: Int]) throws -> JSON {
    var vals = context["tallyman_vals"]?.object ?? [:]
    vals["move_line_ids"] = .array(
      (context["tallyman_lines"]?.array ?? []).map { line in
        var own = line[1]?.object ?? [:]
        if let package = line[2]?.string {
          own["result_package_id"] = made[package].map { .int($0) }
        }
        let id = line[0]?.int ?? 0
        return id > 0 ? [1, .int(id), .object(own)] : [0, 0, .object(own)]
      }
    )
    return .object(vals)
  }
}
