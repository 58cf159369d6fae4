internal import JSON
internal import OdooSimulator
internal import Testing

/// Rules that the recordings cannot show, because no request reads them.
@Suite("Simulator rules")
struct RuleTests {
  @Test("a second validation moves no stock", arguments: OdooVersion.allCases)
  func secondValidationMovesNothing(_ version: OdooVersion) throws {
    let server = try OdooSimulatorServer.start(version: version)
    defer { server.stop() }
    let calls = RemoteCalls(server: server)
    let transfer = try server.transfer()
    #expect(try calls.validate(transfer) == .result(true))
    let stock = server.admin.state()["quants"]
    _ = try calls.validate(transfer)
    #expect(server.admin.state()["quants"] == stock)
    #expect(server.dumped(transfer)["validated_count"] == 1)
  }

  @Test("an error keeps nothing of the call", arguments: OdooVersion.allCases)
  func errorsKeepNothing(_ version: OdooVersion) throws {
    let server = try OdooSimulatorServer.start(version: version)
    defer { server.stop() }
    for calls in RemoteCalls.all(server) {
      let transfer = try server.transfer()
      let before = server.dumped(transfer)
      let line = before.at(pointer: "/moves/0/lines/0/id") ?? .null
      let answer = try calls.call(
        "stock.picking",
        "write",
        ids: [transfer],
        [
          "vals": [
            "carrier_tracking_ref": "T",
            "move_line_ids": [[1, line, ["quantity": 1]], [1, 99_999_999, ["quantity": 1]]],
          ]
        ]
      )
      #expect(answer.name == "odoo.exceptions.MissingError")
      #expect(server.dumped(transfer) == before)
    }
  }

  @Test("writing to a done line moves stock since 19, and is refused before")
  func doneLinesMoveStock() throws {
    for version in OdooVersion.allCases {
      let server = try OdooSimulatorServer.start(version: version)
      defer { server.stop() }
      let calls = RemoteCalls(server: server)
      let transfer = try server.transfer()
      #expect(try calls.validate(transfer) == .result(true))
      let line = server.dumped(transfer).at(pointer: "/moves/0/lines/0/id")?.int ?? 0
      let before = try shipped(server)
      let answer = try calls.call(
        "stock.move.line",
        "write",
        ids: [line],
        ["vals": ["quantity": 3]]
      )
      #expect(answer.name == (version < .v19 ? "odoo.exceptions.AccessError" : nil))
      #expect(try shipped(server) == (version < .v19 ? before : before - 2))
      #expect(server.dumped(transfer)["done_edits"]?.int == (version < .v19 ? 0 : 1))
    }
  }

  private func shipped(_ server: OdooSimulatorServer) throws -> Double {
    let quants = server.admin.state()["quants"]?.array ?? []
    let there = quants.filter { $0["location"]?.string?.hasSuffix("Customers") ?? false }
    return there.reduce(0) { $0 + ($1["quantity"]?.double ?? 0) }
  }

  @Test("load under an external id updates what it made", arguments: OdooVersion.allCases)
  func loadIsAnUpsert(_ version: OdooVersion) throws {
    let server = try OdooSimulatorServer.start(version: version)
    defer { server.stop() }
    for calls in RemoteCalls.all(server) {
      let transfer = try server.transfer()
      let move = server.dumped(transfer).at(pointer: "/moves/0/id")?.int ?? 0
      let id = "__tallyman__.line_\(transfer)"
      let row: JSON = [.string(id), .string(String(transfer)), .string(String(move)), "2", "1"]
      let named: JSONObject = [
        "fields": ["id", "picking_id/.id", "move_id/.id", "quantity", "picked"], "data": [row],
      ]
      let first = try calls.call("stock.move.line", "load", named)
      #expect(first.value?["ids"]?.array?.count == 1)
      #expect(try calls.call("stock.move.line", "load", named) == first)
      let quantities = server.dumped(transfer).at(pointer: "/moves/0/quantity")?.double
      #expect(quantities == 7)
    }
  }

  @Test("the state outlives the simulator")
  func stateOutlivesTheSimulator() throws {
    let path = "/tmp/odoo-simulator-test-\(UInt64.random(in: 0...UInt64.max)).state"
    defer { SharedFiles.remove(path) }
    var options = OdooSimulatorServer.Options()
    options.stateFile = path
    for version in [OdooVersion.v18] {
      let first = try OdooSimulatorServer.start(version: version, options: options)
      let transfer = try first.transfer([("TM-1001", 5), ("TM-1005", 1)])
      #expect(try RemoteCalls(server: first).validate(transfer) == .result(true))
      try first.admin.perform("users", ["add_key": "second-key"])
      let before = first.admin.state()
      first.stop()
      SharedFiles.append("{\"version\":18,\"rows\":[[\"stock.pick", to: path)
      let second = try OdooSimulatorServer.start(version: version, options: options)
      defer { second.stop() }
      for part in ["transfers", "quants", "packages", "orders"] {
        #expect(second.admin.state()[part] == before[part], "\(part)")
      }
      let calls = RemoteCalls(server: second, key: "second-key")
      #expect(try calls.validate(second.transfer()) == .result(true))
    }
  }

  @Test("people's deeds are done as an administrator", arguments: OdooVersion.allCases)
  func peopleActBehindTheAgent(_ version: OdooVersion) throws {
    let server = try OdooSimulatorServer.start(version: version)
    defer { server.stop() }
    let order = try server.admin.order([("TM-1001", 5)])
    let name = order.at(pointer: "/transfers/0/name") ?? .null
    let line = order.at(pointer: "/transfers/0/moves/0/lines/0/id") ?? .null
    let set = try server.admin.person(["do": "set_line", "line": line, "quantity": 2])
    #expect(set.at(pointer: "/moves/0/quantity")?.double == 2)
    let more = try server.admin.person([
      "do": "change_order", "order": order["name"] ?? .null, "product": "TM-1001", "quantity": 8,
    ])
    #expect(more.at(pointer: "/transfers/0/moves/0/demand")?.double == 8)
    let extra = try server.admin.person([
      "do": "add_line", "transfer": name, "product": "TM-1002", "quantity": 1,
    ])
    #expect(extra["moves"]?.array?.count == 2)
    let cancelled = try server.admin.person(["do": "cancel_order", "order": order["name"] ?? .null])
    #expect(cancelled.at(pointer: "/transfers/0/state") == "cancel")
    #expect(throws: SimulatorError.self) { try server.admin.person(["do": "nothing"]) }
  }
}
