internal import JSON
internal import OdooSimulator
internal import Testing

/// Which write dates a change moves, by version; times of one transaction are one.
@Suite("Write dates")
struct WriteDateTests {
  struct Change: Sendable, CustomTestStringConvertible {
    let name: String
    /// Whether it moves the dates of the transfer up to 18, since 19, of the move, of the line.
    let moves: (old: Bool, new: Bool, move: Bool, line: Bool?)
    let make: @Sendable (RemoteCalls, Row) throws -> RemoteCalls.Answer
    var testDescription: String { name }
  }

  struct Row {
    let transfer: Int
    let move: Int
    let line: Int
  }

  static let changes = [
    Change(name: "quantity", moves: (false, true, true, true)) {
      try $0.call("stock.move.line", "write", ids: [$1.line], ["vals": ["quantity": 2]])
    },
    Change(name: "picked", moves: (false, false, true, true)) {
      try $0.call("stock.move.line", "write", ids: [$1.line], ["vals": ["picked": true]])
    },
    Change(name: "package", moves: (false, true, false, true)) { calls, row in
      let model = calls.server.admin.version.packageModel
      let package = try calls.call(model, "create", ["vals_list": [["name": "P"]]])
      return try calls.call(
        "stock.move.line",
        "write",
        ids: [row.line],
        ["vals": ["result_package_id": package.value?[0] ?? .null]]
      )
    },
    Change(name: "another line", moves: (false, true, true, false)) { calls, row in
      try calls.call(
        "stock.move.line",
        "create",
        ["vals_list": [["move_id": .int(row.move), "quantity": 1]]]
      )
    },
    Change(name: "line removed", moves: (false, true, true, nil)) {
      try $0.call("stock.move.line", "unlink", ids: [$1.line])
    },
    Change(name: "demand", moves: (true, true, true, false)) {
      try $0.call("stock.move", "write", ids: [$1.move], ["vals": ["product_uom_qty": 9]])
    },
    Change(name: "unreserved", moves: (false, true, true, nil)) {
      try $0.call("stock.picking", "do_unreserve", ids: [$1.transfer])
    },
    Change(name: "validated", moves: (true, true, true, true)) { try $0.validate($1.transfer) },
    Change(name: "cancelled", moves: (true, true, true, nil)) {
      try $0.call("stock.picking", "action_cancel", ids: [$1.transfer])
    },
  ]

  @Test("a change moves the dates as measured", arguments: OdooVersion.allCases, changes)
  func movesDates(_ version: OdooVersion, _ change: Change) throws {
    let server = try OdooSimulatorServer.start(version: version)
    defer { server.stop() }
    let calls = RemoteCalls(server: server)
    let transfer = try server.transfer()
    let dumped = server.dumped(transfer)
    let row = Row(
      transfer: transfer,
      move: dumped.at(pointer: "/moves/0/id")?.int ?? 0,
      line: dumped.at(pointer: "/moves/0/lines/0/id")?.int ?? 0
    )
    let before = try dates(calls, row)
    server.admin.advance(by: .seconds(10))
    let answer = try change.make(calls, row)
    #expect(answer.name == nil && answer != .nothing)
    let after = try dates(calls, row)
    let wanted = version < .v19 ? change.moves.old : change.moves.new
    #expect((before[0] != after[0]) == wanted, "transfer")
    #expect((before[1] != after[1]) == change.moves.move, "move")
    if let line = change.moves.line { #expect((before[2] != after[2]) == line, "line") }
  }

  private func dates(_ calls: RemoteCalls, _ row: Row) throws -> [JSON] {
    try [
      calls.read("stock.picking", row.transfer, "write_date"),
      calls.read("stock.move", row.move, "write_date"),
      calls.read("stock.move.line", row.line, "write_date"),
    ].map { $0["write_date"] ?? .null }
  }

  @Test("> re-delivers the same second up to 18 and skips the rest of it since 19")
  func comparesSeconds() throws {
    for version in OdooVersion.allCases {
      let server = try OdooSimulatorServer.start(version: version)
      defer { server.stop() }
      let calls = RemoteCalls(server: server)
      let transfer = try server.transfer()
      let date = try calls.read("stock.picking", transfer, "write_date")["write_date"] ?? .null
      for (operation, found) in [(">", version < .v19), (">=", true), ("<", false)] {
        let answer = try calls.call(
          "stock.picking",
          "search",
          ["domain": [["write_date", .string(operation), date], ["id", "=", .int(transfer)]]]
        )
        #expect((answer.value?.array?.count == 1) == found, "\(version) \(operation)")
      }
    }
  }
}
