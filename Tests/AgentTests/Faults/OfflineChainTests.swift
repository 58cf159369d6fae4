internal import JSON
internal import OdooSimulator
internal import TestKit
internal import Testing

/// While Odoo is away an order is picked, packed and shipped.
///
/// Since 18 its pack and ship do not even exist yet. Later all of it becomes true, step by step.
@Suite struct OfflineChainTests {
  @Test(arguments: OdooVersion.allCases)
  func threeStepsInARow(_ version: OdooVersion) throws {
    let box = try Box(version)
    try box.start()
    let pick = try box.order(warehouse: "TM3", [("TM-1001", 2), ("TM-1002", 1)])
    box.odoo.admin.goDown()
    let scanner = Scanner("s1", box)
    for step in ["pick", "pack"] {
      let opened = try scanner.scan(pick)
      #expect(opened.code == "opened", "\(step): \(opened.json.text)")
      for product in [1, 1, 2] { try scanner.scan(Code.product(product)) }
      if step == "pack" { try scanner.scan("PACK7000009") }
      let closed = try scanner.scan(Code.validate)
      #expect(closed.code == "confirmed", "\(step): \(closed.json.text)")
    }
    // The package is all that the one who loads it has.
    let loaded = try scanner.scan("PACK7000009")
    #expect(["opened", "complete"].contains(loaded.code), "\(loaded.json.text)")
    if loaded.code == "opened" { try scanner.scan("PACK7000009") }
    let shipped = try scanner.scan(Code.validate)
    #expect(shipped.code == "confirmed", "\(shipped.json.text)")
    try box.odoo.admin.comeUp()
    try box.waitForAll("applied", count: 3)
    let transfers = box.odoo.admin.state()["transfers"]?.array ?? []
    #expect(transfers.compactMap { $0["type"]?.string }.sorted() == ["OUT", "PACK", "PICK"])
    for transfer in transfers {
      let name = try #require(transfer["name"]?.string)
      try box.expectValidatedOnce(name, ["TM-1001": 2, "TM-1002": 1])
    }
    let delivered = box.odoo.admin.state()["orders"]?[0]?["lines"]?.array?.compactMap {
      $0["delivered"]?.double
    }
    #expect(delivered == [2, 1])
  }
}

extension Box {
  /// Waits until so many confirmations are in a state, whatever their transfers are called.
  fileprivate func waitForAll(_ state: String, count: Int) throws {
    let journal = try journal()
    var seen: [SQLiteFile.Row] = []
    do {
      try eventually("\(count) confirmations are \(state)", within: .seconds(40)) {
        seen = try journal.rows("SELECT transfer, state, category, reason FROM confirmation")
        return seen.count { $0["state"] == state } == count
      }
    } catch {
      throw TestKitError.unexpected("\(error); \(seen.map(\.values))")
    }
  }
}
