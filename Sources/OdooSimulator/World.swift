internal import JSON

/// What is in the database at the start.
public enum SimulatorWorld: String, Sendable {
  /// Two warehouses, users, a carrier, units, nomenclatures; no products.
  case bare
  /// `bare` with products, lots, serial numbers, packagings, bins and stock.
  case demo
}

extension Database {
  /// Key of the user `tallyman` in every world.
  static let demoKey = "demo-key"

  func build(_ world: SimulatorWorld) throws {
    buildCompany()
    buildUsers()
    buildMasterData()
    buildLocations()
    try buildWarehouse("WH", "YourCompany", delivery: "ship_only")
    try buildWarehouse("TM3", "Tallyman 3-step", delivery: "pick_pack_ship")
    if world == .demo { try seed(Self.demo) }
  }

  private func buildCompany() {
    add("res.partner", ["name": .text("My Company"), "active": .bool(true)])
    add("res.company", ["name": .text("My Company"), "partner_id": .ref(1)])
    let customers = ["Wood Corner", "Deco Addict", "Gemini Furniture"]
    for name in customers {
      add(
        "res.partner",
        [
          "name": .text(name), "active": .bool(true),
          "email": .text(name.split(separator: " ")[0].lowercased() + "@example.com"),
          "phone": .text("+1 555 0100"),
        ]
      )
    }
  }

  private func buildUsers() {
    var groups: [String: Int] = [:]
    for (xml, name) in [
      ("base.group_user", "Internal User"), ("base.group_system", "Administration / Settings"),
      ("stock.group_stock_user", "Inventory / User"),
      ("stock.group_stock_manager", "Inventory / Administrator"),
      ("sales_team.group_sale_salesman", "Sales / User: Own Documents Only"),
    ] {
      groups[xml] = add(
        "res.groups",
        ["name": .text(name), "full_name": .text(name), "_xml": .text(xml)]
      )
    }
    // As far as somebody asks for them who makes a server action.
    add(
      "ir.model.data",
      [
        "module": .text("stock"), "name": .text("group_stock_user"),
        "model": .text("res.groups"), "res_id": .int(groups["stock.group_stock_user"] ?? 0),
      ]
    )
    add("ir.model", ["name": .text("Transfer"), "model": .text("stock.picking")])
    func make(_ login: String, _ name: String, id: Int, _ xml: [String], _ password: String) {
      store.reserveIDs("res.users", from: id)
      let partner = add("res.partner", ["name": .text(name), "active": .bool(true)])
      let user = add(
        "res.users",
        [
          "name": .text(name), "login": .text(login), "active": .bool(true),
          "email": .text("\(login)@example.com"), "partner_id": .ref(partner),
          "company_id": .ref(1), "company_ids": .refs([1]), "lang": .text("en_US"),
          version < .v19 ? "groups_id" : "group_ids": .refs(xml.compactMap { groups[$0] }),
        ]
      )
      credentials[user] = Credentials(password: password)
    }
    make("__system__", "OdooBot", id: 1, Array(groups.keys), "")
    make("admin", "Mitchell Admin", id: 2, Array(groups.keys), "admin")
    make(
      "tallyman",
      "Tallyman Agent",
      id: version < .v19 ? 8 : 7,
      ["base.group_user", "stock.group_stock_user"],
      "tallyman-password"
    )
    if let agent = user(login: "tallyman") { addKey(Self.demoKey, user: agent, name: "gateway") }
    addKey("admin-key", user: 2, name: "administration")
  }

  private func buildMasterData() {
    let units: [String: Value] =
      version < .v19
      ? ["category_id": .ref(1), "uom_type": .text("reference"), "factor_inv": .number(1)]
      : ["relative_factor": .number(1)]
    if version < .v19 {
      for name in ["Unit", "Weight"] { add("uom.category", ["name": .text(name)]) }
    }
    add(
      "uom.uom",
      units.merging([
        "name": .text("Units"), "factor": .number(1), "rounding": .number(0.01),
        "active": .bool(true),
      ]) { $1 }
    )
    unit("Dozens", 12)
    add("product.category", ["name": .text("All")])
    for (name, barcode, heaviest) in [("Pallet", "PAL", 4000.0), ("Box", "BOX", 30.0)] {
      add(
        "stock.package.type",
        [
          "name": .text(name), "barcode": .text(barcode), "package_carrier_type": .text("none"),
          "base_weight": .number(0), "max_weight": .number(heaviest),
        ]
      )
    }
    for name in ["Standard delivery", "Local Delivery"] {
      add(
        "delivery.carrier",
        [
          "name": .text(name), "delivery_type": .text("fixed"), "active": .bool(true),
          "integration_level": .text("rate_and_ship"), "fixed_price": .number(10),
        ]
      )
    }
    buildNomenclatures()
    add(
      "ir.config_parameter",
      ["key": .text("database.uuid"), "value": .text("5f1c7a4e-0000-4000-8000-000000000001")]
    )
    add("decimal.precision", ["name": .text("Product Unit of Measure"), "digits": .int(2)])
  }

  private func buildNomenclatures() {
    for (name, gs1) in [("Default Nomenclature", false), ("Default GS1 Nomenclature", true)] {
      add(
        "barcode.nomenclature",
        [
          "name": .text(name), "upc_ean_conv": .text("always"), "is_gs1_nomenclature": .bool(gs1),
          "gs1_separator_fnc1": .text("(Alt029|#|\\x1D)"),
        ]
      )
    }
    set("res.company", 1, ["nomenclature_id": .ref(1)])
    let rules: [(String, Int, String, String, Int, String)] = [
      ("Weight Barcodes 3 Decimals", 1, "weight", "21.....{NNDDD}", 36, "ean13"),
      ("Location barcodes", 1, "location", "414", 60, "any"),
      ("Package barcodes", 1, "package", "PACK", 70, "any"),
      ("Lot barcodes", 1, "lot", "10", 80, "any"),
      ("Product Barcodes", 1, "product", ".*", 90, "any"),
      ("Serial Shipping Container Code", 2, "package", "(00)(\\d{18})", 100, "gs1-128"),
      ("Global Trade Item Number (GTIN)", 2, "product", "(01)(\\d{14})", 101, "gs1-128"),
      ("Batch or lot number", 2, "lot", "(10)([!\"%-/0-9:-?A-Z_a-z]{0,20})", 106, "gs1-128"),
      ("Serial number", 2, "lot", "(21)([!\"%-/0-9:-?A-Z_a-z]{0,20})", 107, "gs1-128"),
      ("Variable count of items", 2, "quantity", "(30)(\\d{0,8})", 112, "gs1-128"),
    ]
    for (name, nomenclature, type, pattern, sequence, encoding) in rules {
      add(
        "barcode.rule",
        [
          "name": .text(name), "barcode_nomenclature_id": .ref(nomenclature), "type": .text(type),
          "pattern": .text(pattern), "sequence": .int(sequence), "encoding": .text(encoding),
          "alias": .text("0"),
          "gs1_content_type": nomenclature == 2 ? .text("identifier") : .empty,
        ]
      )
    }
  }
}
