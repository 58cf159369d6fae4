internal import JSON
internal import OdooSimulator
internal import TestKit
internal import Testing

/// What `tallyman check` says of an Odoo, with one trouble at a time.
@Suite struct CheckTests {
  /// The findings on Odoo, on a box whose agent does not run.
  private func findings(
    _ version: OdooVersion = .v18,
    _ prepare: (OdooSimulatorAdmin) throws -> Void = { _ in }
  ) throws -> Findings {
    let box = try Box(version)
    try prepare(box.odoo.admin)
    try box.configure()
    let answer = try box.tallyman("check", "--json")
    return Findings(code: answer.code, all: try answer.json().array ?? [])
  }

  struct Findings {
    let code: Int32
    let all: [JSON]

    func of(_ subject: String, _ level: String = "ok") -> [JSON] {
      all.filter { $0["subject"]?.string == subject && $0["level"]?.string == level }
    }

    /// Findings on Odoo that are not as they should be.
    var troubles: [JSON] {
      all.filter {
        $0["level"]?.string != "ok" && $0["subject"]?.string?.hasPrefix("odoo") == true
      }
    }

    func says(_ subject: String, _ level: String, _ text: String) -> Bool {
      of(subject, level).contains {
        $0["text"]?.string?.contains(text) == true && $0["hint"]?.string?.isEmpty == false
      }
    }
  }

  @Test("an Odoo as it should be", arguments: OdooVersion.allCases)
  func allIsWell(version: OdooVersion) throws {
    let found = try findings(version)
    #expect(found.code == 0)
    #expect(found.troubles.isEmpty, "\(found.troubles.map(\.text))")
    for subject in ["odoo", "odoo fields", "odoo rights", "odoo key", "odoo company"] {
      #expect(found.of(subject).count == 1, "\(subject)")
    }
    #expect(found.of("odoo barcodes").first?["text"]?.string?.contains("Default") == true)
    #expect(found.of("odoo carriers").count == 1)
  }

