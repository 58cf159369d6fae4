internal import Floor
internal import JSON
internal import Odoo
internal import OdooSimulator
internal import Testing

/// What a version or a module decides: types and containers of packages, dates of lots.
@Suite("Packages and lots by version")
struct PackageTests {
  private func notes(_ outcome: ApplyOutcome) -> [String]? {
    if case .applied(let applied) = outcome { applied.notes } else { nil }
  }

  @Test("packages get their type, and a container where Odoo knows it", arguments: Setup.all)
  func typesAndContainers(_ setup: Setup) throws {
    let chain = try ChainBench(setup)
    let order = try chain.admin.order([("TM-1001", 5)])
    let id = try #require(order.at(pointer: "/transfers/0/id")?.int)
    let product = try #require(order.at(pointer: "/transfers/0/moves/0/product_id")?.int)
    var ship = chain.closed(.transfer(id), .ship, [], seen: try chain.seen(id))
    ship.lines = [
      .init(productID: product, package: "BOX-1", quantity: Quantity(3)),
      .init(productID: product, package: "BOX-2", quantity: Quantity(2)),
    ]
    ship.packages = [
      .init(name: "BOX-1", weight: Quantity(4), typeID: 2, parent: "PAL-1"),
      .init(name: "BOX-2", typeID: 2, parent: "PAL-1"), .init(name: "PAL-1", typeID: 1),
    ]
    let notes = try #require(notes(try chain.apply(ship)), "\(chain.outcomes)")
    #expect(notes.contains { $0.contains("since version 19") } == (setup.version < .v19))
    let all = chain.admin.state()["packages"]?.array ?? []
    func package(_ name: String) -> JSON? { all.first { $0["name"]?.string == name } }
    #expect(package("BOX-1")?["type"] == "Box")
    #expect(package("BOX-1")?["shipping_weight"]?.double == 4)
    #expect(package("BOX-2")?["type"] == "Box")
    #expect(all.filter { $0["name"]?.string?.hasPrefix("BOX") == true }.count == 2)
    guard setup.version >= .v19 else {
      #expect(package("PAL-1") == nil)
      return
    }
    #expect(package("PAL-1")?["type"] == "Pallet")
    #expect(package("BOX-1")?["parent"] == "PAL-1")
    #expect(package("BOX-2")?["parent"] == "PAL-1")
  }

  @Test("a package that is there gets the type that was scanned", arguments: Setup.all)
  func existingPackage(_ setup: Setup) throws {
    let chain = try ChainBench(
      setup,
      seed: [
        "products": [["code": "X"]],
        "stock": [
          ["product": "X", "location": "WH/Stock", "quantity": 3, "package": "P-9"]
        ],
      ]
    )
    let order = try chain.admin.order([("X", 3)])
    let id = try #require(order.at(pointer: "/transfers/0/id")?.int)
    let product = try #require(order.at(pointer: "/transfers/0/moves/0/product_id")?.int)
    var ship = chain.closed(.transfer(id), .ship, [], seen: try chain.seen(id))
    ship.lines = [
      .init(productID: product, sourcePackage: "P-9", package: "P-9", quantity: Quantity(3))
    ]
    ship.packages = [.init(name: "P-9", typeID: 1)]
    #expect(notes(try chain.apply(ship)) == [], "\(chain.outcomes)")
    let package = chain.admin.state()["packages"]?.array?.first { $0["name"] == "P-9" }
    #expect(package?["type"] == "Pallet")
  }

  @Test(
    "a lot that came in gets the date of its label",
    arguments: Setup.all,
    [true, false]
  )
  func expiry(_ setup: Setup, _ isKept: Bool) throws {
    let chain = try ChainBench(setup, without: isKept ? [] : [.expiry])
    let receipt = try chain.admin.receipt([("TM-1004", 5)])
    let id = try #require(receipt["id"]?.int)
    let product = try #require(receipt.at(pointer: "/moves/0/product_id")?.int)
    var receive = chain.closed(.transfer(id), .receive, [], seen: try chain.seen(id))
    receive.lines = [
      .init(productID: product, lot: "NEW-1", quantity: Quantity(3), expires: 1_830_297_600_000),
      .init(productID: product, lot: "NEW-2", quantity: Quantity(2), expires: 1_861_833_600_000),
    ]
    let notes = try #require(notes(try chain.apply(receive)), "\(chain.outcomes)")
    #expect(notes.contains { $0.contains("Expiration dates") } != isKept)
    let lots = chain.admin.state()["lots"]?.array ?? []
    func date(_ name: String) -> String? {
      lots.first { $0["name"]?.string == name }?["expires"]?.string
    }
    #expect(lots.contains { $0["name"] == "NEW-1" })
    #expect(date("NEW-1") == (isKept ? "2028-01-01 00:00:00" : nil))
    #expect(date("NEW-2") == (isKept ? "2028-12-31 00:00:00" : nil))
  }
}
