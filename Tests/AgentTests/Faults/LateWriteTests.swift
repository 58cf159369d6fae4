internal import JSON
internal import OdooSimulator
internal import TestKit
internal import Testing

/// Hazard `late-write`: Odoo carries a call out long after its client has given it up.
@Suite struct LateWriteTests {
  /// A write repeats itself harmlessly while the plan that sent it lives.
  ///
  /// When the agent was killed meanwhile only the journal can know of the call, and nothing is written until it is over.
  @Test(arguments: [false, true])
  func changesNothing(isKilled: Bool) throws {
    let box = try Box()
    var lines = Box.odooLines(box.odoo).filter { !$0.hasPrefix("longest_call") }
    lines.append("longest_call = \"12s\"")
    box.settings.odoo = lines
    try box.start()
    let name = try box.order([("TM-1001", 2)])
    let other = try box.order([("TM-1002", 1)])
    var fault = Fault(.late, count: 1, methods: ["stock.picking.write"])
    fault.delay = .seconds(8)
    box.odoo.admin.add(fault)
    let scanner = Scanner("s1", box)
    try scanner.work(name, [Code.product(1), Code.product(1)])
    try eventually("the call is given up", within: .seconds(10)) {
      box.odoo.admin.state()["calls"]?.array?.contains { $0["fault"]?.string == "late" } == true
    }
    if isKilled {
      box.agent?.kill(.kill)
      _ = try box.agent?.wait(within: .seconds(10))
      #expect(try box.count("SELECT count(*) FROM confirmation WHERE state = 'sending'") == 1)
      try box.start()
    }
    try scanner.work(other, [Code.product(2)])
    try box.waitFor("applied", of: other)
    if isKilled {
      let applied = try box.count(
        "SELECT count(*) FROM confirmation WHERE transfer = ? AND state = 'applied'",
        name
      )
      #expect(applied == 0, "it waits, and the rest of the warehouse does not wait with it")
    }
    try box.waitFor("applied", of: name)
    try eventually("the late call is carried out", within: .seconds(20)) {
      box.odoo.admin.state()["late_calls"]?.int == 0
    }
    try box.expectValidatedOnce(name, ["TM-1001": 2])
    try box.expectValidatedOnce(other, ["TM-1002": 1])
  }
}
