internal import JSON

/// `action_put_in_pack`, which has more shapes than a caller would like.
extension Database {
  func putInPack(_ ids: [Int], named name: String?) throws -> JSON {
    try require("write", "stock.picking")
    guard let id = ids.first else { return true }
    let transfer = try row("stock.picking", id)
    let lines = rows("stock.move.line", where: "picking_id", is: id)
      .filter { $0.double("quantity") > 0 && $0.text("state") != "done" }
    let loose = lines.filter { $0.ref("result_package_id") == nil }
    let picked = loose.filter { $0.flag("picked") }
    var chosen = picked.isEmpty ? loose : picked
    if version >= .v19, chosen.isEmpty { chosen = lines }
    guard !chosen.isEmpty else {
      throw OdooError.user(
        "There is nothing eligible to put in a pack. Either there are no quantities to put in a "
          + "pack or all products are already in a pack."
      )
    }
    if transfer.ref("carrier_id") != nil {
      let model = version < .v19 ? "choose.delivery.package" : "stock.put.in.pack"
      var inner = context
      inner["default_picking_id"] = .int(id)
      return [
        "name": "Package Details", "type": "ir.actions.act_window", "view_mode": "form",
        "res_model": .string(model), "views": [[1, "form"]], "target": "new",
        "context": .object(inner),
      ]
    }
    let package = add(
      version.packageModel,
      ["name": .text(name ?? next("PACK", digits: 7)), "company_id": .ref(1)]
    )
    for line in chosen { try writeLine(line.id, ["result_package_id": .ref(package)]) }
    return version < .v19 ? .string("stock.quant.package(\(package),)") : [.int(package)]
  }
}
