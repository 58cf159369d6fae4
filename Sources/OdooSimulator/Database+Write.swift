internal import JSON

extension Database {
  /// `write`: checks the values, applies the model's rules, then the commands of x2many fields.
  func write(_ name: String, _ ids: [Int], _ values: JSON) throws {
    let model = try model(name)
    let (plain, commands) = try coerce(model, values)
    guard !ids.isEmpty else { return }
    try require("write", name)
    for id in ids { _ = try row(name, id) }
    switch name {
    case "stock.move.line": for id in ids { try writeLine(id, plain) }
    case "stock.move": for id in ids { try writeMove(id, plain) }
    case "stock.picking": for id in ids { writeTransfer(id, plain) }
    case "stock.lot":
      for id in ids { set(name, id, plain) }
      try checkLots(ids)
    case "stock.quant": for id in ids { try writeQuant(id, plain) }
    case version.packageModel:
      for id in ids {
        set(name, id, plain)
        guard plain["shipping_weight"] != nil else { continue }
        let lines = rows("stock.move.line", where: "result_package_id", is: id)
        for transfer in Set(lines.compactMap { $0.ref("picking_id") }) { reweigh(transfer) }
      }
    case "ir.actions.server":
      for id in ids {
        set(name, id, plain)
        if let code = plain["code"] { serverActions[id] = ServerAction(code: code.text ?? "") }
      }
    default: for id in ids { set(name, id, plain) }
    }
    for id in ids {
      for (field, list) in commands { try apply(list, to: field, of: model, id) }
    }
  }

  /// `create`: one row with its nested rows.
  func create(_ name: String, _ values: JSON) throws -> Int {
    let model = try model(name)
    try require("create", name)
    var (plain, commands) = try coerce(model, values)
    for (key, value) in defaults(name) where plain[key] == nil { plain[key] = value }
    let id: Int
    switch name {
    case "stock.move.line": id = try createLine(plain)
    case "stock.picking": id = try createTransfer(plain)
    case "stock.quant" where contextFlag("inventory_mode") && plain["inventory_quantity"] != nil:
      try checkRequired(model, plain)
      id = try createCounted(plain)
    default:
      try checkRequired(model, plain)
      if name == "res.users.apikeys.description" { try checkKeyDescription(plain) }
      if name == "ir.model.data" { try checkExternalID(plain) }
      if name == version.packageModel, plain["name"]?.isTrue != true {
        plain["name"] = .text(next("PACK", digits: 7))
      }
      if name == "ir.actions.server" {
        id = add(name, plain)
        serverActions[id] = ServerAction(code: plain["code"]?.text ?? "")
      } else {
        id = add(name, plain)
      }
    }
    if name == "stock.move" { finishNewMove(id) }
    if name == "stock.lot" { try checkLots([id]) }
    for (field, list) in commands { try apply(list, to: field, of: model, id) }
    return id
  }

  func unlink(_ name: String, _ ids: [Int]) throws {
    try require("unlink", name)
    for id in ids {
      _ = try row(name, id)
      switch name {
      case "stock.move.line": try removeLine(id)
      case "stock.move":
        guard ["draft", "cancel"].contains(try row(name, id).text("state")) else {
          throw OdooError.user("You can only delete draft or cancelled moves.")
        }
        let transfer = try row(name, id).ref("picking_id")
        store.remove(name, id)
        if let transfer { refreshTransfer(transfer) }
      case "stock.picking":
        let moves = rows("stock.move", where: "picking_id", is: id)
        try cancelMoves(moves.map(\.id))
        for move in moves { store.remove("stock.move", move.id) }
        store.remove(name, id)
      default: store.remove(name, id)
      }
    }
  }

  private func defaults(_ name: String) -> [String: Value] {
    switch name {
    case "stock.move":
      [
        "product_uom": .ref(1), "product_uom_qty": .number(0), "quantity": .number(0),
        "picked": .bool(false), "state": .text("draft"), "company_id": .ref(1),
        "sequence": .int(10), "procure_method": .text("make_to_stock"),
        "propagate_cancel": .bool(false), "date": .moment(now), "priority": .text("0"),
      ]
    case "stock.backorder.confirmation":
      ["pick_ids": .refs((context["default_pick_ids"]?.array ?? []).compactMap { $0[1]?.int })]
    default: ["company_id": .ref(1), "active": .bool(true)]
    }
  }

  private func checkRequired(_ model: Model, _ values: [String: Value]) throws {
    for name in model.names {
      guard let field = model.fields[name], field.required, values[name]?.isTrue != true else {
        continue
      }
      throw OdooError.validation(
        version < .v19
          ? "The operation cannot be completed:\n- Create/update: a mandatory field is not set.\n"
            + "- Delete: another model requires the record being deleted. "
            + "If possible, archive it instead.\n\n"
            + "Model: \(model.title) (\(model.name))\nField: \(field.title) (\(name))\n"
          : "The operation cannot be completed: Missing required value for the field "
            + "'\(field.title)' (\(name)).\nModel: '\(model.title)' (\(model.name))\n"
            + "- create/update: a mandatory field is not set\n"
            + "- delete: another model requires the record being deleted, "
            + "you can archive it instead\n"
      )
    }
  }

  private func checkExternalID(_ values: [String: Value]) throws {
    let module = values["module"]?.text ?? ""
    let name = values["name"]?.text ?? ""
    guard externalID(module, name) != nil else { return }
    throw OdooError.validation(
      "The operation cannot be completed: duplicate key value violates unique constraint "
        + "\"ir_model_data_module_name_uniq_index\"\n"
        + "DETAIL:  Key (module, name)=(\(module), \(name)) already exists.\n"
    )
  }

  private func checkLots(_ ids: [Int]) throws {
    for id in ids {
      let lot = try row("stock.lot", id)
      guard let product = lot.ref("product_id") else { continue }
      let twins = rows("stock.lot", where: "product_id", is: product)
        .filter { $0.text("name") == lot.text("name") }
      guard twins.count > 1 else { continue }
      let name = displayName("product.product", product)
      throw OdooError.validation(
        version < .v18
          ? "The combination of serial number and product must be unique across a company.\n"
            + "Following combination contains duplicates:\n - Product: "
            + "\(name), Serial Number: \(lot.text("name"))"
          : "The combination of lot/serial number and product must be unique within a company "
            + "including when no company is defined.\n"
            + "The following combinations contain duplicates:\n - Product: "
            + "\(name), Lot/Serial Number: \(lot.text("name"))"
      )
    }
  }

  /// The row behind `module.name`.
  func externalID(_ module: String, _ name: String) -> Record? {
    store.ids("ir.model.data").lazy.compactMap { self.store.get("ir.model.data", $0) }
      .first { $0.text("module") == module && $0.text("name") == name }
  }
}
