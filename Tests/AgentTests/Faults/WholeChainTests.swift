internal import JSON
internal import OdooSimulator
internal import TestKit
internal import Testing

/// Goods with lots, serial numbers, packages and weights, through one step and through three.
@Suite struct WholeChainTests {
  @Test(arguments: OdooVersion.allCases)
  func oneStep(_ version: OdooVersion) throws {
    let box = try Box(version)
    try box.start()
    let name = try box.order(Self.lines)
    let scanner = Scanner("s1", box)
    #expect(try scanner.scan(name).code == "opened")
    try count(Self.goods("WH"), with: scanner)
    try scanner.scan("PACK7000001")
    #expect(try scanner.ask("weight", ["value": .double(4.25), "unit": "kg"]).code == "weighed")
    let shipped = try scanner.ask(
      "ship",
      ["transfer": .string(name), "tracking": "1Z999AA10123456784", "validate": true]
    )
    #expect(shipped.code == "confirmed", "\(shipped.json.text)")
    try box.waitFor("applied", of: name)
    try box.expectValidatedOnce(name, Self.quantities)
    try box.expectGoods(name, Self.goods("WH"), package: "PACK7000001")
    #expect(try box.transfer(name)["tracking"]?.string == "1Z999AA10123456784")
    let packages = box.odoo.admin.state()["packages"]?.array ?? []
    let package = packages.filter { $0["name"]?.string == "PACK7000001" }
    #expect(package.count == 1 && package.first?["shipping_weight"]?.double == 4.25)
  }

  @Test(arguments: OdooVersion.allCases)
  func threeSteps(_ version: OdooVersion) throws {
    let box = try Box(version)
    try box.start()
    let scanner = Scanner("s1", box)
    let pick = try box.order(warehouse: "TM3", Self.lines)
    #expect(try scanner.scan(pick).code == "opened")
    try count(Self.goods("TM3"), with: scanner)
    #expect(try scanner.scan(Code.validate).code == "confirmed")
    try box.waitFor("applied", of: pick)
    try box.expectValidatedOnce(pick, Self.quantities)
    try box.expectGoods(pick, Self.goods("TM3"), package: nil)

    let pack = try box.next(after: pick)
    #expect(try scanner.scan(pack).code == "opened")
    try count(Self.goods("TM3"), with: scanner)
    try scanner.scan("PACK7000002")
    #expect(try scanner.ask("weight", ["value": "5.125", "unit": "kg"]).code == "weighed")
    #expect(try scanner.scan(Code.validate).code == "confirmed")
    try box.waitFor("applied", of: pack)
    try box.expectValidatedOnce(pack, Self.quantities)
    try box.expectGoods(pack, Self.goods("TM3"), package: "PACK7000002")

    let ship = try box.next(after: pack)
    #expect(try scanner.scan(ship).code == "opened")
    let loaded = try scanner.scan("PACK7000002")
    #expect(loaded.code == "complete", "\(loaded.json.text)")
    let shipped = try scanner.ask(
      "ship",
      ["transfer": .string(ship), "tracking": "00340434161094015902", "validate": true]
    )
    #expect(shipped.code == "confirmed", "\(shipped.json.text)")
    try box.waitFor("applied", of: ship)
    try box.expectValidatedOnce(ship, Self.quantities)
    try box.expectGoods(ship, Self.goods("TM3"), package: "PACK7000002")
    #expect(try box.transfer(ship)["tracking"]?.string == "00340434161094015902")
    let packages = box.odoo.admin.state()["packages"]?.array ?? []
    let package = packages.filter { $0["name"]?.string == "PACK7000002" }
    #expect(package.count == 1 && package.first?["shipping_weight"]?.double == 5.125)
    let delivered = box.odoo.admin.state()["orders"]?[0]?["lines"]?.array?.compactMap {
      $0["delivered"]?.double
    }
    #expect(delivered == [2, 2, 2])
  }

  private static let lines: [(product: String, quantity: Double)] = [
    ("TM-1001", 2), ("TM-1012", 2), ("TM-1005", 2),
  ]
  private static let quantities = ["TM-1001": 2.0, "TM-1012": 2.0, "TM-1005": 2.0]

  /// What is scanned: other lots and numbers than the first ones, which Odoo reserves.
  fileprivate static func goods(_ warehouse: String) -> [Goods] {
    [
      Goods(product: 1, lot: nil, quantity: 2),
      Goods(product: 12, lot: "L2611-\(warehouse)-B", quantity: 2),
      Goods(product: 5, lot: "SN1004\(warehouse)1007", quantity: 1),
      Goods(product: 5, lot: "SN1004\(warehouse)1008", quantity: 1),
    ]
  }

  private func count(_ goods: [Goods], with scanner: Scanner) throws {
    for item in goods {
      for _ in 0..<item.quantity {
        var answer = try scanner.scan(Code.product(item.product))
        if let lot = item.lot {
          #expect(answer.code == "scan_lot", "\(answer.json.text)")
          answer = try scanner.scan(lot)
        }
        #expect(["counted", "complete"].contains(answer.code), "\(answer.json.text)")
      }
    }
  }
}

/// Counted goods.
private struct Goods: Hashable {
  var product: Int
  var lot: String?
  var quantity: Int
}

extension Box {
  /// Expects exactly these goods on the done lines of a transfer.
  fileprivate func expectGoods(
    _ name: String,
    _ goods: [Goods],
    package: String?,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    var done: [String: Double] = [:]
    for move in try transfer(name)["moves"]?.array ?? [] {
      for line in move["lines"]?.array ?? [] {
        let key = [
          line["product"]?.string, line["lot"]?.string, line["result_package"]?.string,
        ].map { $0 ?? "-" }.joined(separator: " ")
        done[key, default: 0] += line["quantity"]?.double ?? 0
      }
    }
    var expected: [String: Double] = [:]
    for item in goods {
      let key = "TM-\(1000 + item.product) \(item.lot ?? "-") \(package ?? "-")"
      expected[key, default: 0] += Double(item.quantity)
    }
    #expect(done == expected, "\(name)", sourceLocation: sourceLocation)
  }

  /// Waits for the transfer that follows a validated one; since 18 Odoo makes it only then.
  fileprivate func next(after name: String) throws -> String {
    let moves = try transfer(name)["moves"]?.array ?? []
    let following = Set(moves.flatMap { $0["move_dest_ids"]?.array?.compactMap(\.int) ?? [] })
    let transfers = odoo.admin.state()["transfers"]?.array ?? []
    let found = transfers.first { transfer in
      transfer["moves"]?.array?.contains { following.contains($0["id"]?.int ?? 0) } == true
    }
    guard let next = found?["name"]?.string else {
      throw TestKitError.unexpected("nothing follows \(name)")
    }
    try waitForMirror(of: next)
    return next
  }
}
