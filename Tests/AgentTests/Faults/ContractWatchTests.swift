internal import Glibc
internal import JSON
internal import OdooSimulator
internal import TestKit
internal import Testing

/// Odoo is upgraded, or loses a module, under a running agent.
@Suite struct ContractWatchTests {
  private func box(_ version: OdooVersion = .v18) throws -> Box {
    var settings = BoxSettings()
    settings.mirror = ["contract = \"1s\""]
    return try Box(version, settings: settings)
  }

  private func change(_ box: Box, _ json: JSON) throws {
    try box.odoo.admin.perform("fields", json)
  }

  @Test(
    "a field that is needed vanishes: one alarm, and confirmations wait for it",
    arguments: [
      OdooVersion.v18, .v19,
    ]
  )
  func waitsForAField(version: OdooVersion) throws {
    let box = try box(version)
    try box.start()
    let names = try (1...3).map { _ in try box.order([("TM-1001", 1)]) }
    try change(box, ["model": "stock.move.line", "remove": ["picked"]])
    let line = try box.agent?.waitForLine(containing: "has no field stock.move.line.picked")
    #expect(line?.hasPrefix("critical:") == true, "\(line ?? "none")")
    let scanner = Scanner("s1", box)
    for name in names { try scanner.work(name, [Code.product(1)]) }

    let status = try box.tallyman("status")
    #expect(status.code == 4)
    #expect(status.output.contains("has no field stock.move.line.picked"), "\(status.output)")
    #expect(status.output.contains("Odoo lost the field stock.move.line.picked"))
    let problems = try box.tallyman("status", "--json").json()["odoo_contract"]?["problems"]
    #expect(problems?[0]?["effect"]?.string == "stops_sending")
    let check = try box.tallyman("check", "--json")
    #expect(check.code == 4)
    let found = try check.json().array?.first { $0["level"]?.string == "problem" }
    #expect(found?["subject"]?.string == "odoo fields", "\(check.output)")
    #expect(try box.count("SELECT count(*) FROM confirmation WHERE state = 'parked'") == 0)
    #expect(try box.count("SELECT count(*) FROM confirmation WHERE state = 'applied'") == 0)

    try change(box, ["model": "stock.move.line", "restore": true])
    for name in names {
      try box.waitFor("applied", of: name, within: .seconds(30))
      try box.expectValidatedOnce(name, ["TM-1001": 1])
    }
    try eventually("the problem is gone", within: .seconds(10)) {
      try box.tallyman("status", "--json").json()["odoo_contract"]?["problems"]?.array?.isEmpty
        == true
    }
    try box.agent?.waitForLine(containing: "Odoo has all that is needed again")
    let critical = box.agent?.errorOutput.split(separator: "\n").count {
      $0.hasPrefix("critical:")
    }
    #expect(critical == 1, "one alarm, not one for each confirmation or look")
  }

  /// The look comes too late here: the calls of the attempts meet the change first.
  @Test("a field that vanishes between two looks parks nothing")
  func parksNothing() throws {
    let box = try Box(.v18)
    try box.start()
    let names = try (1...2).map { _ in try box.order([("TM-1001", 1)]) }
    try box.waitForLook()
    try change(box, ["model": "stock.picking", "remove": ["backorder_ids"]])
    let scanner = Scanner("s1", box)
    for name in names { try scanner.work(name, [Code.product(1)]) }
    try box.agent?.waitForLine(containing: "has no field stock.picking.backorder_ids")
    #expect(try box.count("SELECT count(*) FROM confirmation WHERE state = 'parked'") == 0)
    try change(box, ["model": "stock.picking", "restore": true])
    for name in names { try box.waitFor("applied", of: name, within: .seconds(30)) }
  }

  @Test("negative control: an agent that ignores the contract parks what it cannot send")
  func ignoringParks() throws {
    let box = try Box(.v18)
    try box.start(environment: ["TALLYMAN_BREAK": "ignore-contract"])
    let name = try box.order([("TM-1001", 1)])
    try box.waitForLook()
    try change(box, ["model": "stock.picking", "remove": ["backorder_ids"]])
    try Scanner("s1", box).work(name, [Code.product(1)])
    try box.waitFor("parked", of: name)
  }

  @Test("a module that goes is told, and the agent goes on without it")
  func goesOnWithoutAModule() throws {
    let box = try box()
    try box.start()
    try box.waitForLook()
    try change(box, ["model": "stock.picking", "remove": ["batch_id", "carrier_id"]])
    let line = try box.agent?.waitForLine(containing: "Odoo has changed")
    #expect(line?.contains("stock_picking_batch") == true, "\(line ?? "none")")
    let name = try box.order([("TM-1001", 1)])
    try Scanner("s1", box).work(name, [Code.product(1)])
    try box.waitFor("applied", of: name)
    try box.expectValidatedOnce(name, ["TM-1001": 1])
  }

  @Test("an upgrade is told by name, and remembered over a restart")
  func tellsAnUpgrade() throws {
    let box = try box()
    try box.start()
    try box.waitForLook()
    #expect(try box.stop() == .exited(0))
    try box.odoo.admin.perform(
      "version",
      ["server_version": "saas~18.2", "server_version_info": ["saas~18", 2, 0, "final", 0, ""]]
    )
    try box.start()
    try box.agent?.waitForLine(containing: "Odoo was changed from version 18.0 to saas~18.2")
    try box.agent?.waitForLine(containing: "was never tried")
    let name = try box.order([("TM-1001", 1)])
    try Scanner("s1", box).work(name, [Code.product(1)])
    try box.waitFor("applied", of: name)
    #expect(try box.tallyman("status").output.contains("from version 18.0 to saas~18.2"))
  }

  @Test("a key that ends soon is an alarm of the running agent")
  func tellsTheEndOfAKey() throws {
    let box = try box()
    try box.start()
    try box.odoo.admin.perform(
      "users",
      ["add_key": "other", "name": "gateway", "expires": .string(Self.soon)]
    )
    try box.agent?.waitForLine(containing: "The API key \"gateway\" of Tallyman's user expires in")
    #expect(try box.tallyman("status").output.contains("expires in"))
  }

  /// Five days from now, as Odoo writes it.
  static var soon: String { DateText.after(days: 5) }
}

extension Box {
  /// Waits until the agent has looked at everything that it needs of Odoo.
  func waitForLook() throws {
    try eventually("the contract was looked at", within: .seconds(15)) {
      (try? self.count("SELECT count(*) FROM meta WHERE name = 'odoo_contract'")) == 1
    }
  }
}

/// Days from now.
enum DateText {
  static func after(days: Int) -> String {
    var time = time_t(Int(clock()) + days * 86_400)
    var parts = tm()
    gmtime_r(&time, &parts)
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday)) "
      + "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))"
  }

  private static func clock() -> time_t { time(nil) }
}
