internal import JSON

/// Seeding: master data, stock, orders, by the names that people use.
extension Database {
  func seed(_ json: JSON) throws {
    for item in json["companies"]?.array ?? [] { seedCompany(item) }
    for item in json["warehouses"]?.array ?? [] { try seedWarehouse(item) }
    for item in json["locations"]?.array ?? [] {
      let parent = try item["parent"]?.string.map(place)
      let usage = item["usage"]?.string ?? "internal"
      let name = item["name"]?.string ?? ""
      addLocation(name, usage: usage, parent: parent, barcode: item["barcode"]?.string)
    }
    for item in json["units"]?.array ?? [] { seedUnit(item) }
    for item in json["package_types"]?.array ?? [] { seedPackageType(item) }
    for item in json["carriers"]?.array ?? [] { seedCarrier(item) }
    for item in json["products"]?.array ?? [] { try seedProduct(item) }
    for item in json["partners"]?.array ?? [] {
      var values: [String: Value] = ["active": .bool(true)]
      for name in ["name", "email", "phone"] { values[name] = .text(item[name]?.string) }
      add("res.partner", values)
    }
    for item in json["stock"]?.array ?? [] { try seedStock(item) }
    for item in json["settings"]?.array ?? [] { try seedSetting(item) }
  }

  private func seedProduct(_ item: JSON) throws {
    let name = item["name"]?.string ?? item["code"]?.string ?? ""
    let template = add("product.template", ["name": .text(name)])
    var values: [String: Value] = [
      "name": .text(name), "default_code": .text(item["code"]?.string),
      "barcode": .text(item["barcode"]?.string),
      "tracking": .text(item["tracking"]?.string ?? "none"),
      "uom_id": .ref(try unit(item["unit"]) ?? 1),
      "weight": .number(item["weight"]?.double ?? 0), "active": .bool(true),
      "use_expiration_date": .bool(item["expires"]?.bool ?? false), "categ_id": .ref(1),
      "product_tmpl_id": .ref(template), "type": .text(version < .v18 ? "product" : "consu"),
    ]
    if version < .v18 {
      values["detailed_type"] = .text("product")
    } else {
      values["is_storable"] = .bool(true)
    }
    let product = add("product.product", values)
    for box in item["packagings"]?.array ?? [] {
      let quantity = box["quantity"]?.double ?? 1
      let barcode = Value.text(box["barcode"]?.string)
      if version < .v19 {
        add(
          "product.packaging",
          [
            "name": .text(box["name"]?.string ?? "Box"), "barcode": barcode,
            "product_id": .ref(product), "qty": .number(quantity), "product_uom_id": .ref(1),
          ]
        )
      } else {
        add(
          "product.uom",
          [
            "barcode": barcode, "product_id": .ref(product),
            "uom_id": .ref(unit(box["name"]?.string ?? "Box", quantity)),
          ]
        )
      }
    }
  }

  private func seedStock(_ item: JSON) throws {
    let product = try product(item["product"])
    let lot = item["lot"]?.string.map { name -> Int in
      let known = rows("stock.lot", where: "product_id", is: product)
        .first { $0.text("name") == name }
      var values: [String: Value] = [
        "name": .text(name), "product_id": .ref(product), "company_id": .ref(1),
      ]
      if let end = item["expires"]?.string.flatMap(DateText.moment) {
        values["expiration_date"] = .moment(end)
        values["removal_date"] = .moment(end)
      }
      return known?.id ?? add("stock.lot", values)
    }
    let package = item["package"]?.string.map { name in
      store.ids(version.packageModel)
        .first { store.get(version.packageModel, $0)?.text("name") == name }
        ?? add(version.packageModel, ["name": .text(name), "company_id": .ref(1)])
    }
    if let package, let type = item["package_type"]?.string {
      set(version.packageModel, package, ["package_type_id": .ref(try packageType(type))])
    }
    let key = StockKey(
      product: product,
      location: try place(item["location"]?.string ?? ""),
      lot: lot,
      package: package
    )
    addStock(key, item["quantity"]?.double ?? 0)
    wakeWaiting(product)
  }

  /// Stock that arrives is reserved for what waits for it.
  func wakeWaiting(_ product: Int) {
    let open = store.ids("stock.move").filter { id in
      guard let move = store.get("stock.move", id) else { return false }
      return move.ref("product_id") == product && move.refs("move_orig_ids").isEmpty
        && ["confirmed", "partially_available"].contains(move.text("state"))
    }
    assign(open)
  }

  /// `{"model", "id" or "name", "values"}`: fields set directly, as an administrator would.
  private func seedSetting(_ item: JSON) throws {
    let model = try model(item["model"]?.string ?? "")
    let id =
      item["id"]?.int
      ?? store.ids(model.name).first { displayName(model.name, $0) == item["name"]?.string }
    guard let id else {
      throw SimulatorError(name: "not found", message: "\(model.name) \(item.text)")
    }
    let (plain, _) = try coerce(model, item["values"] ?? [:])
    set(model.name, id, plain)
  }

  /// The location of that complete name.
  func place(_ name: String) throws -> Int {
    let found = store.ids("stock.location").first { displayName("stock.location", $0) == name }
    guard let found else { throw SimulatorError(name: "not found", message: "location \(name)") }
    return found
  }

  /// The product of that internal reference, barcode, or id.
  func product(_ json: JSON?) throws -> Int {
    if let id = json?.int, store.get("product.product", id) != nil { return id }
    let code = json?.string ?? ""
    let found = store.ids("product.product").first {
      let row = store.get("product.product", $0)
      return row?.text("default_code") == code || row?.text("barcode") == code
    }
    guard let found else { throw SimulatorError(name: "not found", message: "product \(code)") }
    return found
  }

  func warehouse(_ json: JSON?) throws -> Record {
    let code = json?.string ?? "WH"
    let found = store.ids("stock.warehouse").compactMap { store.get("stock.warehouse", $0) }
      .first { $0.text("code") == code }
    guard let found else { throw SimulatorError(name: "not found", message: "warehouse \(code)") }
    return found
  }

  /// The transfer of that name or id.
  func transfer(_ json: JSON?) throws -> Record {
    if let row = json?.int.flatMap({ store.get("stock.picking", $0) }) { return row }
    let found = store.ids("stock.picking").compactMap { store.get("stock.picking", $0) }
      .first { $0.text("name") == json?.string }
    guard let found else {
      throw SimulatorError(name: "not found", message: "transfer \(json?.text ?? "")")
    }
    return found
  }

  func order(_ json: JSON?) throws -> Int {
    if let id = json?.int, store.get("sale.order", id) != nil { return id }
    let found = store.ids("sale.order")
      .first { store.get("sale.order", $0)?.text("name") == json?.string }
    guard let found else {
      throw SimulatorError(name: "not found", message: "order \(json?.text ?? "")")
    }
    return found
  }
}
