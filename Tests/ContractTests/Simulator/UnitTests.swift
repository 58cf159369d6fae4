internal import JSON
internal import OdooSimulator
internal import Testing

/// Quantities in another unit than the product's: what is written is in the unit of the line.
@Suite("Units of measure")
struct UnitTests {
  private func order(
    _ server: OdooSimulatorServer,
    _ quantity: Double,
    _ unit: JSON = "Dozens"
  ) throws -> JSON {
    let answer = try server.admin.perform(
      "orders",
      [
        "warehouse": "WH",
        "lines": [["product": "TM-1001", "quantity": .double(quantity), "unit": unit]],
      ]
    )
    return answer.at(pointer: "/orders/0/transfers/0") ?? .null
  }

  private func left(_ server: OdooSimulatorServer) -> Double {
    (server.admin.state()["quants"]?.array ?? [])
      .filter { $0["product"] == "TM-1001" && $0["location"]?.string?.hasPrefix("WH/") == true }
      .reduce(0) { $0 + ($1["quantity"]?.double ?? 0) }
  }

  @Test("dozens leave as twelve each", arguments: OdooVersion.allCases)
  func dozensMoveUnits(_ version: OdooVersion) throws {
    let server = try OdooSimulatorServer.start(version: version)
    defer { server.stop() }
    let before = left(server)
    let transfer = try order(server, 2)
    #expect(transfer.at(pointer: "/moves/0/quantity")?.double == 2)
    #expect(transfer.at(pointer: "/moves/0/lines/0/unit") == "Dozens")
    try server.admin.person(["do": "validate", "transfer": transfer["name"] ?? .null])
    #expect(left(server) == before - 24)
    #expect(server.admin.state().at(pointer: "/orders/0/lines/0/delivered")?.double == 2)
  }

  @Test("half a dozen done of two leaves one and a half", arguments: OdooVersion.allCases)
  func restIsInTheSameUnit(_ version: OdooVersion) throws {
    let server = try OdooSimulatorServer.start(version: version)
    defer { server.stop() }
    let before = left(server)
    let transfer = try order(server, 2)
    let line = transfer.at(pointer: "/moves/0/lines/0/id")?.int ?? 0
    let calls = RemoteCalls(server: server)
    let vals: JSON = ["quantity": .double(0.5), "picked": true]
    _ = try calls.call("stock.move.line", "write", ids: [line], ["vals": vals])
    #expect(try calls.validate(transfer["id"]?.int ?? 0) == .result(true))
    #expect(left(server) == before - 6)
    let rest = server.admin.state()["transfers"]?.array?.first { $0["state"] == "assigned" }
    #expect(rest?.at(pointer: "/moves/0/demand")?.double == 1.5)
    #expect(rest?.at(pointer: "/moves/0/unit") == "Dozens")
  }

  @Test("what is not a whole part of a dozen is reserved in units", arguments: OdooVersion.allCases)
  func oddStockIsReservedInUnits(_ version: OdooVersion) throws {
    let server = try OdooSimulatorServer.start(version: version)
    defer { server.stop() }
    try server.admin.seed([
      "products": [["code": "ODD", "name": "Odd"]],
      "stock": [["product": "ODD", "location": "WH/Stock", "quantity": 7]],
    ])
    let answer = try server.admin.perform(
      "orders",
      ["lines": [["product": "ODD", "quantity": 1, "unit": "Dozens"]]]
    )
    let line = answer.at(pointer: "/orders/0/transfers/0/moves/0/lines/0")
    #expect(line?["unit"] == "Units")
    #expect(line?["quantity"]?.double == 7)
    #expect(answer.at(pointer: "/orders/0/transfers/0/moves/0/quantity")?.double == 0.58)
  }
}
