internal import JSON
internal import OdooSimulator
internal import TestKit
internal import Testing

/// Hazard `closed-twice`: while Odoo is away, a transfer is closed in part, and then its rest.
@Suite struct ClosedTwiceTests {
  @Test("two closings of one transfer become two validations with what was counted for each")
  func closedTwice() throws {
    let box = try Box()
    try box.start()
    let name = try box.order([("TM-1001", 5), ("TM-1002", 2)])
    box.odoo.admin.goDown()
    let scanner = Scanner("s1", box)
    try scanner.work(name, [Code.product(1), Code.product(1), Code.product(1)], validations: 2)

    // Odoo, and so the mirror, still shows all of it open.
    let rest = try scanner.scan(name)
    #expect(rest.code == "opened")
    #expect(rest.json["left"]?["total"]?.int == 4)
    try scanner.scan(Code.product(1))
    try scanner.scan(Code.product(1))
    #expect(try scanner.scan(Code.product(1)).code == "too_many")
    try scanner.scan(Code.product(2))
    #expect(try scanner.scan(Code.product(2)).code == "complete")
    #expect(try scanner.scan(Code.validate).code == "confirmed")
    #expect(try scanner.scan(Code.validate).code == "already_closed")
    #expect(try scanner.scan(name).code == "already_closed")

    try box.odoo.admin.comeUp()
    try box.waitFor("applied", of: name, count: 2)
    try box.expectValidatedOnce(name, ["TM-1001": 3])
    let backorders = try box.transfer(name)["backorder_ids"]?.array ?? []
    #expect(backorders.count == 1)
    let transfers = box.odoo.admin.state()["transfers"]?.array ?? []
    let backorder = try #require(transfers.first { $0["id"] == backorders.first })
    let backorderName = try #require(backorder["name"]?.string)
    try box.expectValidatedOnce(backorderName, ["TM-1001": 2, "TM-1002": 2])
    #expect(backorder["backorder_ids"]?.array?.isEmpty == true)
    let delivered = box.odoo.admin.state()["orders"]?[0]?["lines"]?.array?.compactMap {
      $0["delivered"]?.double
    }
    #expect(delivered == [5, 2])
  }
}
