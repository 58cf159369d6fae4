internal import JSON

/// Receipts in one, two or three steps, as a confirmed purchase order makes them.
extension Database {
  /// Makes a receipt, ready to be worked on; answers its id.
  ///
  /// Before 18 the steps behind it are there at once, waiting (push rules at confirmation); since
  /// 18 each is made when the one before is done. With an origin all of them share its group.
  func makeReceipt(
    warehouse: Record,
    lines: [Demand],
    partner: Int?,
    origin: String?
  ) throws -> Int {
    let stops = stops(of: warehouse)
    var header: [String: Value] = ["partner_id": .ref(partner), "origin": .text(origin)]
    header.merge(group(named: origin)) { $1 }
    let made = version.chainsAreMadeAtOnce ? stops : Array(stops.prefix(1))
    var before: [Int?] = lines.map { _ in nil }
    var first = 0
    for (index, stop) in made.enumerated() {
      let transfer = try createTransfer(
        header.merging([
          "picking_type_id": .ref(stop.type), "location_id": .ref(stop.from),
          "location_dest_id": .ref(stop.to),
        ]) { $1 }
      )
      if index == 0 { first = transfer }
      for (number, line) in lines.enumerated() {
        before[number] = addReceiptMove(line, transfer, stop, after: before[number], header, stops)
      }
      try confirmTransfer(transfer)
    }
    assign(rows("stock.move", where: "picking_id", is: first).map(\.id))
    return first
  }

  private func addReceiptMove(
    _ line: Demand,
    _ transfer: Int,
    _ stop: Step,
    after before: Int?,
    _ header: [String: Value],
    _ stops: [Step]
  ) -> Int {
    var values = header
    values["picking_id"] = .ref(transfer)
    values["product_id"] = .ref(line.product)
    values["product_uom_qty"] = .number(line.quantity)
    values["location_id"] = .ref(stop.from)
    values["location_dest_id"] = .ref(stop.to)
    values["procure_method"] = .text(before == nil ? "make_to_stock" : "make_to_order")
    if let unit = line.unit { values["product_uom"] = .ref(unit) }
    if version >= .v18 { values["location_final_id"] = .ref(stops.last?.to) }
    let move = addMove(values)
    if let before {
      addOrigin(before, to: move)
      link(origins: [before], to: move)
    }
    return move
  }

  /// From the supplier to the shelf.
  private func stops(of warehouse: Record) -> [Step] {
    let supplier = location(usage: "supplier") ?? 0
    let stock = warehouse.ref("lot_stock_id")
    guard let incoming = warehouse.ref("in_type_id") else { return [] }
    let input = warehouse.ref("wh_input_stock_loc_id") ?? 0
    let quality = warehouse.ref("wh_qc_stock_loc_id") ?? 0
    let inside = warehouse.ref("int_type_id") ?? 0
    let check = warehouse.ref("qc_type_id") ?? inside
    let store = warehouse.ref("store_type_id") ?? inside
    switch warehouse.text("reception_steps") {
    case "two_steps":
      return [
        Step(type: incoming, from: supplier, to: input),
        Step(type: store, from: input, to: stock),
      ]
    case "three_steps":
      return [
        Step(type: incoming, from: supplier, to: input),
        Step(type: check, from: input, to: quality),
        Step(type: store, from: quality, to: stock),
      ]
    default: return [Step(type: incoming, from: supplier, to: stock)]
    }
  }

  /// The procurement group (up to 18) or reference (19) of a document, as the field that names it.
  func group(named name: String?) -> [String: Value] {
    guard let name else { return [:] }
    let model = version < .v19 ? "procurement.group" : "stock.reference"
    let group =
      store.ids(model).first { store.get(model, $0)?.text("name") == name }
      ?? add(model, ["name": .text(name)])
    return version < .v19 ? ["group_id": .ref(group)] : ["reference_ids": .refs([group])]
  }
}
