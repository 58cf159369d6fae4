internal import JSON
internal import OdooSimulator
internal import TestKit
internal import Testing

/// `tallyman reconcile` on a box, while the agent runs and while it does not.
@Suite struct RestoredOdooTests {
  @Test("what a restored Odoo has lost is found, and applied again on request")
  func restored() throws {
    let box = try Box()
    var options = OdooSimulatorServer.Options()
    options.stateFile = box.directory.path("odoo.state")
    let before = try OdooSimulatorServer.start(version: .v18, options: options)
    box.settings.odoo = Box.odooLines(before)
    try box.start()
    let name = try #require(
      before.admin.order([("TM-1001", 2)])["transfers"]?[0]?["name"]?.string
    )
    try box.waitForMirror(of: name)
    let backup = box.directory.path("backup.state")
    try File.write(File.text(box.directory.path("odoo.state")), to: backup)
    try Scanner("s1", box).work(name, [Code.product(1), Code.product(1)])
    try box.waitFor("applied", of: name)
    #expect(try box.tallyman("reconcile").code == 0)

    before.stop()
    options.port = before.port
    options.stateFile = backup
    let restored = try OdooSimulatorServer.start(version: .v18, options: options)
    defer { restored.stop() }
    #expect(restored.admin.transfer(name)?["state"]?.string == "assigned")
    let text = try box.tallyman("reconcile", "--since", "1h")
    #expect(text.code == 4, "\(text.output) \(text.error)")
    #expect(text.output.contains("restored from a backup"), "\(text.output)")
    #expect(text.output.contains(name))
    let finding = try #require(
      box.tallyman("reconcile", "--json").json()["findings"]?[0]
    )
    #expect(finding["kind"] == "open_again")
    #expect(try box.tallyman("reconcile", "--keep").code == 0)
    func isOnTheDesk() throws -> Bool {
      let all = try box.tallyman("exceptions", "list", "--json").json().array ?? []
      return all.contains { $0["code"] == "reconciliation" && $0["transfer"]?.string == name }
    }
    try eventually("it is on the desk", within: .seconds(15)) { try isOnTheDesk() }
    let lines = try box.tallyman("reconcile", "--csv").output.split(separator: "\n")
    #expect(lines.count == 2 && lines[1].hasPrefix("open_again,no,\(name),"))

    #expect(try box.tallyman("reconcile", "--apply-again", name).code == 64, "without a reason")
    let again = try box.tallyman(
      "reconcile",
      "--apply-again",
      name,
      "--reason",
      "restored last night"
    )
    #expect(again.code == 0, "\(again.error)")
    try box.waitFor("discarded", of: name)
    try box.waitFor("applied", of: name)
    #expect(restored.admin.transfer(name)?["validated_count"]?.int == 1)
    #expect(restored.admin.transfer(name)?["state"]?.string == "done")
    try eventually("it is not on the desk any more", within: .seconds(15)) { try !isOnTheDesk() }
    let ids = try box.journal().rows(
      "SELECT uuid, replaced_by FROM confirmation WHERE transfer = ? ORDER BY seq",
      name
    )
    #expect(ids.count == 2 && ids[0]["replaced_by"] == ids[1]["uuid"])
    #expect(ids[0]["uuid"] != ids[1]["uuid"])
    let audit = try box.journal().rows(
      "SELECT reason FROM audit WHERE action LIKE 'apply_again%'"
    )
    #expect(audit.map { $0["reason"] } == ["restored last night"])
    #expect(
      try box.tallyman(
        "reconcile",
        "--apply-again",
        String(ids[0]["uuid"]?.prefix(8) ?? ""),
        "--reason",
        "twice"
      ).code == 3,
      "it was sent again already"
    )

    // The agent need not run.
    #expect(try box.stop() == .exited(0))
    let quiet = try box.tallyman("reconcile")
    #expect(quiet.code == 0, "\(quiet.output)")
    #expect(quiet.output.contains("1 are equal"), "\(quiet.output)")
  }

  @Test("nothing is compared with another Odoo")
  func wrongOdoo() throws {
    let box = try Box()
    try box.start()
    let name = try box.order([("TM-1001", 1)])
    try Scanner("s1", box).work(name, [Code.product(1)])
    try box.waitFor("applied", of: name)
    #expect(try box.stop() == .exited(0))
    var options = OdooSimulatorServer.Options()
    options.database = "copy"
    let copy = try OdooSimulatorServer.start(version: .v18, options: options)
    defer { copy.stop() }
    box.settings.odoo = Box.odooLines(copy)
    try box.configure()
    let answer = try box.tallyman("reconcile")
    #expect(answer.code == 1)
    #expect(answer.error.contains("belongs to"), "\(answer.error)")
  }
}

/// What the agent does once a night.
@Suite struct NightTests {
  @Test("the agent compares and keeps what it found, and names late receipts")
  func comparesAndKeeps() throws {
    let box = try Box()
    try box.odoo.admin.receipt([("TM-1001", 4)])
    let receipts = box.odoo.admin.state()["transfers"]?.array ?? []
    let receipt = try #require(receipts.last)
    _ = try box.odoo.admin.call(
      "stock.picking",
      "write",
      [receipt["id"] ?? .null],
      ["scheduled_date": "2020-01-01 08:00:00"]
    )
    let agent = try box.start()
    let name = try box.order([("TM-1001", 1)])
    try Scanner("s1", box).work(name, [Code.product(1)])
    try box.waitFor("applied", of: name)
    #expect(try box.tallyman("reconcile", "--last").code == 3, "none was made yet")
    #expect(try box.tallyman("reconcile", "--keep").code == 0)
    let late = try agent.waitForLine(containing: "Receipts are late", within: .seconds(15))
    #expect(late.contains(receipt["name"]?.string ?? "?"), "\(late)")
    try agent.waitForLine(containing: "nothing needs anybody", within: .seconds(15))
    let last = try box.tallyman("reconcile", "--last", "--json").json()
    #expect(last["compared"] == 1 && last["equal"] == 1, "\(last.text)")
    #expect(try box.count("SELECT count(*) FROM audit WHERE action LIKE 'reconcile%'") == 1)
    let list = try box.tallyman("receipts", "--late")
    #expect(list.output.contains(receipt["name"]?.string ?? "?"), "\(list.output)")
  }
}
