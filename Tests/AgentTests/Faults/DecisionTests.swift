internal import JSON
internal import OdooSimulator
internal import TestKit
internal import Testing

/// What people decide about a parked confirmation, while the rest of its order waits behind it.
///
/// While Odoo is away, 3 of 5 are closed and then the 2 that are left; somebody changes the transfer
/// in Odoo meanwhile, so that the first confirmation is parked when Odoo is back.
@Suite struct DecisionTests {
  /// A box with a parked confirmation and another one behind it.
  final class Desk {
    let box: Box
    let name: String

    init(
      _ version: OdooVersion,
      _ category: String,
      _ act: (Box, String) throws -> Void
    )
      throws
    {
      box = try Box(version)
      try box.start()
      name = try box.order([("TM-1001", 5)])
      box.odoo.admin.goDown()
      let scanner = Scanner("s1", box)
      let code = Code.product(1)
      try scanner.work(name, [code, code, code], validations: 2)
      try scanner.work(name, [code, code])
      try act(box, name)
      try box.odoo.admin.comeUp()
      try box.waitFor("parked", of: name)
      let entries = try exceptions()
      #expect(entries.count == 1)
      #expect(entries.first?["code"]?.string == category, "\(entries)")
      #expect(entries.first?["holds_up"]?.array == [.string(name)])
      #expect(try states() == ["parked", "pending"], "the second one was not touched")
    }

    func exceptions(_ arguments: String...) throws -> [JSON] {
      let answer = try box.tallyman("exceptions", "list", "--json")
      return try answer.json().array ?? []
    }

    func show(_ key: String) throws -> JSON {
      try box.tallyman("exceptions", "show", key, "--json").json()[0] ?? .null
    }

    /// States of the two confirmations, in their order.
    func states() throws -> [String] {
      try box.journal().rows(
        "SELECT state FROM confirmation WHERE transfer = ? ORDER BY seq",
        name
      ).compactMap { $0["state"] ?? nil }
    }

    func decide(_ arguments: String..., because reason: String = "seen on the dock") throws -> JSON
    {
      let child = try ChildProcess(
        try Executable.find("tallyman"),
        ["exceptions"] + arguments + [
          "--reason", reason, "--json", "--config", box.configuration,
        ]
      )
      _ = try child.wait()
      guard let json = try? JSON.parse(child.output) else {
        throw TestKitError.unexpected("\(arguments): \(child.output) \(child.errorOutput)")
      }
      return json
    }

    func waitForStates(_ expected: [String]) throws {
      try eventually("\(expected)", within: .seconds(20)) { try states() == expected }
    }

    /// What the audit trail says about the first confirmation.
    func audits() throws -> [SQLiteFile.Row] {
      try box.journal().rows(
        """
        SELECT actor, action, reason, content FROM audit WHERE subject =
          (SELECT uuid FROM confirmation WHERE transfer = ? ORDER BY seq LIMIT 1) ORDER BY id
        """,
        name
      )
    }

    /// The quantities that the backorder of the first transfer was validated with.
    func backorder() throws -> JSON {
      let ids = try box.transfer(name)["backorder_ids"]?.array ?? []
      let transfers = box.odoo.admin.state()["transfers"]?.array ?? []
      return transfers.first { ids.contains($0["id"] ?? .null) } ?? .null
    }
  }

  private static func shrink(_ box: Box, _ name: String, to quantity: Int) throws {
    _ = try box.odoo.admin.person([
      "do": "change_order", "order": try box.transfer(name)["origin"] ?? .null,
      "product": "TM-1001", "quantity": .int(quantity),
    ])
  }

