internal import JSON
internal import OdooSimulator
internal import TestKit
internal import Testing

/// `button_validate` answers with something else than `true`.
@Suite struct QuestionTests {
  @Test(
    "a question instead of a validation parks its own transfer only, until a person says again",
    arguments: [OdooVersion.v18, .v19]
  )
  func wizard(_ version: OdooVersion) throws {
    let box = try Box(version)
    try box.start()
    let names = try (1...2).map { _ in try box.order([("TM-1001", 1)]) }
    let action: JSON = [
      "type": "ir.actions.act_window", "res_model": "confirm.stock.sms", "target": "new",
      "views": [[false, "form"]],
    ]
    var fault = Fault(.http, count: 1, methods: ["button_validate"])
    fault.status = 200
    let answer: JSON = ["jsonrpc": "2.0", "id": 1, "result": action]
    fault.body = version < .v19 ? answer.text : action.text
    box.odoo.admin.add(fault)
    let scanner = Scanner("s1", box)
    try scanner.work(names[0], [Code.product(1)])
    try box.waitFor("parked", of: names[0])
    let row = try box.journal().rows(
      "SELECT category, reason FROM confirmation WHERE transfer = ?",
      names[0]
    )
    #expect(row.first?["category"] == "wizard")
    #expect(row.first?["reason"]?.contains("confirm.stock.sms") == true)
    #expect(try box.transfer(names[0])["validated_count"]?.int == 0)

    try scanner.work(names[1], [Code.product(1)])
    try box.waitFor("applied", of: names[1])
    try box.expectValidatedOnce(names[1], ["TM-1001": 1])
    #expect(try box.tallyman("queue", "retry", names[0]).code == 0)
    try box.waitFor("applied", of: names[0])
    try box.expectValidatedOnce(names[0], ["TM-1001": 1])
  }

  @Test(
    "a print-out instead of true is a validation all the same",
    arguments: [OdooVersion.v18, .v19]
  )
  func printOut(_ version: OdooVersion) throws {
    let box = try Box(version)
    let types = try box.odoo.admin.call(
      "stock.picking.type",
      "search",
      [["code", "=", "outgoing"]]
    )
    _ = try box.odoo.admin.call(
      "stock.picking.type",
      "write",
      types ?? [],
      ["auto_print_delivery_slip": true]
    )
    try box.start()
    let name = try box.order([("TM-1001", 1)])
    try Scanner("s1", box).work(name, [Code.product(1)])
    try box.waitFor("applied", of: name)
    try box.expectValidatedOnce(name, ["TM-1001": 1])
  }
}
