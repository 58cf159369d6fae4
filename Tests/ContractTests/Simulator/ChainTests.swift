internal import JSON
internal import OdooSimulator
internal import Testing

/// Pick, pack, ship with a split pick: whatever the order of the steps, all of it leaves once.
@Suite("Chains")
struct ChainTests {
  @Test(
    "a split pick ships whole, packed together or apart",
    arguments: OdooVersion.allCases,
    [true, false]
  )
  func splitPickShipsWhole(_ version: OdooVersion, _ together: Bool) throws {
    let server = try OdooSimulatorServer.start(version: version)
    defer { server.stop() }
    let calls = RemoteCalls(server: server)
    let order = try server.admin.order(warehouse: "TM3", [("TM-1001", 5)])
    let all = order["transfers"]?.array ?? []
    #expect(all.count == (version == .v17 ? 3 : 1))
    let pick = all.first { $0["type"] == "PICK" } ?? .null
    let line = pick.at(pointer: "/moves/0/lines/0/id")?.int ?? 0
    let written = try calls.call(
      "stock.move.line",
      "write",
      ids: [line],
      ["vals": ["quantity": 4, "picked": true]]
    )
    #expect(written == .result(true))
    let firstPick = pick["id"]?.int ?? 0
    #expect(try calls.validate(firstPick) == .result(true))
    let secondPick = server.dumped(firstPick)["backorder_ids"]?[0]?.int ?? 0
    let firstPack = try #require(open("PACK", server, state: "assigned"))
    let grown = server.dumped(firstPack).at(pointer: "/moves/0/quantity")
    #expect(grown?.double == 4)
    if together {
      #expect(try calls.validate(secondPick) == .result(true))
      #expect(server.dumped(firstPack).at(pointer: "/moves/0/quantity")?.double == 5)
      #expect(try calls.validate(firstPack) == .result(true))
    } else {
      #expect(try calls.validate(firstPack) == .result(true))
      #expect(try calls.validate(secondPick) == .result(true))
      let secondPack = try #require(open("PACK", server, state: "assigned"))
      #expect(server.dumped(secondPack).at(pointer: "/moves/0/quantity")?.double == 1)
      #expect(try calls.validate(secondPack) == .result(true))
    }
    while let ship = open("OUT", server, state: "assigned") {
      #expect(try calls.validate(ship) == .result(true))
    }
    let state = server.admin.state()
    let unfinished = state["transfers"]?.array?.filter { $0["state"] != "done" } ?? []
    #expect(unfinished.isEmpty)
    #expect(state.at(pointer: "/orders/0/lines/0/delivered")?.double == 5)
  }

  private func open(_ type: String, _ server: OdooSimulatorServer, state: String) -> Int? {
    server.admin.state()["transfers"]?.array?
      .first { $0["type"]?.string == type && $0["state"]?.string == state }?["id"]?.int
  }

  @Test("the ship of 17 waits for its pick", arguments: [true, false])
  func shipWaits(_ dropping: Bool) throws {
    let server = try OdooSimulatorServer.start(version: .v17)
    defer { server.stop() }
    try server.admin.order(warehouse: "TM3", [("TM-1001", 5)])
    let ship = try #require(open("OUT", server, state: "waiting"))
    let answer = try RemoteCalls(server: server).validate(ship, dropping: dropping)
    #expect(answer.name == "odoo.exceptions.UserError")
  }
}