  @Test(arguments: OdooVersion.allCases)
  func editedQuantitiesAreApplied(_ version: OdooVersion) throws {
    let desk = try Desk(version, "changed_in_odoo") { box, name in
      try Self.shrink(box, name, to: 2)
    }
    let shown = try desk.show(desk.name)
    let line = shown["lines"]?[0]
    #expect(line?["odoo"]?.int == 2 && line?["floor"]?.int == 3 && line?["name"] != nil)
    let refused = try desk.decide("edit", desk.name, "--quantity", "1=9")
    #expect(refused["outcome"]?.string?.contains("more than the 3") == true, "\(refused.text)")
    #expect(try desk.states()[0] == "parked", "what is refused changes nothing")

    let done = try desk.decide("edit", desk.name, "--quantity", "1=2", because: "customer took 2")
    #expect(done["outcome"]?.string == "done")
    try desk.waitForStates(["applied", "parked"])
    try desk.box.expectValidatedOnce(desk.name, ["TM-1001": 2])
    let audit = try desk.audits().first {
      ($0["action"] ?? nil)?.hasPrefix("edit: content") == true
    }
    #expect(audit?["reason"] == "customer took 2")
    let content = try JSON.parse((audit?["content"] ?? nil) ?? "")
    #expect(content["before"]?["lines"]?[0]?["quantity"]?.int == 3)
    #expect(content["after"]?["lines"]?[0]?["quantity"]?.int == 2)
    #expect(content["after"]?["edition"]?["key"] != content["before"]?["uuid"])
    // Odoo has nothing left for the second one; that is a person's matter again.
    #expect(try desk.exceptions().map { $0["code"]?.string } == ["no_backorder"])
    #expect(try desk.decide("drop", desk.name)["outcome"]?.string == "done")
    try desk.waitForStates(["applied", "discarded"])
    #expect(try desk.exceptions().isEmpty)
  }

