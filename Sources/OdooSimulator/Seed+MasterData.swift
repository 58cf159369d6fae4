internal import JSON

/// Seeding of warehouses, units, package types and carriers.
extension Database {
  /// `{"code", "name", "delivery": "pick_pack_ship", "reception": "two_steps", "company"}`.
  func seedWarehouse(_ item: JSON) throws {
    let code = item["code"]?.string ?? ""
    let company = try item["company"]?.string.map(company(named:)) ?? 1
    try buildWarehouse(
      code,
      item["name"]?.string ?? code,
      delivery: item["delivery"]?.string ?? "ship_only",
      reception: item["reception"]?.string ?? "one_step",
      company: company
    )
  }

  /// `{"name": "Crate", "ratio": 24, "rounding": 0.01}`: one is so many of the unit Units.
  func seedUnit(_ item: JSON) {
    unit(
      item["name"]?.string ?? "",
      item["ratio"]?.double ?? 1,
      rounding: item["rounding"]?.double ?? 0.01
    )
  }

  /// The unit of that name, or a new one of `ratio` Units.
  @discardableResult
  func unit(_ name: String, _ ratio: Double, rounding: Double = 0.01) -> Int {
    let known = store.ids("uom.uom").first { store.get("uom.uom", $0)?.text("name") == name }
    if let known { return known }
    var values: [String: Value] = [
      "name": .text(name), "rounding": .number(rounding), "active": .bool(true),
    ]
    if version < .v19 {
      values["category_id"] = .ref(1)
      values["uom_type"] = .text(ratio >= 1 ? "bigger" : "smaller")
      values["factor"] = .number(1 / ratio)
      values["factor_inv"] = .number(ratio)
    } else {
      values["factor"] = .number(ratio)
      values["relative_factor"] = .number(ratio)
      values["relative_uom_id"] = .ref(1)
    }
    return add("uom.uom", values)
  }

  /// The unit of that name; nil for none.
  func unit(_ json: JSON?) throws -> Int? {
    guard let name = json?.string else { return nil }
    let found = store.ids("uom.uom").first { store.get("uom.uom", $0)?.text("name") == name }
    guard let found else { throw SimulatorError(name: "not found", message: "unit \(name)") }
    return found
  }

  /// `{"name", "barcode", "tare": 0.4, "heaviest": 30, "carrier": "ups"}`, in kilograms; changes one of that name.
  func seedPackageType(_ item: JSON) {
    let name = item["name"]?.string ?? ""
    let values: [String: Value] = [
      "name": .text(name), "barcode": .text(item["barcode"]?.string),
      "base_weight": .number(item["tare"]?.double ?? 0),
      "max_weight": .number(item["heaviest"]?.double ?? 0),
      "package_carrier_type": .text(item["carrier"]?.string ?? "none"),
    ]
    if let known = try? packageType(name) {
      set("stock.package.type", known, values)
    } else {
      add("stock.package.type", values)
    }
  }

  /// The package type of that name.
  func packageType(_ name: String) throws -> Int {
    let found = store.ids("stock.package.type")
      .first { store.get("stock.package.type", $0)?.text("name") == name }
    guard let found else {
      throw SimulatorError(name: "not found", message: "package type \(name)")
    }
    return found
  }

  /// `{"name": "Parcel service", "type": "ups"}`.
  func seedCarrier(_ item: JSON) {
    add(
      "delivery.carrier",
      [
        "name": .text(item["name"]?.string),
        "delivery_type": .text(item["type"]?.string ?? "fixed"),
        "active": .bool(true), "integration_level": .text("rate_and_ship"),
        "fixed_price": .number(0),
      ]
    )
  }

  /// How many of the product's own unit make one of a unit.
  func ratio(of unit: Int?, product: Int?) -> Double {
    let own = product.flatMap { store.get("product.product", $0) }?.ref("uom_id")
    guard let unit, let own, unit != own else { return 1 }
    let name = version < .v19 ? "factor_inv" : "factor"
    let (from, to) = (store.get("uom.uom", unit), store.get("uom.uom", own))
    guard let from = from?.double(name), let to = to?.double(name), from > 0, to > 0 else {
      return 1
    }
    return from / to
  }
}

extension Record {
  /// Of a move or line: how many of the product's own unit make one of its unit.
  var ratio: Double {
    let ratio = double("_ratio")
    return ratio > 0 ? ratio : 1
  }

  /// Of a move or line: its quantity in the product's own unit.
  var stockQuantity: Double { (double("quantity") * ratio).rounded2 }
}
