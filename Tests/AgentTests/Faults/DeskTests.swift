internal import Glibc
internal import JSON
internal import OdooSimulator
internal import TestKit
internal import Testing

/// Exceptions that no confirmation is, and decisions over the API, through the real agent.
@Suite struct DeskTests {
  private static func exceptions(_ box: Box, _ code: String) throws -> [JSON] {
    let all = try box.tallyman("exceptions", "list", "--json").json().array ?? []
    return all.filter { $0["code"]?.string == code }
  }

  @Test("a shortage of the reservation is found once, and a person's decision stands")
  func stockMismatch() throws {
    let box = try Box()
    try box.start()
    let name = try box.order([("TM-1001", 5)])
    let code = Code.product(1)
    try Scanner("s1", box).work(name, [code, code, code], validations: 2)
    try box.waitFor("applied", of: name)
    try eventually("the shortage is on the desk", within: .seconds(15)) {
      try Self.exceptions(box, "stock_mismatch").count == 1
    }
    let found = try #require(try Self.exceptions(box, "stock_mismatch").first)
    let line = found["lines"]?[0]
    #expect(line?["odoo"]?.int == 5 && line?["floor"]?.int == 3, "\(found.text)")
    #expect(
      found["sentence"]?.string?.hasPrefix("2 of 5 that Odoo had reserved at WH/Stock") == true
    )
    let id = try #require(found["id"]?.string)
    #expect(try box.tallyman("exceptions", "drop", id, "--reason", "found behind A1").code == 0)
    // Another event makes the desk look again: what was dropped does not come back.
    try Scanner("s2", box).scan("NO-SUCH-CODE")
    let looked = try box.order([("TM-1002", 1)])
    #expect(!looked.isEmpty)
    #expect(try Self.exceptions(box, "stock_mismatch").isEmpty)
    #expect(try box.count("SELECT count(*) FROM finding WHERE code = 'stock_mismatch'") == 1)
  }

  @Test("what is not reserved is found when it is opened, and goes when it is reserved")
  func failedAllocation() throws {
    let box = try Box()
    try box.start()
    let name = try box.order([("TM-1001", 5)])
    #expect(try Self.exceptions(box, "failed_allocation").isEmpty)
    _ = try box.odoo.admin.person(["do": "unreserve", "transfer": .string(name)])
    let scanner = Scanner("s1", box)
    try eventually("it is open and on the desk", within: .seconds(25)) {
      _ = try scanner.scan(name)
      return try Self.exceptions(box, "failed_allocation").count == 1
    }
    _ = try box.odoo.admin.person(["do": "assign", "transfer": .string(name)])
    try eventually("it is gone", within: .seconds(25)) {
      try Self.exceptions(box, "failed_allocation").isEmpty
    }
    let audits = try box.journal().rows(
      "SELECT action FROM audit WHERE subject IN (SELECT 'F' || id FROM finding) ORDER BY id"
    )
    #expect(audits.map { $0["action"] ?? nil } == ["found failed_allocation", "gone"])
  }

  @Test("two orders with one reference of the customer are found, until one is cancelled")
  func duplicateOrder() throws {
    let box = try Box()
    try box.start()
    let names = try (0..<2).map { _ in try box.order([("TM-1001", 1)]) }
    for name in names {
      let transfer = try box.transfer(name)
      let order = try box.odoo.admin.call(
        "sale.order",
        "search",
        [["name", "=", transfer["origin"] ?? .null]]
      )
      _ = try box.odoo.admin.call("sale.order", "write", order ?? [], ["client_order_ref": "PO-77"])
    }
    // The reference is read with the order's transfer, so it has to be read anew.
    try box.stop()
    for end in ["", "-wal", "-shm", ".good"] {
      _ = unlink(box.directory.path("state/mirror.db\(end)"))
    }
    try box.start()
    try eventually("it is on the desk", within: .seconds(25)) {
      try Self.exceptions(box, "duplicate_order").count == 1
    }
    let found = try Self.exceptions(box, "duplicate_order")[0]
    for name in names { #expect(found["sentence"]?.string?.contains(name) == true) }
    #expect(found["sentence"]?.string?.contains("PO-77") == true)
    _ = try box.odoo.admin.person(["do": "cancel", "transfer": .string(names[1])])
    try eventually("it is gone", within: .seconds(25)) {
      try Self.exceptions(box, "duplicate_order").isEmpty
    }
  }

  @Test("a decision over the API is carried out with the name of who made it")
  func decisionOverTheAPI() throws {
    let box = try Box()
    let port = try Loopback.freePort()
    let token = "0123456789abcdef0123456789abcdef"
    try File.write(token, to: box.directory.path("console-token"))
    box.settings.more = [
      "[console]", "listen = \"127.0.0.1:\(port)\"", "token_file = \"console-token\"",
    ]
    try box.start()
    let name = try box.order([("TM-1001", 2)])
    box.odoo.admin.goDown()
    try Scanner("s1", box).work(name, [Code.product(1), Code.product(1)])
    _ = try box.odoo.admin.person([
      "do": "change_order", "order": try box.transfer(name)["origin"] ?? .null,
      "product": "TM-1001", "quantity": 1,
    ])
    try box.odoo.admin.comeUp()
    try box.waitFor("parked", of: name)

    let api = try APIClient(port: port, token: token)
    let list = try api.send("/api/exceptions")
    let entry = try #require(list["exceptions"]?.array?.first { $0["transfer"]?.string == name })
    let id = try #require(entry["id"]?.string)
    #expect(entry["code"]?.string == "changed_in_odoo")
    #expect(
      try APIClient(port: port, token: "wrong-token-wrong-token").send("/api/exceptions")["error"]
        != nil
    )
    let path = "/api/exceptions/\(id)/decision"
    let refused = try api.send(path, ["decision": "accept", "actor": "Ana", "reason": "x"])
    #expect(refused["error"]?["code"]?.string == "not_allowed")
    let edit: JSON = [
      "decision": "edit", "actor": "Ana", "reason": "one is broken",
      "edit": ["lines": [["line": 1, "quantity": 1]]],
    ]
    #expect(try api.send(path, edit)["outcome"]?.string == "done")
    try box.waitFor("applied", of: name)
    try box.expectValidatedOnce(name, ["TM-1001": 1])
    #expect(
      try box.count(
        "SELECT count(*) FROM audit WHERE actor = ? AND action LIKE 'edit%'",
        "Ana (API)"
      )
        == 2
    )
    #expect(try api.send(path, edit)["error"]?["code"]?.string == "decided")
  }
}
