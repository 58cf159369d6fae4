import Floor
import JSON
import Odoo
import Testing

@Suite("Apply plan")
struct ApplyPlanTests {
  @Test(
    "a counted delivery becomes one validated transfer and a backorder",
    arguments: [17, 18, 19]
  )
  func appliesPartially(version: Int) throws {
    let scenario = Scenario(version)
    var driver = ApplyDriver(scenario.odoo, scenario.confirmation)
    let outcome = driver.run()
    #expect(scenario.wrongs(outcome) == [])
    guard case .applied(let applied) = outcome else { return }
    #expect(!applied.wasAlreadyDone)
    #expect(applied.backorders.map(\.id) == scenario.odoo.pickings[0].backorders)
    #expect(applied.backorders.allSatisfy { $0.name.hasPrefix("WH/OUT/") })
    #expect(applied.nextMoves == [900, 901])
    #expect(driver.waited == .zero)
    // Only what may repeat itself harmlessly is ever called.
    let writes = driver.calls.filter(\.writes)
    #expect(writes.allSatisfy { ["load", "write", "button_validate"].contains($0.method) })
    #expect(writes.filter { $0.model == "stock.picking" && $0.method == "write" }.count == 1)
    #expect(writes.last?.context["skip_backorder"] == true)
    #expect(writes.last?.context["skip_sms"] == true)
    #expect(writes.last?.context["skip_expired"] == true)
    #expect(writes.last?.context["picking_ids_not_to_backorder"] == nil)
    #expect(driver.calls.allSatisfy { $0.writes != $0.method.hasSuffix("search_read") })
  }

  @Test("quantities go out as exact numbers")
  func writesExactQuantities() throws {
    var scenario = Scenario(18)
    scenario.odoo.moves[3].demand = try #require(Quantity("0.3"))
    scenario.confirmation.seen[3].demand = try #require(Quantity("0.3"))
    scenario.confirmation.lines[6].quantity = try #require(Quantity("0.3"))
    scenario.odoo.lines.removeLast()
    var driver = ApplyDriver(scenario.odoo, scenario.confirmation)
    #expect(scenario.wrongs(driver.run()) == [])
    let write = driver.calls.first { $0.model == "stock.picking" && $0.method == "write" }
    let commands = write?.arguments["vals"]?["move_line_ids"]?.array ?? []
    let line = commands.first { $0[1] == 1005 }
    #expect(line?[2] == ["quantity": .number("0.3"), "picked": true])
  }

  @Test("goods reserved from two bins are taken from both")
  func spreadsOverBins() throws {
    let scenario = Scenario(18)
    var driver = ApplyDriver(scenario.odoo, scenario.confirmation)
    _ = driver.run()
    let done = scenario.odoo.lines.filter { $0.productID == 4 }.map { "\($0.id):\($0.quantity)" }
    #expect(done == ["1005:2", "1006:1"])
  }

  @Test("the rest is dropped when told so")
  func dropsTheRest() throws {
    var scenario = Scenario(18)
    scenario.confirmation.rest = .drop
    var driver = ApplyDriver(scenario.odoo, scenario.confirmation)
    #expect(scenario.wrongs(driver.run()) == [])
    #expect(driver.calls.filter(\.writes).last?.context["picking_ids_not_to_backorder"] == [10])
    #expect(scenario.odoo.pickings[0].backorders == [])
  }

