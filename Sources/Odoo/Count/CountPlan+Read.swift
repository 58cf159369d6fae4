internal import Floor
internal import JSON

/// Reading: the quants of the location, what was done there since, and the lots that were counted.
extension CountPlan {
  /// Stock of one kind at the location.
  struct Quant {
    var id: Int
    var productID: Int
    var lotID: Int?
    /// True if it lies in a package or belongs to somebody else.
    var isBound: Bool
    var quantity: Quantity
    /// What somebody counted and has not applied; nil for nothing.
    var counted: Quantity?
    /// The difference that Odoo holds for it.
    var difference: Quantity
  }

  /// Goods that came or went.
  struct DoneLine {
    var productID: Int
    var lotID: Int?
    /// How the location's stock changed.
    var change: Quantity
    var transferID: Int?
    var reference: String
    var isInventory: Bool
    /// In milliseconds since 1970, by Odoo's clock.
    var at: Int64
  }

  mutating func read() -> Step {
    rounds += 1
    guard rounds <= Self.roundLimit + 3 * max(count.lines.count, quants.count) else {
      return except(
        .unstable,
        "The stock at \(count.location.name) kept changing while the count was being applied. "
          + "Count again when it is quiet."
      )
    }
    state = .quants
    return search(
      "stock.quant",
      [["location_id", "=", .int(count.location.id)]] + ofProducts,
      [
        "product_id", "lot_id", "package_id", "owner_id", "quantity", "inventory_quantity",
        "inventory_quantity_set", "inventory_diff_quantity",
      ]
    )
  }

  /// Nothing for an empty count: it says that nothing at all lies there.
  private var ofProducts: [JSON] {
    guard !count.lines.isEmpty else { return [] }
    let ids = Set(count.lines.map(\.productID)).sorted()
    return [["product_id", "in", .array(ids.map { .int($0) })]]
  }

  mutating func took(_ result: Result<JSON, OdooFailure>) -> Step {
    let rows: [JSON]
    switch result {
    case .failure(let failure): return readFailed(failure)
    case .success(let answer):
      guard let array = answer.array else {
        return except(.contract, "Odoo's answer to a search is not a list of records.")
      }
      rows = array
    }
    switch state {
    case .quants:
      quants = rows.compactMap(Quant.init(row:))
      return readMoves()
    case .moves:
      let place = count.location.id
      moves = rows.compactMap { DoneLine(row: $0, place: place) }
      guard rows.count < Self.moveLimit else {
        return except(
          .uncertain,
          "So much was moved at \(count.location.name) since the count that it is too old. Count "
            + "again."
        )
      }
      return readLots() ?? decide()
    case .lots:
      lots = rows.compactMap { TransferSnapshot.Lot(row: $0, productID: nil) }
      return decide()
    case .idle, .writing, .waiting, .over: return read()
    }
  }

  private mutating func readMoves() -> Step {
    state = .moves
    let place = JSON.int(count.location.id)
    let quantity =
      fields.has("quantity_product_uom", on: "stock.move.line")
      ? "quantity_product_uom" : "quantity"
    return search(
      "stock.move.line",
      [
        ["state", "=", "done"], ["date", ">=", .string(OdooTime.text(horizon / 1000))], "|",
        ["location_id", "=", place], ["location_dest_id", "=", place],
      ] + ofProducts,
      [
        "product_id", "lot_id", "picking_id", "location_id", "location_dest_id", "date",
        "reference", "is_inventory", quantity,
      ].filter { fields.has($0, on: "stock.move.line") },
      limit: Self.moveLimit
    )
  }

  /// How far back anything can matter, in milliseconds since 1970: clocks do not agree quite, and
  /// one that was not set may be wrong by anything, so a day is looked at then.
  private var horizon: Int64 { moment.counted - (moment.isProven ? 600_000 : 86_400_000) }

  private mutating func readLots() -> Step? {
    let named = count.lines.filter { $0.lot != nil }
    guard lots == nil, !named.isEmpty else { return nil }
    state = .lots
    let names = Set(named.compactMap(\.lot)).sorted()
    return search(
      "stock.lot",
      [["name", "in", .array(names.map { .string($0) })]] + ofProducts,
      ["name", "product_id"]
    )
  }

  private func search(
    _ model: String,
    _ domain: [JSON],
    _ names: [String],
    limit: Int? = nil
  ) -> Step {
    var arguments: JSONObject = [
      "domain": .array(domain), "fields": .array(names.map { .string($0) }), "order": "id",
      "load": .null,
    ]
    if let limit { arguments["limit"] = .int(limit) }
    return .call(OdooCall(model, "search_read", arguments: arguments, writes: false))
  }

  private mutating func readFailed(_ failure: OdooFailure) -> Step {
    switch failure.kind {
    case .denied, .missing: return finish(.stop(failure))
    case .unreachable, .unanswered, .unavailable, .conflict:
      return later(
        "Odoo could not be read: \(failure.message)",
        failure.kind,
        after: failure.retryAfter.map { .seconds($0) }
      )
    case .forbidden:
      return except(
        .forbidden,
        "Odoo does not let the user read the stock. Give it the group Inventory / User, then try "
          + "again. Odoo says: \(failure.message)"
      )
    case .refused, .contract:
      return except(
        .contract,
        "Odoo refused to be read (\(failure.name)): \(failure.message)"
      )
    }
  }
}

extension CountPlan.Quant {
  init?(row: JSON) {
    guard let id = row["id"]?.int, let product = row["product_id"]?.reference,
      let quantity = row["quantity"].flatMap({ Quantity($0) })
    else { return nil }
    self.init(
      id: id,
      productID: product,
      lotID: row["lot_id"]?.reference,
      isBound: row["package_id"]?.reference != nil || row["owner_id"]?.reference != nil,
      quantity: quantity,
      counted: row["inventory_quantity_set"]?.bool == true
        ? row["inventory_quantity"].flatMap { Quantity($0) } : nil,
      difference: row["inventory_diff_quantity"].flatMap { Quantity($0) } ?? .zero
    )
  }
}

extension CountPlan.DoneLine {
  init?(row: JSON, place: Int) {
    guard let product = row["product_id"]?.reference,
      let quantity = (row["quantity_product_uom"] ?? row["quantity"]).flatMap({ Quantity($0) }),
      let at = row["date"]?.string.flatMap(OdooTime.seconds)
    else { return nil }
    var change = Quantity.zero
    if row["location_id"]?.reference == place { change -= quantity }
    if row["location_dest_id"]?.reference == place { change += quantity }
    self.init(
      productID: product,
      lotID: row["lot_id"]?.reference,
      change: change,
      transferID: row["picking_id"]?.reference,
      reference: row["reference"]?.string ?? "",
      isInventory: row["is_inventory"]?.bool ?? false,
      at: at * 1000
    )
  }
}
