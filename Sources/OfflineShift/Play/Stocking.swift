internal import DemoShift
internal import TestKit

/// Fills the simulator with goods and orders, and waits until the agent's mirror has them.
struct Stocking {
  let yard: Yard

  /// Longest wait for the mirror.
  private static let patience: Duration = .seconds(90)

  /// Seeds goods and docks.
  func seed(_ orders: [Order]) throws {
    let entries = Stock.entries(for: orders)
    var locations: [Value] = [
      ("TM3", "DOCK-1"), ("TM3", "DOCK-2"), ("PS", "DOCK-1"),
    ].map { warehouse, name in
      [
        "parent": .string("\(warehouse)/Output"), "name": .string(name),
        "barcode": .string("\(warehouse)-\(name)"),
      ]
    }
    for warehouse in Stock.warehouses {
      for bin in 1...Self.bins {
        locations.append([
          "parent": .string("\(warehouse)/Stock"), "name": .string("A-\(bin)"),
          "barcode": .string("\(warehouse)-A-\(bin)"),
        ])
      }
    }
    let articles = Catalog.articles + [Catalog.stray]
    let stray = StockEntry(article: Catalog.stray.code, warehouse: "WH", units: 5)
    _ = try yard.web.request(
      "POST",
      "/simulator/seed",
      [
        "warehouses": [["code": "PS", "name": "Two steps", "delivery": "pick_ship"]],
        "locations": .array(locations), "products": .array(articles.map(Self.product)),
        "stock": .array((entries + [stray]).enumerated().map(Self.stock)),
      ]
    )
  }

  private static let bins = 4

  private static func product(_ article: Article) -> Value {
    var members: [String: Value] = [
      "code": .string(article.code), "name": .string("Product \(article.code)"),
      "barcode": .string(article.barcode), "tracking": .string(article.tracking.rawValue),
      "weight": .number(Double(article.grams) / 1_000), "expires": .bool(article.expires),
    ]
    if let barcode = article.boxBarcode {
      members["packagings"] = [
        [
          "name": .string("Box of \(article.boxUnits)"), "barcode": .string(barcode),
          "quantity": .number(Double(article.boxUnits)),
        ]
      ]
    }
    return .object(members)
  }

  private static func stock(_ index: Int, _ entry: StockEntry) -> Value {
    var members: [String: Value] = [
      "product": .string(entry.article),
      "location": .string("\(entry.warehouse)/Stock/A-\(index % bins + 1)"),
      "quantity": .number(Double(entry.units)),
    ]
    if let lot = entry.lot { members["lot"] = .string(lot) }
    if let package = entry.package { members["package"] = .string(package) }
    if Catalog.article(entry.article)?.expires == true {
      members["expires"] = entry.isExpired ? "2020-01-31 00:00:00" : "2099-12-31 00:00:00"
    }
    return .object(members)
  }

  /// Places the orders; answers them with the transfers that Odoo made.
  func place(_ orders: [Order]) throws -> [MadeOrder] {
    try orders.map { order in
      let lines = Value.array(
        order.lines.map { line in
          let units = Catalog.article(line.article)?.orderUnits ?? 1
          return [
            "product": .string(line.article), "quantity": .number(Double(line.units / units)),
            "unit": units == 12 ? "Dozens" : "Units",
          ]
        }
      )
      if order.route == .receipt {
        let name = "PO-\(order.number)"
        let answer = try yard.web.request(
          "POST",
          "/simulator/receipts",
          ["warehouse": "WH", "origin": .string(name), "lines": lines]
        )
        return Self.made(order, name, answer["transfers"]?.array ?? [])
      }
      let answer = try yard.web.request(
        "POST",
        "/simulator/orders",
        ["warehouse": .string(order.route.warehouse), "lines": lines]
      )
      let placed = answer["orders"]?.array.first
      return Self.made(order, placed?["name"]?.text ?? "", placed?["transfers"]?.array ?? [])
    }
  }

  private static func made(_ order: Order, _ name: String, _ transfers: [Value]) -> MadeOrder {
    var made: [Step: MadeTransfer] = [:]
    for transfer in transfers {
      guard let step = OdooAccount.step(transfer) else { continue }
      // Vendors send what they like: a receipt expects no lots.
      let reserved = OdooAccount.goods(transfer).mapValues { Int($0.rounded()) }
      made[step] = MadeTransfer(
        name: transfer["name"]?.text ?? "",
        reserved: step == .receive ? [:] : reserved
      )
    }
    return MadeOrder(order: order, name: name, transfers: made)
  }

  /// Puts some picks into a batch, and notes it with their orders.
  func batch(_ orders: inout [MadeOrder]) throws {
    for batch in Batches.choose(orders) {
      let names = batch.compactMap { orders[$0].transfers[.pick]?.name }
      let answer = try yard.web.request(
        "POST",
        "/simulator/batches",
        ["transfers": .array(names.map { .string($0) })]
      )
      for index in batch { orders[index].batch = answer["name"]?.text }
    }
  }

  /// Lets people do in Odoo what they do just before the shift, once the mirror knows everything.
  func disturb(_ orders: [MadeOrder]) throws {
    let names = orders.flatMap { $0.transfers.values.map(\.name) }
    try waitForMirror("all \(names.count) transfers", "SELECT count(*) FROM transfer", names.count)
    var gone: [String] = []
    for made in orders where made.order.fate == .cancelled || made.order.fate == .doneInOdoo {
      guard let step = made.order.route.steps.first, let name = made.transfers[step]?.name else {
        continue
      }
      let deed: Value = made.order.fate == .cancelled ? "cancel" : "validate"
      _ = try yard.web.request(
        "POST",
        "/simulator/people",
        ["do": deed, "transfer": .string(name)]
      )
      gone.append(name)
    }
    let list = gone.map { "'\($0)'" }.joined(separator: ", ")
    try waitForMirror(
      "what was done and cancelled in Odoo",
      "SELECT count(*) FROM transfer WHERE open = 0 AND name IN (\(list))",
      gone.count
    )
  }

  private func waitForMirror(_ what: String, _ sql: String, _ count: Int) throws {
    var seen = "nothing"
    do {
      try eventually("\(what) in the mirror", within: Self.patience) {
        guard File.exists(yard.mirror), let mirror = try? SQLiteFile(yard.mirror),
          let text = (try? mirror.value(sql)) ?? nil
        else { return false }
        seen = text
        return (Int(text) ?? 0) >= count
      }
    } catch {
      throw DemoFailure("the mirror never had \(what): \(seen) of \(count)")
    }
  }
}