  @Test("a whole package goes on the line that Odoo reserved from it")
  func movesWholePackages() throws {
    let odoo = FakeOdoo(version: OdooVersion(major: 19))
    odoo.pickings = [.init(id: 10, name: "WH/OUT/1")]
    odoo.packages = [
      .init(id: 1, name: "P1", locationID: 8), .init(id: 2, name: "P2", locationID: 8),
    ]
    odoo.moves = [.init(id: 100, pickingID: 10, productID: 1, demand: Quantity(4))]
    for (id, package) in [(1000, 1), (1001, 2)] {
      odoo.lines.append(
        .init(
          id: id,
          pickingID: 10,
          moveID: 100,
          productID: 1,
          quantity: Quantity(2),
          packageID: package,
          resultPackageID: package
        )
      )
    }
    var confirmation = Scenario(19).confirmation
    confirmation.lines = [
      .init(productID: 1, sourcePackage: "P2", package: "P2", quantity: Quantity(2))
    ]
    confirmation.packages = [.init(name: "P2", weight: Quantity(7))]
    confirmation.tracking = nil
    confirmation.seen = [.init(moveID: 100, productID: 1, demand: Quantity(4))]
    var driver = ApplyDriver(odoo, confirmation)
    guard case .applied = driver.run() else {
      Issue.record("not applied")
      return
    }
    #expect(odoo.lines.map(\.id) == [1001])
    #expect(odoo.moved == [.init(product: 1, lot: nil, package: "P2"): Quantity(2)])
    #expect(odoo.packages[1].weight == Quantity(7))
  }