  @Test("a user without the group for Inventory", arguments: OdooVersion.allCases)
  func namesTheGroup(version: OdooVersion) throws {
    let found = try findings(version) {
      try $0.perform("users", ["remove_group": "stock.group_stock_user"])
    }
    #expect(found.code == 4)
    #expect(found.says("odoo rights", "problem", "write stock.picking"))
    #expect(
      found.of("odoo rights", "problem").first?["hint"]?.string?.contains("Inventory / User")
        == true
    )
  }

  @Test("a user without an e-mail address", arguments: OdooVersion.allCases)
  func email(version: OdooVersion) throws {
    let found = try findings(version) { try $0.perform("users", ["email": false]) }
    #expect(found.says("odoo user", "warning", "no e-mail address") == (version < .v19))
  }

  @Test("a key that ends soon", arguments: OdooVersion.allCases)
  func keys(version: OdooVersion) throws {
    let found = try findings(version) {
      try $0.perform(
        "users",
        ["add_key": "k2", "name": "gate", "expires": .string(DateText.after(days: 5))]
      )
    }
    let text = found.of("odoo key", "warning").first?["text"]?.string ?? ""
    #expect((text.contains("\"gate\"") && text.contains("several keys")) == (version >= .v18))
  }

  @Test("a warehouse of another company is named, and its transfers are not seen")
  func companies() throws {
    let box = try Box(.v18)
    try box.odoo.admin.seed([
      "companies": [["name": "Second Company"]],
      "warehouses": [["code": "SC", "name": "Second House", "company": "Second Company"]],
      "stock": [["product": "TM-1001", "location": "SC/Stock", "quantity": 5]],
    ])
    try box.odoo.admin.perform("users", ["companies": ["My Company", "Second Company"]])
    try box.configure()
    let found = Findings(code: 0, all: try box.tallyman("check", "--json").json().array ?? [])
    #expect(found.says("odoo company", "warning", "Second House belongs to Second Company"))
    #expect(found.of("odoo company").first?["text"]?.string?.contains("My Company") == true)

    try box.start()
    try box.odoo.admin.order(warehouse: "SC", [("TM-1001", 2)])
    let own = try box.order([("TM-1001", 1)])
    let mirror = try SQLiteFile(box.directory.path("state/mirror.db"))
    let names = try mirror.rows("SELECT name FROM transfer WHERE open").compactMap { $0["name"] }
    #expect(names.contains(own) && !names.contains { $0.hasPrefix("SC/") }, "\(names)")
    let foreign = try #require(
      box.odoo.admin.state()["transfers"]?.array?.first {
        $0["name"]?.string?.hasPrefix("SC/") == true
      }
    )
    #expect(foreign["state"]?.string == "assigned", "it is there to be seen by others")
  }

  @Test("a company without a warehouse")
  func noWarehouse() throws {
    let found = try findings {
      try $0.seed(["companies": [["name": "Holding"]]])
      try $0.perform("users", ["companies": ["Holding"]])
    }
    #expect(found.says("odoo company", "problem", "has no warehouse"))
  }

  @Test("barcode rules that hide each other")
  func rules() throws {
    let found = try findings {
      try $0.seed([
        "settings": [
          ["model": "barcode.rule", "name": "Lot barcodes", "values": ["pattern": "PACK"]],
          ["model": "barcode.rule", "name": "Product Barcodes", "values": ["sequence": 1]],
        ]
      ])
    }
    #expect(found.says("odoo barcodes", "warning", "takes every code before"))
    #expect(found.says("odoo barcodes", "warning", "always read as package, never as lot"))
  }

  @Test("a carrier that orders labels by itself", arguments: [true, false])
  func carriers(buys: Bool) throws {
    let found = try findings {
      try $0.seed(["carriers": [["name": "Parcel King", "type": "sendcloud"]]])
      if !buys {
        try $0.seed([
          "settings": [
            [
              "model": "delivery.carrier", "name": "Parcel King",
              "values": ["integration_level": "rate"],
            ]
          ]
        ])
      }
    }
    #expect(found.says("odoo carriers", "warning", "Parcel King") == buys)
  }

  @Test("people who validate in Odoo's own screens; what was validated from here does not count")
  func people() throws {
    let box = try Box(.v18)
    try box.start()
    let own = try box.order([("TM-1001", 1)])
    try Scanner("s1", box).work(own, [Code.product(1)])
    try box.waitFor("applied", of: own)
    func found() throws -> Findings {
      Findings(code: 0, all: try box.tallyman("check", "--json").json().array ?? [])
    }
    #expect(try found().of("odoo people", "warning").isEmpty)
    let other = try box.order([("TM-1002", 1)])
    try box.odoo.admin.person(["do": "validate", "transfer": .string(other)])
    let text = try found().of("odoo people", "warning").first?["text"]?.string ?? ""
    #expect(text.contains("Mitchell Admin (1 × YourCompany: Delivery Orders)"), "\(text)")
  }

  @Test(
    "versions are told apart by the whole log-in",
    arguments: [
      (#"["16.0", [16, 0, 0, "final", 0, ""]]"#, "problem", "needs Odoo 17 or newer"),
      (#"["saas~16.4", ["saas~16", 4, 0, "final", 0, ""]]"#, "problem", "This is Odoo saas~16.4"),
      (#"["8.0", [8, 0, 0, "final", 0]]"#, "problem", "needs Odoo 17 or newer"),
      (#"["master", ["master", 0]]"#, "problem", "told no Odoo version"),
      (#"["saas~18.2", ["saas~18", 2, 0, "final", 0, ""]]"#, "warning", "Odoo saas~18.2 was never"),
      (#"["18.0+e", [18, 0, 0, "final", 0, "e"]]"#, "ok", "is Odoo 18.0"),
    ]
  )
  func versions(told: String, level: String, text: String) throws {
    let json = try JSON.parse(told)
    let found = try findings {
      try $0.perform(
        "version",
        ["server_version": json[0] ?? "", "server_version_info": json[1] ?? []]
      )
    }
    let all = found.all.filter { $0["level"]?.string == level }
    #expect(
      all.contains { $0["text"]?.string?.contains(text) == true },
      "\(found.all.map(\.text))"
    )
    #expect(found.code == (level == "problem" ? 4 : 0))
  }

  @Test("an unknown newer version works with a warning as long as it keeps the contract")
  func newerVersion() throws {
    let newer: JSON = [
      "server_version": "20.0", "server_version_info": [20, 0, 0, "final", 0, ""],
    ]
    let fit = try findings(.v19) { try $0.perform("version", newer) }
    #expect(fit.code == 0)
    #expect(fit.says("odoo fields", "warning", "Odoo 20.0 was never tried"))
    let unfit = try findings(.v19) {
      try $0.perform("version", newer)
      try $0.perform("fields", ["model": "stock.move.line", "retype": ["quantity": "char"]])
    }
    #expect(unfit.code == 4)
    #expect(unfit.says("odoo fields", "problem", "stock.move.line.quantity is of the type char"))
  }
}
