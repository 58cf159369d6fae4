internal import JSON
internal import OdooSimulator
internal import TestKit
internal import Testing

/// Hazard `wrong-odoo`: the configuration leads to another Odoo than the one the journal is of.
@Suite struct OtherOdooTests {
  @Test("nothing is sent to another Odoo until a person says so")
  func wrongOdoo() throws {
    let box = try Box()
    try box.start()
    let name = try box.order([("TM-1001", 1)])
    box.odoo.admin.goDown()
    try Scanner("s1", box).work(name, [Code.product(1)])
    #expect(try box.stop() == .exited(0))

    // A copy, as a test database is: the same transfer with the same id.
    var options = OdooSimulatorServer.Options()
    options.database = "copy"
    let copy = try OdooSimulatorServer.start(version: .v18, options: options)
    defer { copy.stop() }
    try copy.admin.order([("TM-1001", 1)])
    #expect(copy.admin.transfer(name)?["id"] == box.odoo.admin.transfer(name)?["id"])
    box.settings.odoo = Box.odooLines(copy)
    let agent = try box.start()
    let line = try agent.waitForLine(containing: "This journal belongs to")
    for database in ["demo", "copy"] {
      #expect(
        line.contains(#"\"database\":\"\#(database)\""#)
          || line.contains(#""database":"\#(database)""#),
        "\(line)"
      )
    }
    #expect(line.contains("tallyman odoo rebind"))
    #expect(copy.admin.transfer(name)?["validated_count"]?.int == 0)
    let writes = copy.admin.state()["calls"]?.array?.filter {
      ["write", "load", "button_validate"].contains($0["method"]?.string ?? "")
    }
    #expect(writes?.isEmpty == true)
    #expect(try box.count("SELECT count(*) FROM confirmation WHERE state = 'applied'") == 0)

    #expect(try box.tallyman("odoo", "rebind", "--reason", "renamed").code == 0)
    try box.waitFor("applied", of: name)
    #expect(copy.admin.transfer(name)?["validated_count"]?.int == 1)
    #expect(box.odoo.admin.transfer(name)?["validated_count"]?.int == 0)
    let audit = try box.journal().rows(
      "SELECT actor, reason FROM audit WHERE action LIKE 'rebind%'"
    )
    #expect(audit.count == 1 && audit.first?["reason"] == "renamed")
  }
}
