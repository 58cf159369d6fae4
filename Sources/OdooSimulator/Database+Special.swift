internal import JSON

extension Database {
  /// Methods of single models.
  func performSpecial(_ call: Call) throws -> JSON? {
    let ids = try integerIDs(call)
    switch (call.model, call.method) {
    case ("res.users", "context_get"):
      let row = try row("res.users", user)
      let zone: JSON = row.text("tz").isEmpty ? false : .string(row.text("tz"))
      return ["lang": "en_US", "tz": zone, "uid": .int(user)]
    case ("res.users", "has_group"):
      return .bool(hasGroup(call["group_ext_id"]?.string ?? "", user: ids.first))
    case ("mail.thread", "message_mail_with_source"):
      throw OdooError.value(
        "Invalid template or view source Xml ID \(call["source_ref"]?.string ?? "") "
          + "does not exist anymore"
      )
    case (_, "message_subscribe"), (_, "message_unsubscribe"): return true
    case (_, "message_post"): return call.isJSON2 ? [1] : .int(1)
    case (_, "check_access_rights"):
      do {
        try require(call["operation"]?.string ?? "read", call.model)
        return true
      } catch {
        if call["raise_exception"].map(isTrue) ?? true { throw error }
        return false
      }
    case (_, "has_access") where version >= .v18:
      return .bool((try? require(call["operation"]?.string ?? "read", call.model)) != nil)
    case (let model, _) where Self.ownKeys.contains(model):
      guard let result = try performOnKeys(call, ids) else { throw unknownMethod(call) }
      return result
    case ("stock.picking", _): return try performOnTransfer(call, ids)
    case ("stock.backorder.confirmation", "process"): return try answerWizard(ids, drop: false)
    case ("stock.backorder.confirmation", "process_cancel_backorder"):
      return try answerWizard(ids, drop: true)
    case ("stock.quant", "action_apply_inventory"): return try applyInventory(ids)
    case ("stock.inventory.adjustment.name", "action_apply"): return try applyNamed(ids)
    case ("ir.actions.server", "run"): return try runServerAction(ids)
    case ("sale.order", "action_confirm"):
      for id in ids { try confirmOrder(id) }
      return true
    case ("sale.order", "action_cancel"):
      for id in ids { try cancelOrder(id) }
      return true
    default: throw unknownMethod(call)
    }
  }

  private func unknownMethod(_ call: Call) -> OdooError {
    call.isJSON2
      ? .http("NotFound", 404, "The method '\(call.model).\(call.method)' does not exist")
      : OdooError(
        "builtins.AttributeError",
        "The method '\(call.method)' does not exist on the model '\(call.model)'"
      )
  }

  private func performOnTransfer(_ call: Call, _ ids: [Int]) throws -> JSON? {
    switch call.method {
    case "button_validate": return try validate(ids)
    case "action_put_in_pack": return try putInPack(ids, named: call["package_name"]?.string)
    case "action_confirm", "action_assign", "do_unreserve", "action_cancel":
      try require("write", "stock.picking")
      for id in ids { _ = try row("stock.picking", id) }
    default: throw unknownMethod(call)
    }
    let moves = ids.flatMap { rows("stock.move", where: "picking_id", is: $0) }
    switch call.method {
    case "action_confirm":
      for id in ids { try confirmTransfer(id) }
    case "action_assign":
      for id in ids where rows("stock.move", where: "picking_id", is: id).isEmpty == false {
        if try row("stock.picking", id).text("state") == "draft" { try confirmTransfer(id) }
      }
      let open = moves.map(\.id)
      guard !ids.flatMap(openMoves).isEmpty else {
        throw OdooError.user("Nothing to check the availability for.")
      }
      assign(open, touchTransfers: version.linesTouchTransfers)
    case "do_unreserve":
      unreserve(moves.map(\.id), touchTransfers: version.linesTouchTransfers)
      return nil
    default:
      if moves.contains(where: { $0.text("state") == "done" }) {
        throw OdooError.user(
          "You cannot cancel a stock move that has been set to 'Done'. "
            + "Create a return in order to reverse the moves which took place."
        )
      }
      try cancelMoves(moves.map(\.id))
      for id in ids where moves.isEmpty { set("stock.picking", id, ["state": .text("cancel")]) }
    }
    return true
  }

  private func answerWizard(_ ids: [Int], drop: Bool) throws -> JSON? {
    let wizard = try ids.first.map { try row("stock.backorder.confirmation", $0) }
    let transfers = contextIDs("button_validate_picking_ids")
    context["skip_backorder"] = true
    if drop {
      context["picking_ids_not_to_backorder"] = .array(
        (wizard?.refs("pick_ids") ?? transfers).map { .int($0) }
      )
    }
    return try validate(transfers)
  }

  func performWeb(_ call: Call, _ model: Model, _ ids: [Int]) throws -> JSON {
    let specification = call["specification"] ?? [:]
    switch call.method {
    case "web_search_read":
      let found = try search(call, model)
      var all = call
      all.arguments["limit"] = nil
      all.arguments["offset"] = nil
      return [
        "length": .int(try search(all, model).count),
        "records": .array(try webRead(model, found, specification)),
      ]
    case "web_save":
      var ids = ids
      if ids.isEmpty {
        ids = [try create(model.name, call["vals"] ?? [:])]
      } else {
        try write(model.name, ids, call["vals"] ?? [:])
      }
      return .array(try webRead(model, ids, specification))
    default:
      try require("read", model.name)
      return .array(try webRead(model, ids, specification))
    }
  }

  func webRead(_ model: Model, _ ids: [Int], _ specification: JSON) throws -> [JSON] {
    let members = specification.object?.members ?? []
    let plain = try read(model, ids, fields: members.map(\.name) + ["id"], plain: true)
    return try plain.map { record in
      guard var object = record.object else { return record }
      for member in members {
        guard let field = model.fields[member.name], let relation = field.relation,
          let target = models[relation], let inner = member.value["fields"]
        else { continue }
        switch field.kind {
        case .many2one:
          guard let id = object[member.name]?.int else { continue }
          object[member.name] = try webRead(target, [id], inner).first ?? false
        default:
          let ids = object[member.name]?.array?.compactMap(\.int) ?? []
          object[member.name] = .array(try webRead(target, ids, inner))
        }
      }
      return .object(object)
    }
  }
}
