/// What a real Odoo says about some transfers and their backorders, read through its API.
struct APISource: OdooSource {
  let client: OdooClient
  /// Database ids of the transfers.
  let ids: [Int]

  func state() throws -> OdooState {
    let own = Value.array(ids.map { .number(Double($0)) })
    let domain: Value = ["|", ["id", "in", own], ["backorder_id", "in", own]]
    let known = try client.fields("stock.picking")
    var names = ["name", "state", "origin", "picking_type_id", "picking_type_code", "backorder_id"]
    if known.contains("carrier_tracking_ref") { names.append("carrier_tracking_ref") }
    let pickings = try client.rows("stock.picking", domain, names)
    let all = Value.array(pickings.compactMap { $0["id"] })
    let steps = try self.steps()
    let lines = try client.rows(
      "stock.move.line",
      [["picking_id", "in", all]],
      [
        "picking_id", "product_id", "quantity", "lot_id", "package_id", "result_package_id",
        "state",
      ]
    )
    let moves = try client.rows(
      "stock.move",
      [["picking_id", "in", all], ["state", "!=", "cancel"]],
      ["picking_id", "product_id", "product_uom_qty"]
    )
    let products = try Shelf(client: client, ids: moves.compactMap { $0["product_id"]?.id })
    let packages = Set(lines.compactMap { $0["result_package_id"]?.id })
    return OdooState(
      transfers: pickings.map { picking in
        let id = picking["id"]?.int ?? 0
        return OdooTransfer(
          id: id,
          name: picking["name"]?.text ?? "",
          state: picking["state"]?.text ?? "",
          step: Self.step(picking, steps),
          origin: picking["origin"]?.text ?? "",
          backorderOf: picking["backorder_id"]?.id,
          tracking: picking["carrier_tracking_ref"]?.text,
          lines: lines.filter { $0["picking_id"]?.id == id }
            .map { Self.line($0, products) },
          demand: Dictionary(
            moves.filter { $0["picking_id"]?.id == id }.map {
              (products.code($0["product_id"]?.id), $0["product_uom_qty"]?.number ?? 0)
            },
            uniquingKeysWith: +
          )
        )
      },
      weights: try weights(packages),
      hasTracking: known.contains("carrier_tracking_ref")
    )
  }

  private static func line(_ row: Value, _ products: Shelf) -> OdooTransfer.Line {
    OdooTransfer.Line(
      product: products.code(row["product_id"]?.id),
      quantity: row["quantity"]?.number ?? 0,
      lot: row["lot_id"]?.name,
      package: row["package_id"]?.name,
      resultPackage: row["result_package_id"]?.name
    )
  }

  /// Which operation types are the pick and the pack type of their warehouse.
  private func steps() throws -> [Int: OdooTransfer.Step] {
    var steps: [Int: OdooTransfer.Step] = [:]
    for row in try client.rows("stock.warehouse", [], ["pick_type_id", "pack_type_id"]) {
      if let pick = row["pick_type_id"]?.id { steps[pick] = .pick }
      if let pack = row["pack_type_id"]?.id { steps[pack] = .pack }
    }
    return steps
  }

  private static func step(
    _ picking: Value,
    _ steps: [Int: OdooTransfer.Step]
  ) -> OdooTransfer.Step {
    switch picking["picking_type_code"]?.text {
    case "incoming": .receive
    case "outgoing": .ship
    default: picking["picking_type_id"]?.id.flatMap { steps[$0] } ?? .other
    }
  }

  /// Gross weights; nil where the module that has them is not installed.
  private func weights(_ ids: Set<Int>) throws -> [String: Double]? {
    for model in ["stock.package", "stock.quant.package"]
    where try client.fields(model).contains("shipping_weight") {
      let list = Value.array(ids.sorted().map { .number(Double($0)) })
      let rows = try client.rows(model, [["id", "in", list]], ["name", "shipping_weight"])
      return Dictionary(
        rows.map { ($0["name"]?.text ?? "", $0["shipping_weight"]?.number ?? 0) },
        uniquingKeysWith: { $1 }
      )
    }
    return nil
  }
}

/// Products by id and code.
struct Shelf: Sendable {
  private(set) var byID: [Int: Product] = [:]
  private(set) var byCode: [String: Product] = [:]

  /// Reads products; without ids all of them, and these are called by their reference, which is
  /// unique in the simulator and need not be in a real Odoo.
  init(client: OdooClient, ids: [Int]? = nil) throws {
    let list = ids.map { Value.array(Set($0).sorted().map { .number(Double($0)) }) }
    let rows = try client.rows(
      "product.product",
      list.map { [["id", "in", $0]] } ?? [],
      ["default_code", "barcode", "tracking", "weight", "uom_id"]
    )
    for row in rows {
      let id = row["id"]?.int ?? 0
      let reference = row["default_code"]?.text
      let product = Product(
        code: ids == nil ? reference ?? "#\(id)" : "#\(id)",
        barcode: row["barcode"]?.text ?? reference ?? "",
        tracking: row["tracking"]?.text ?? "none",
        weight: row["weight"]?.number ?? 0,
        unit: row["uom_id"]?.id
      )
      byID[id] = product
      byCode[product.code] = product
    }
  }

  func code(_ id: Int?) -> String { id.map { byID[$0]?.code ?? "#\($0)" } ?? "" }

  subscript(code: String) -> Product? { byCode[code] }
}

extension Value {
  /// The id of a relation, which Odoo writes as id and name.
  var id: Int? { if case .array(let pair) = self { pair.first?.int } else { nil } }

  /// The name of a relation.
  var name: String? { if case .array(let pair) = self { pair.last?.text } else { nil } }
}