  @Test func whatFitsIsAppliedAndTheRestIsKept() throws {
    let desk = try Desk(.v18, "changed_in_odoo") { box, name in try Self.shrink(box, name, to: 2) }
    #expect(try desk.decide("split", desk.name)["outcome"]?.string == "done")
    try desk.waitForStates(["applied", "parked"])
    try desk.box.expectValidatedOnce(desk.name, ["TM-1001": 2])
    let rest = try #require(try desk.exceptions().first { $0["code"]?.string == "left_over" })
    #expect(rest["lines"]?[0]?["floor"]?.int == 1, "\(rest.text)")
    let id = try #require(rest["id"]?.string)
    #expect(try desk.decide("drop", id, because: "put back to A1")["outcome"]?.string == "done")
    #expect(try desk.exceptions().allSatisfy { $0["code"]?.string != "left_over" })
    #expect(
      try desk.box.count("SELECT count(*) FROM audit WHERE subject = ? AND action = 'dropped'", id)
        == 1
    )
  }

  @Test(arguments: OdooVersion.allCases)
  func odoosVersionIsAcceptedAndTheNextOneGoesOn(_ version: OdooVersion) throws {
    let desk = try Desk(version, "done_differently") { box, name in
      let line = try box.transfer(name)["moves"]?[0]?["lines"]?[0]?["id"] ?? .null
      _ = try box.odoo.admin.person([
        "do": "set_line", "line": line, "quantity": 1, "picked": true,
      ])
      _ = try box.odoo.admin.person(["do": "validate", "transfer": .string(name)])
    }
    let shown = try desk.show(desk.name)
    #expect(shown["lines"]?[0]?["odoo"]?.int == 1 && shown["lines"]?[0]?["floor"]?.int == 3)
    #expect(try desk.decide("accept", desk.name)["outcome"]?.string == "done")
    try desk.waitForStates(["accepted", "applied"])
    // Somebody else's validation stands, with what they did; nothing was written to it.
    try desk.box.expectValidatedOnce(desk.name, ["TM-1001": 1])
    let backorder = try desk.backorder()
    #expect(backorder["validated_count"]?.int == 1)
    let row = try desk.box.journal().rows(
      "SELECT content, detail, category FROM confirmation WHERE transfer = ? ORDER BY seq LIMIT 1",
      desk.name
    ).first
    let kept = try JSON.parse((row?["content"] ?? nil) ?? "")
    #expect(kept["lines"]?[0]?["quantity"]?.int == 3, "the floor's version is kept")
    let detail = try JSON.parse((row?["detail"] ?? nil) ?? "")
    #expect(detail["lines"]?[0]?["odoo"]?.int == 1, "and so is Odoo's")
    #expect(row?["category"] == "done_differently")
  }

  @Test func anOpenTransferCannotBeAccepted() throws {
    let desk = try Desk(.v18, "cancelled") { box, name in
      _ = try box.odoo.admin.person(["do": "cancel", "transfer": .string(name)])
    }
    // Somebody makes it ready again, in the way that only an administrator can.
    let id = try desk.box.transfer(desk.name)["id"] ?? .null
    let moves = try desk.box.transfer(desk.name)["moves"]?.array?.compactMap { $0["id"] } ?? []
    _ = try desk.box.odoo.admin.call(
      "stock.move",
      "write",
      .array(moves),
      ["state": "confirmed"]
    )
    _ = try desk.box.odoo.admin.call("stock.picking", "action_assign", [id])
    let answer = try desk.decide("accept", desk.name)
    #expect(answer["outcome"]?.string?.contains("still open") == true, "\(answer.text)")
    #expect(try desk.states() == ["parked", "pending"])
    #expect(try desk.exceptions().first?["code"]?.string == "cancelled")
  }

  @Test func whatWasDroppedIsNeverSent() throws {
    let desk = try Desk(.v18, "cancelled") { box, name in
      _ = try box.odoo.admin.person(["do": "cancel", "transfer": .string(name)])
    }
    let wrong = try desk.box.tallyman("exceptions", "split", desk.name, "--reason", "x")
    #expect(wrong.code != 0 && wrong.error.contains("Possible are accept, drop"), "\(wrong.error)")
    #expect(try desk.decide("drop", desk.name)["outcome"]?.string == "done")
    try desk.waitForStates(["discarded", "parked"])
    #expect(try desk.exceptions().map { $0["code"]?.string } == ["predecessor_discarded"])
    #expect(try desk.box.transfer(desk.name)["validated_count"]?.int == 0)
  }

  @Test func acceptedAsCancelledTheNextOneIsAPersonsMatter() throws {
    let desk = try Desk(.v18, "cancelled") { box, name in
      _ = try box.odoo.admin.person(["do": "cancel", "transfer": .string(name)])
    }
    // Odoo goes away before it can be asked: the decision is kept, over a restart too.
    desk.box.odoo.admin.goDown()
    #expect(try desk.decide("accept", desk.name)["outcome"]?.string == "noted")
    #expect(try desk.states()[0] == "parked")
    try desk.box.stop()
    try desk.box.odoo.admin.comeUp()
    try desk.box.start()
    try desk.waitForStates(["accepted", "parked"])
    #expect(try desk.exceptions().map { $0["code"]?.string } == ["predecessor_discarded"])
  }

  @Test func retriedOnceItsCauseIsGone() throws {
    let desk = try Desk(.v18, "changed_in_odoo") { box, name in try Self.shrink(box, name, to: 4) }
    // Nothing has changed: it is parked again.
    #expect(try desk.decide("retry", desk.name)["outcome"]?.string == "done")
    try eventually("parked again", within: .seconds(20)) {
      try desk.box.count("SELECT count(*) FROM transition WHERE state = 'parked'") == 2
    }
    #expect(try desk.states() == ["parked", "pending"])
    try Self.shrink(desk.box, desk.name, to: 5)
    #expect(try desk.decide("retry", desk.name)["outcome"]?.string == "done")
    try desk.waitForStates(["applied", "applied"])
    try desk.box.expectValidatedOnce(desk.name, ["TM-1001": 3])
    #expect(try desk.backorder()["validated_count"]?.int == 1)
  }
}