  @Test("a receipt makes the lots that Odoo does not know, and uses those it knows")
  func receivesLots() throws {
    let odoo = FakeOdoo(version: OdooVersion(major: 18))
    odoo.pickings = [.init(id: 10, name: "WH/IN/1")]
    odoo.lots = [.init(id: 1, name: "OLD", productID: 2)]
    odoo.moves = [.init(id: 100, pickingID: 10, productID: 2, demand: Quantity(10))]
    odoo.lines = [.init(id: 1000, pickingID: 10, moveID: 100, productID: 2, quantity: Quantity(10))]
    var confirmation = Scenario(18).confirmation
    confirmation.step = .receive
    confirmation.lines = [
      .init(productID: 2, lot: "NEW", quantity: Quantity(6)),
      .init(productID: 2, lot: "OLD", quantity: Quantity(4)),
    ]
    confirmation.packages = []
    confirmation.tracking = nil
    confirmation.seen = [.init(moveID: 100, productID: 2, demand: Quantity(10))]
    var driver = ApplyDriver(odoo, confirmation)
    guard case .applied = driver.run() else {
      Issue.record("not applied")
      return
    }
    #expect(
      odoo.moved == [
        .init(product: 2, lot: "NEW"): Quantity(6), .init(product: 2, lot: "OLD"): Quantity(4),
      ]
    )
  }

  @Test("a lot that somebody's validation makes between two reads is found")
  func findsLotsMadeMeanwhile() throws {
    let odoo = FakeOdoo(version: OdooVersion(major: 18))
    odoo.pickings = [.init(id: 10, name: "WH/IN/1")]
    odoo.moves = [.init(id: 100, pickingID: 10, productID: 2, demand: Quantity(6))]
    odoo.lines = [
      .init(
        id: 1000,
        pickingID: 10,
        moveID: 100,
        productID: 2,
        quantity: Quantity(6),
        picked: true,
        lotName: "NEW"
      )
    ]
    var confirmation = Scenario(18).confirmation
    confirmation.step = .receive
    confirmation.lines = [.init(productID: 2, lot: "NEW", quantity: Quantity(6))]
    confirmation.packages = []
    confirmation.tracking = nil
    confirmation.seen = [.init(moveID: 100, productID: 2, demand: Quantity(6))]
    var driver = ApplyDriver(odoo, confirmation)
    driver.meanwhile = { number, _ in
      guard number == 2 else { return }
      _ = odoo.call(OdooCall("stock.picking", "button_validate", ids: [10], writes: true))
    }
    guard case .applied(let applied) = driver.run() else {
      Issue.record("not applied")
      return
    }
    #expect(applied.backorders == [])
    // Nothing of the write was carried out on the done transfer.
    #expect(odoo.pickings[0].validations == 1)
    #expect(odoo.moved == [.init(product: 2, lot: "NEW"): Quantity(6)])
  }

  @Test("more than was reserved is written as it was counted")
  func exceedsTheReservation() throws {
    let scenario = Scenario(18)
    scenario.odoo.lines[0].quantity = Quantity(1)
    var driver = ApplyDriver(scenario.odoo, scenario.confirmation)
    #expect(scenario.wrongs(driver.run()) == [])
  }

  @Test("what nobody reserved gets lines of its own")
  func makesLinesWithoutReservation() throws {
    let scenario = Scenario(17)
    scenario.odoo.lines = []
    scenario.odoo.pickings[0].state = "confirmed"
    var driver = ApplyDriver(scenario.odoo, scenario.confirmation)
    #expect(scenario.wrongs(driver.run()) == [])
  }

  @Test("databases without delivery modules get no tracking and weight, and say so")
  func livesWithoutDelivery() throws {
    let scenario = Scenario(18)
    var fields = OdooFields(version: scenario.odoo.version)
    for (model, names) in fields.required {
      fields.learn(model, .object(names.reduce(into: [:]) { $0[$1] = [:] }))
    }
    #expect(fields.missing == [])
    var plan = ApplyPlan(confirmation: scenario.confirmation, transferID: 10, fields: fields)
    var step = plan.start()
    while case .call(let call) = step {
      let text = JSON.object(call.arguments).text
      #expect(!text.contains("carrier_tracking_ref"))
      #expect(!text.contains("shipping_weight"))
      step = plan.resume(scenario.odoo.call(call))
    }
    guard case .finished(.applied(let applied)) = step else {
      Issue.record("\(step)")
      return
    }
    #expect(applied.notes.count == 2)
  }

  @Test("an everyday transfer takes four calls, and one more where packages are made")
  func countsItsCalls() {
    var scenario = Scenario(18)
    scenario.confirmation.lines = [
      .init(productID: 1, quantity: Quantity(5)), .init(productID: 4, quantity: Quantity(3)),
    ]
    scenario.confirmation.packages = []
    var driver = ApplyDriver(scenario.odoo, scenario.confirmation)
    _ = driver.run()
    let methods = ["web_search_read", "write", "button_validate", "web_search_read"]
    #expect(driver.calls.map(\.method) == methods)
  }

  @Test("lines in another unit than their move's are written and compared in their own")
  func convertsUnits() throws {
    // Two dozen were asked for; Odoo reserved 24 pieces from one bin, as it does for odd amounts.
    let odoo = FakeOdoo(version: OdooVersion(major: 18))
    odoo.pickings = [.init(id: 10, name: "WH/OUT/1")]
    odoo.moves = [.init(id: 100, pickingID: 10, productID: 1, demand: Quantity(2), unit: 2)]
    odoo.lines = [
      .init(id: 1000, pickingID: 10, moveID: 100, productID: 1, quantity: Quantity(24))
    ]
    var confirmation = Scenario(18).confirmation
    // 7 pieces are 0.583333 dozen.
    confirmation.lines = [.init(productID: 1, quantity: try #require(Quantity("0.583333")))]
    confirmation.packages = []
    confirmation.tracking = nil
    confirmation.seen = [
      .init(moveID: 100, productID: 1, demand: Quantity(2), factor: Quantity(12))
    ]
    var driver = ApplyDriver(odoo, confirmation)
    guard case .applied = driver.run() else {
      Issue.record("not applied")
      return
    }
    #expect(odoo.moved == [.init(product: 1): Quantity(7)])
  }

  @Test("fields that a server lacks are listed")
  func listsMissingFields() {
    var fields = OdooFields(version: OdooVersion(major: 19))
    fields.learn("stock.move.line", ["quantity": [:]])
    #expect(fields.missing.contains("stock.move.line.picked"))
    #expect(!fields.missing.contains("stock.move.line.quantity"))
    #expect(fields.packageModel == "stock.package")
  }
}
