internal import Floor
internal import JSON
internal import Odoo
internal import Testing

struct MasterDataRefreshTests {
  private func product(_ odoo: inout FakeOdoo, _ values: [String: JSON] = [:]) -> Int {
    var all: [String: JSON] = [
      "display_name": "[A] Apple", "default_code": "A", "barcode": "4006381333931",
      "tracking": "lot", "weight": .number("0.25"), "uom_id": 1, "type": "consu", "active": true,
    ]
    for (name, value) in values { all[name] = value }
    return odoo.make("product.product", all)
  }

  @Test(arguments: [17, 18, 19])
  func loadsWhatBarcodesAreLookedUpIn(major: Int) throws {
    var odoo = FakeOdoo(major: major)
    let apple = product(&odoo)
    let service = product(&odoo, ["type": "service"])
    let archived = product(&odoo, ["active": false])
    let box = odoo.make(
      major >= 19 ? "product.uom" : "product.packaging",
      [
        "barcode": "159", "product_id": .int(apple),
        (major >= 19 ? "uom_id" : "qty"): major >= 19 ? 2 : .number("12.0"),
      ]
    )
    let bin = odoo.make(
      "stock.location",
      ["complete_name": "WH/A1", "barcode": "BIN", "usage": "internal", "active": true]
    )
    _ = odoo.make("stock.location", ["complete_name": "C", "usage": "customer", "active": true])
    let lot = odoo.make(
      "stock.lot",
      ["name": "L1", "product_id": .int(apple), "expiration_date": "1970-01-01 00:00:02"]
    )
    let package = odoo.make(odoo.packageModel, ["name": "P1", "location_id": .int(bin)])
    var refresh = MirrorRefresh(
      major: major,
      fields: ["stock.lot": ["name", "expiration_date"]]
    )
    var mirror = MirrorCopy()
    let summary = try mirror.refresh(&refresh, .batch, &odoo)
    #expect(summary.skipped.isEmpty)
    #expect(refresh.state.hasMasterData)
    #expect(
      mirror.products[apple]
        == Product(
          id: apple,
          name: "[A] Apple",
          reference: "A",
          barcode: "4006381333931",
          tracking: .lot,
          weight: Quantity(millionths: 250_000),
          unitID: 1
        )
    )
    #expect(mirror.products[service] == nil)
    #expect(mirror.products[archived] == nil)
    #expect(
      mirror.packagings[box]
        == Mirrored.Packaging(
          id: box,
          barcode: "159",
          productID: apple,
          content: major >= 19 ? .unit(2) : .units(Quantity(12))
        )
    )
    #expect(mirror.locations.values.map(\.name) == ["WH/A1"])
    #expect(mirror.lots[lot]?.expires == 2000)
    #expect(mirror.packages[package]?.locationID == bin)
    #expect(mirror.types.count == 7)
    #expect(mirror.units.first { $0.id == 2 }?.ratio == Quantity(12))
  }

  @Test func readsOnlyWhatWasWritten() throws {
    var odoo = FakeOdoo(major: 18)
    let ids = (0..<2500).map { _ in product(&odoo) }
    var refresh = MirrorRefresh(major: 18)
    var mirror = MirrorCopy()
    _ = try mirror.refresh(&refresh, .batch, &odoo)
    #expect(mirror.products.count == 2500)
    odoo.clock += 600
    _ = try mirror.refresh(&refresh, .batch, &odoo)
    odoo.clock += 600
    odoo.put("product.product", ids[0], ["barcode": "new"])
    odoo.put("product.product", ids[1], ["active": false])
    odoo.put("product.product", ids[2], ["type": "service"])
    let summary = try mirror.refresh(&refresh, .batch, &odoo)
    #expect(summary.records == 1)
    #expect(mirror.products.count == 2498)
    #expect(mirror.products[ids[0]]?.barcode == "new")
  }

  @Test func findsDeletionsByComparingIDs() throws {
    var odoo = FakeOdoo(major: 18)
    let ids = (0..<5200).map { _ in product(&odoo) }
    var refresh = MirrorRefresh(major: 18)
    var mirror = MirrorCopy()
    _ = try mirror.refresh(&refresh, .batch, &odoo)
    for index in [0, 2600, 5100, 5199] { odoo.tables["product.product"]?[ids[index]] = nil }
    odoo.clock += 600
    _ = try mirror.refresh(&refresh, .batch, &odoo)
    #expect(mirror.products.count == 5200)
    _ = try mirror.refresh(&refresh, .masterData(.compare), &odoo)
    #expect(mirror.products.count == 5196)
    #expect(mirror.products[ids[0]] == nil)
    #expect(mirror.products[ids[5198]] != nil)
  }

  @Test func aFirstLoadGoesOnWhereItStopped() throws {
    var odoo = FakeOdoo(major: 18)
    for _ in 0..<3500 { _ = product(&odoo) }
    var refresh = MirrorRefresh(major: 18)
    var mirror = MirrorCopy()
    var step = refresh.start(.batch, startedAt: 1)
    var pages = 0
    running: while true {
      switch step {
      case .call(let call):
        if call.model == "product.product", call.arguments["limit"] == 1000 { pages += 1 }
        step =
          pages == 3
          ? refresh.resume(
            .failure(OdooFailure(kind: .unanswered, name: "timeout", message: ""))
          ) : refresh.resume(odoo.answer(call))
      case .apply(let change):
        mirror.apply(change)
        step = refresh.proceed()
      case .finished, .failed: break running
      }
    }
    #expect(mirror.products.count == 2000)
    var restarted = MirrorRefresh(
      major: 18,
      state: MirrorState(json: try JSON.parse(refresh.state.json.bytes))
    )
    let summary = try mirror.refresh(&restarted, .batch, &odoo)
    #expect(summary.records == 1500)
    #expect(mirror.products.count == 3500)
    #expect(restarted.state.hasMasterData)
  }

  @Test(arguments: [17, 18, 19])
  func readsPackageTypesAndTheStepsOfWarehouses(major: Int) throws {
    var odoo = FakeOdoo(major: major)
    odoo.put(
      "stock.warehouse",
      7,
      ["code": "TM", "delivery_steps": "pick_pack_ship", "reception_steps": "three_steps"]
    )
    let box = odoo.make(
      "stock.package.type",
      [
        "name": "Box", "barcode": "BOX", "base_weight": .number("0.4"),
        "max_weight": .number("30.0"),
      ]
    )
    let bare = odoo.make("stock.package.type", ["name": "Bare", "barcode": false])
    let package = odoo.make(
      odoo.packageModel,
      ["name": "P1", "location_id": false, "package_type_id": .int(box)]
    )
    var refresh = MirrorRefresh(major: major)
    var mirror = MirrorCopy()
    _ = try mirror.refresh(&refresh, .batch, &odoo)
    #expect(mirror.packageTypes[box]?.tare == Quantity(millionths: 400_000))
    #expect(mirror.packageTypes[box]?.heaviest == Quantity(30))
    #expect(mirror.packageTypes[bare] == PackageType(id: bare, name: "Bare"))
    #expect(mirror.packages[package]?.typeID == box)
    #expect(mirror.warehouses.map(\.code) == ["TM"])
    #expect(mirror.warehouses.first?.route.delivery == [.pick, .pack, .ship])
    #expect(mirror.warehouses.first?.route.reception == [.receive, .move, .move])
  }

  @Test func aModelThatIsNotThereIsNotAskedFor() throws {
    var odoo = FakeOdoo(major: 18)
    var refresh = MirrorRefresh(major: 18, fields: ["stock.package.type": []])
    var mirror = MirrorCopy()
    let summary = try mirror.refresh(&refresh, .batch, &odoo)
    #expect(summary.skipped.isEmpty)
    #expect(refresh.state.hasMasterData)
    #expect(!odoo.calls.contains { $0.model == "stock.package.type" })
  }

  @Test func aTableThatIsRefusedDoesNotHoldTheOthersBack() throws {
    var odoo = FakeOdoo(major: 18)
    _ = product(&odoo)
    odoo.refused = ["product.packaging"]
    var refresh = MirrorRefresh(major: 18)
    var mirror = MirrorCopy()
    let summary = try mirror.refresh(&refresh, .batch, &odoo)
    #expect(summary.skipped.keys.map(\.rawValue) == ["packagings"])
    #expect(mirror.products.count == 1)
    #expect(!refresh.state.hasMasterData)
    odoo.refused = []
    _ = try mirror.refresh(&refresh, .batch, &odoo)
    #expect(refresh.state.hasMasterData)
  }

  @Test func aLateCommitIsFound() throws {
    var odoo = FakeOdoo(major: 18)
    odoo.clock = 5000
    let id = product(&odoo)
    var refresh = MirrorRefresh(major: 18)
    var mirror = MirrorCopy()
    _ = try mirror.refresh(&refresh, .batch, &odoo)
    odoo.clock += 60
    odoo.put("product.product", id, ["barcode": "late"], at: odoo.clock - 115)
    _ = try mirror.refresh(&refresh, .batch, &odoo)
    #expect(mirror.products[id]?.barcode == "late")
  }
}
