internal import Floor
internal import JSON

/// Planning: the one thing that is still missing on an open transfer.
extension ApplyPlan {
  mutating func plan() -> Step {
    guard confirmation.lines.contains(where: { $0.quantity > .zero }) else {
      return except(
        .nothingCounted,
        "Nothing was counted for transfer \(snapshot.name); Odoo validates no empty transfer. "
          + "Cancel it in Odoo or count it again."
      )
    }
    if let step = lookUp() { return step }
    let allocation = Allocation(confirmation, moves: snapshot.openMoves)
    if let step = missing(allocation) ?? checkStock(allocation.parts) { return step }
    if action == nil, let step = loadPackages() ?? tendPackages() { return step }

    let assignment = Assignment(allocation.parts, in: snapshot, before: memory.places)
    if let action {
      noteWhatIsLeftOut()
      return applyWith(action, assignment)
    }
    if !assignment.unplaced.isEmpty { return loadLines(assignment.unplaced) }
    memory.places = [:]
    for piece in assignment.pieces {
      memory.places[piece.part, default: [:]][piece.line.id] = piece.quantity
    }
    return writeLines(assignment.pieces) ?? validate()
  }

  /// What was counted and cannot be found in Odoo.
  private mutating func missing(_ allocation: Allocation) -> Step? {
    if !allocation.homeless.isEmpty {
      return except(
        .productNotInTransfer,
        "A product was counted that transfer \(snapshot.name) does not ask for. Add it to the "
          + "order in Odoo and try again, or split the count."
      )
    }
    if confirmation.step != .receive, !settings.namesLots {
      for part in allocation.parts {
        guard let lot = part.line.lot, lotID(for: part, on: nil) == nil else { continue }
        return except(
          .lotUnknown,
          "Odoo knows no lot or serial number \(lot) of product \(part.line.productID). Check the "
            + "label; if the goods are right, receive the lot in Odoo first, then try again.",
          odoo: "no such lot"
        )
      }
    }
    for name in Set(confirmation.lines.compactMap(\.sourcePackage)).sorted()
    where snapshot.packageIDs(name).isEmpty {
      return except(
        .packageUnknown,
        "Odoo knows no package \(name), which goods were taken from. Check its label.",
        odoo: "no such package"
      )
    }
    let names = confirmation.lines.compactMap(\.package) + confirmation.packages.map(\.name)
    for name in Set(names).sorted() where !snapshot.packageIDs(name).isEmpty {
      guard packageID(name) == nil else { continue }
      return except(
        .packageAmbiguous,
        "Odoo has several packages called \(name), and none of them belongs to transfer "
          + "\(snapshot.name). Rename all but one, then try again.",
        odoo: "packages \(snapshot.packageIDs(name))"
      )
    }
    return nil
  }

  /// The lot of a part: the one on its line if that has the name, else one of the company.
  func lotID(for part: Part, on line: TransferSnapshot.Line?) -> Int? {
    guard let name = part.line.lot, !settings.namesLots else { return nil }
    let ids = snapshot.lotIDs(name, of: part.line.productID)
    if let own = line?.lotID, ids.contains(own) { return own }
    let lots = snapshot.lots.filter { ids.contains($0.id) }
    let near = lots.first { $0.companyID == snapshot.companyID } ?? lots.first
    return near?.id
  }

  /// The package with a name; nil if there is none, or if several could be meant.
  func packageID(_ name: String) -> Int? {
    let all = snapshot.packages.filter { $0.name == name }
    let used = Set(
      snapshot.lines.compactMap(\.resultPackageID) + snapshot.lines.compactMap(\.packageID)
    )
    // Names are not unique in Odoo: one of this transfer is meant, else one that is still empty.
    let near = all.filter { used.contains($0.id) }
    if let first = near.first { return first.id }
    if all.count == 1 { return all[0].id }
    let empty = all.filter { $0.locationID == nil }
    return empty.count == 1 ? empty[0].id : nil
  }

  func externalID(_ suffix: String) -> String { "__tallyman__.\(confirmation.key)_\(suffix)" }

  func load(_ model: String, _ columns: [String], _ rows: [[String]]) -> OdooCall {
    if settings.createsInsteadOfLoads { return create(model, columns, rows) }
    return OdooCall(
      model,
      "load",
      arguments: [
        "fields": .array(columns.map { .string($0) }),
        "data": .array(rows.map { row in .array(row.map { .string($0) }) }),
      ],
      writes: true
    )
  }

  /// What a naive version would do; only for the negative control.
  private func create(_ model: String, _ columns: [String], _ rows: [[String]]) -> OdooCall {
    let records = rows.map { row in
      var vals = JSONObject()
      for (column, cell) in zip(columns, row).dropFirst() where !cell.isEmpty {
        let isID = column.hasSuffix("/.id")
        let name = isID ? String(column.dropLast(4)) : column
        let isNumber = isID || column == "quantity" || column == "shipping_weight"
        vals[name] =
          isNumber ? .number(cell) : column == "picked" ? .bool(cell == "1") : .string(cell)
      }
      return JSON.object(vals)
    }
    return OdooCall(model, "create", arguments: ["vals_list": .array(records)], writes: true)
  }

  mutating func validate() -> Step {
    var context: JSONObject = ["skip_backorder": true, "skip_sms": true, "skip_expired": true]
    if confirmation.rest == .drop {
      context["picking_ids_not_to_backorder"] = [.int(transferID)]
    }
    if settings.writesState {
      let vals: JSON = ["state": "done"]
      let naive = OdooCall(
        "stock.picking",
        "write",
        ids: [transferID],
        arguments: ["vals": vals],
        writes: true
      )
      return act(.validate, naive)
    }
    let call = OdooCall(
      "stock.picking",
      "button_validate",
      ids: [transferID],
      context: context,
      writes: true
    )
    return act(.validate, call)
  }

  mutating func act(_ kind: Action.Kind, _ call: OdooCall) -> Step {
    memory.hasWritten = true
    memory.last = kind
    state = .writing(Action(kind: kind, call: call))
    return .call(call)
  }
}
