import Floor
import JSON
import Odoo

extension FakeOdoo {
  // MARK: Lines

  func writePicking(_ call: OdooCall) -> Result<JSON, OdooFailure> {
    guard let vals = call.arguments["vals"]?.object,
      let index = pickings.firstIndex(where: { $0.id == call.ids?.first })
    else { return fail(.missing, "odoo.exceptions.MissingError", "stock.picking") }
    for command in vals["move_ids"]?.array ?? [] {
      let move = moves.first { .int($0.id) == command[1] }
      if move?.state == "done", command[2]?["product_uom"] != nil {
        return fail(.refused, "odoo.exceptions.UserError", "You cannot change the UoM")
      }
    }
    if let tracking = vals["carrier_tracking_ref"]?.string { pickings[index].tracking = tracking }
    for command in vals["move_line_ids"]?.array ?? [] {
      guard command[0] == 1, let id = command[1]?.int,
        let line = lines.firstIndex(where: { $0.id == id })
      else { return fail(.missing, "odoo.exceptions.MissingError", "stock.move.line") }
      update(line, command[2]?.object ?? [:])
    }
    return .success(true)
  }

  /// Writes values on a line; on a done one that moves stock.
  func update(_ index: Int, _ vals: JSONObject) {
    let isDone = lines[index].state == "done"
    if isDone { book(lines[index], sign: -1) }
    for member in vals.members {
      switch member.name {
      case "quantity": lines[index].quantity = Quantity(member.value) ?? .zero
      case "picked": lines[index].picked = member.value.bool ?? false
      case "lot_id": lines[index].lotID = member.value.int
      case "lot_name": lines[index].lotName = member.value.string
      case "package_id": lines[index].packageID = member.value.int
      case "result_package_id": lines[index].resultPackageID = member.value.int
      default: break
      }
    }
    if isDone { book(lines[index], sign: 1) }
  }

  func book(_ line: Line, sign: Int64) {
    let lot = lots.first { $0.id == line.lotID }?.name
    let package = packages.first { $0.id == line.resultPackageID }?.name
    let key = Key(product: line.productID, lot: lot, package: package)
    let sum = (moved[key] ?? .zero).millionths + sign * line.quantity.millionths
    moved[key] = sum == 0 ? nil : Quantity(millionths: sum)
  }

  func addLine(_ vals: JSONObject) -> Int {
    let move = moves.first { $0.id == vals["move_id"]?.int }
    let id = newID()
    lines.append(
      Line(
        id: id,
        pickingID: vals["picking_id"]?.int ?? 0,
        moveID: move?.id ?? 0,
        productID: vals["product_id"]?.int ?? 0,
        quantity: .zero,
        state: move?.state ?? "draft"
      )
    )
    update(lines.count - 1, vals)
    return id
  }

  // MARK: load and create

  func load(_ call: OdooCall) -> Result<JSON, OdooFailure> {
    let columns = (call.arguments["fields"]?.array ?? []).compactMap(\.string)
    var ids: [JSON] = []
    for row in call.arguments["data"]?.array ?? [] {
      var vals: JSONObject = [:]
      var key = ""
      for (column, cell) in zip(columns, (row.array ?? []).compactMap(\.string)) {
        switch column {
        case "id": key = cell
        case "quantity", "shipping_weight": vals[column] = .number(cell)
        case "picked": vals[column] = .bool(cell == "1")
        case _ where column.hasSuffix("/.id"):
          vals[String(column.dropLast(4))] = cell.isEmpty ? false : .number(cell)
        default: vals[column] = cell.isEmpty ? false : .string(cell)
        }
      }
      if let id = externalIDs[key] {
        if let index = lines.firstIndex(where: { $0.id == id }) { update(index, vals) }
        if let index = packages.firstIndex(where: { $0.id == id }) { fill(index, vals) }
        ids.append(.int(id))
      } else {
        let id = make(call.model, vals)
        externalIDs[key] = id
        ids.append(.int(id))
      }
    }
    return .success(["ids": .array(ids), "messages": [], "nextrow": 0])
  }

  func create(_ call: OdooCall) -> Result<JSON, OdooFailure> {
    let list = (call.arguments["vals_list"]?.array ?? []).compactMap(\.object)
    return .success(.array(list.map { .int(make(call.model, $0)) }))
  }

  private func make(_ model: String, _ vals: JSONObject) -> Int {
    if model == "stock.move.line" { return addLine(vals) }
    let id = newID()
    packages.append(Named(id: id, name: ""))
    fill(packages.count - 1, vals)
    return id
  }

