internal import Barcodes
internal import Floor
internal import JSON
internal import Odoo
internal import OdooSimulator
internal import Testing

/// The mirror of warehouses with steps, batches, packages, units: as each version has them.
struct SimulatedWarehouseTests {
  typealias Version = OdooSimulator.OdooVersion

  @Test(arguments: Version.allCases)
  func mirrorsPackageTypesCarriersAndBatches(version: Version) throws {
    let site = try SimulatedSite(version)
    let admin = site.server.admin
    try admin.seed([
      "package_types": [
        [
          "name": "Crate", "barcode": "CRATE", "tare": .double(1.5), "heaviest": 40,
          "carrier": "ups",
        ]
      ],
      "carriers": [["name": "Parcel service", "type": "other"]],
      "stock": [
        [
          "product": "TM-1001", "location": "WH/Stock", "quantity": 3, "package": "P-77",
          "package_type": "Crate",
        ]
      ],
    ])
    let answer = try admin.perform(
      "orders",
      [
        "warehouse": "WH", "carrier": "Parcel service", "count": 2,
        "lines": [["product": "TM-1001", "quantity": 2]],
      ]
    )
    let names = (answer["orders"]?.array ?? []).compactMap { $0["transfers"]?[0]?["name"] }
    let batch = try admin.perform("batches", ["transfers": .array(names)])
    try site.update(.batch)
    try site.update()
    let crate = try #require(site.mirror.packageTypes.values.first { $0.barcode == "CRATE" })
    #expect(crate.tare == Quantity("1.5"))
    #expect(crate.heaviest == Quantity(40))
    #expect(crate.carrierType == "ups")
    #expect(site.mirror.packageTypes.values.filter { $0.carrierType != nil } == [crate])
    #expect(site.mirror.packages.values.first { $0.name == "P-77" }?.typeID == crate.id)
    let transfers = site.mirror.transfers.values
    #expect(transfers.map(\.carrier) == ["Parcel service", "Parcel service"])
    #expect(transfers.map(\.carrierType) == ["other", "other"])
    #expect(Set(transfers.map(\.batchID)) == [batch["id"]?.int])
    #expect(site.mirror.batches.values.contains("BATCH/00001"))
    #expect(
      Set(transfers.compactMap(\.operation.barcode)) == [version == .v17 ? "WH-DELIVERY" : "WHOUT"]
    )
    // Validated alone, a transfer leaves its batch.
    try admin.person(["do": "validate", "transfer": names[0]])
    try site.update()
    #expect(site.mirror.transfers.values.filter { $0.batchID != nil }.count == 1)
  }

  @Test(arguments: Version.allCases)
  func mirrorsTheBarcodeRulesOfTheCompany(version: Version) throws {
    let site = try SimulatedSite(version)
    try site.update(.batch)
    let rules = try #require(site.mirror.nomenclature)
    #expect(rules.name == "Default Nomenclature")
    #expect(rules.unusable.isEmpty)
    let match = rules.plainMatch("2112345012506")
    #expect(match?.rule.type == "weight")
    #expect(match?.value?.description == "1.250")
    #expect(Nomenclature(json: rules.json) == rules)
  }

  @Test(arguments: Version.allCases)
  func anOdooWithoutTheModulesIsMirroredWithoutThem(version: Version) throws {
    let site = try SimulatedSite(version, without: Set(SimulatorModule.allCases))
    try site.server.admin.order([("TM-1001", 2), ("TM-1004", 1)])
    #expect(try site.update(.batch).skipped.isEmpty)
    try site.update()
    #expect(site.mirror.transfers.count == 1)
    #expect(site.mirror.lots.values.allSatisfy { $0.expires == nil })
    #expect(site.refresh.state.hasMasterData)
  }

  @Test(arguments: Version.allCases)
  func mirrorsExpiryWhereItIsKept(version: Version) throws {
    let site = try SimulatedSite(version)
    try site.update(.batch)
    #expect(site.mirror.lots.values.contains { $0.expires == 4_102_358_400_000 })
  }

  @Test(arguments: Version.allCases)
  func mirrorsDozensWithFactorAndRounding(version: Version) throws {
    let site = try SimulatedSite(version)
    _ = try site.server.admin.perform(
      "orders",
      [
        "warehouse": "WH",
        "lines": [["product": "TM-1001", "quantity": 2, "unit": "Dozens"]],
      ]
    )
    try site.update()
    let move = try #require(site.mirror.transfers.values.first?.moves.first)
    #expect(move.demand == Quantity(2))
    #expect(move.factor == Quantity(12))
    #expect(move.rounding == Move.usualRounding)
    #expect(move.lines.map(\.quantity) == [Quantity(2)])
  }

  @Test(arguments: Version.allCases, ["two_steps", "three_steps"])
  func receiptsInStepsFollowEachOther(version: Version, steps: String) throws {
    let site = try SimulatedSite(version)
    let admin = site.server.admin
    try admin.seed(["warehouses": [["code": "RC", "reception": .string(steps)]]])
    _ = try admin.perform(
      "receipts",
      [
        "warehouse": "RC", "origin": "P00001",
        "lines": [["product": "TM-1001", "quantity": 5]],
      ]
    )
    try site.update(.batch)
    try site.update()
    let route = site.mirror.warehouses.first { $0.code == "RC" }?.route.reception ?? []
    #expect(route.count == (steps == "two_steps" ? 2 : 3))
    let first = try #require(site.mirror.transfers.values.first { $0.operation.step == .receive })
    let isMadeAtOnce = version == .v17
    #expect(site.mirror.transfers.count == (isMadeAtOnce ? route.count : 1))
    #expect(first.moves[0].nextIDs.isEmpty != isMadeAtOnce)
    // Each one done brings the next, in the same chain.
    var name = first.name
    for _ in route.dropFirst() {
      try admin.person(["do": "validate", "transfer": .string(name)])
      try site.update()
      let next = try #require(site.mirror.transfers.values.first { $0.state == .assigned })
      #expect(next.operation.step == .move)
      #expect(next.chain == first.chain)
      #expect(next.moves.map(\.demand) == [Quantity(5)])
      name = next.name
    }
    try admin.person(["do": "validate", "transfer": .string(name)])
    let stock = admin.state()["quants"]?.array?.filter { $0["location"] == "RC/Stock" } ?? []
    #expect(stock.map { $0["quantity"]?.double } == [5])
  }
}