  private func fill(_ index: Int, _ vals: JSONObject) {
    if let name = vals["name"]?.string { packages[index].name = name }
    if let weight = vals["shipping_weight"].flatMap({ Quantity($0) }) {
      packages[index].weight = weight
    }
  }

  func writePackage(_ call: OdooCall) -> Result<JSON, OdooFailure> {
    for id in call.ids ?? [] {
      guard let index = packages.firstIndex(where: { $0.id == id }) else {
        return fail(.missing, "odoo.exceptions.MissingError", "package")
      }
      fill(index, call.arguments["vals"]?.object ?? [:])
    }
    return .success(true)
  }

  // MARK: Validation

  func validate(_ call: OdooCall) -> Result<JSON, OdooFailure> {
    guard let index = pickings.firstIndex(where: { $0.id == call.ids?.first }) else {
      return fail(.missing, "odoo.exceptions.MissingError", "stock.picking")
    }
    if let wizard { return .success(wizard) }
    let picking = pickings[index]
    if picking.state == "done", version.major >= 19 { return .success(true) }
    let own = lines.indices.filter { lines[$0].pickingID == picking.id }
    let hasQuantity = own.contains { lines[$0].quantity > .zero }
    guard picking.state != "done", picking.state != "cancel", hasQuantity else {
      return fail(
        .refused,
        "odoo.exceptions.UserError",
        "You cannot validate a transfer if no quantities are reserved."
      )
    }
    let serials = Dictionary(grouping: own.filter { lines[$0].picked }) { lines[$0].lotID }
    if serials.contains(where: { lot, lines in lotIsSerial(lot) && lines.count > 1 }) {
      return fail(.refused, "odoo.exceptions.ValidationError", "The serial number has already")
    }
    if !own.contains(where: { lines[$0].picked }) { for at in own { lines[at].picked = true } }
    let drop = call.context["picking_ids_not_to_backorder"]?.array?.contains(.int(picking.id))
    finish(index, drops: drop ?? false)
    return .success(validationAnswer)
  }

  private func lotIsSerial(_ id: Int?) -> Bool {
    lots.first { $0.id == id }?.name.hasPrefix("S") ?? false
  }

  private func finish(_ index: Int, drops: Bool) {
    let picking = pickings[index]
    lines.removeAll { $0.pickingID == picking.id && !$0.picked }
    var rest: [Move] = []
    for at in moves.indices where moves[at].pickingID == picking.id {
      let own = lines.indices.filter { lines[$0].moveID == moves[at].id }
      let done = own.map { lines[$0].quantity }.reduce(.zero, +)
      if done < moves[at].demand {
        var move = moves[at]
        move.id = newID()
        move.demand = moves[at].demand - done
        rest.append(move)
      }
      for line in own {
        if lines[line].lotID == nil, let name = lines[line].lotName {
          lots.append(Named(id: newID(), name: name, productID: lines[line].productID))
          lines[line].lotID = lots.last?.id
        }
        lines[line].state = "done"
        book(lines[line], sign: 1)
      }
      moves[at].state = done == .zero ? "cancel" : "done"
      if done > .zero, !drops { moves[at].demand = min(done, moves[at].demand) }
    }
    if !drops {
      let own = moves.filter { $0.pickingID == picking.id && $0.state == "cancel" }.map(\.id)
      moves.removeAll { own.contains($0.id) }
      if !rest.isEmpty { backorder(index, rest) }
    }
    pickings[index].state = "done"
    pickings[index].validations += 1
  }

  private func backorder(_ index: Int, _ rest: [Move]) {
    let id = newID()
    pickings.append(Picking(id: id, name: "WH/OUT/\(id)"))
    pickings[index].backorders.append(id)
    for var move in rest {
      move.pickingID = id
      move.state = "assigned"
      moves.append(move)
    }
  }

  // MARK: Other people

  func cancel(_ id: Int) {
    for index in pickings.indices where pickings[index].id == id {
      pickings[index].state = "cancel"
    }
    for index in moves.indices where moves[index].pickingID == id { moves[index].state = "cancel" }
    lines.removeAll { $0.pickingID == id }
  }

  func tick(_ id: Int) {
    for index in lines.indices where lines[index].id == id { lines[index].picked = true }
  }

  /// Replaces the lines of a move, as unreserving and reserving does.
  func reserveAgain(_ moveID: Int) {
    for index in lines.indices where lines[index].moveID == moveID { lines[index].id = newID() }
  }
}
