internal import JSON
internal import OdooSimulator
internal import TestKit
internal import Testing

/// Odoo goes wrong in one way at a time; the end is always one validation with the right goods.
@Suite struct OdooFaultTests {
  @Test(arguments: OdooTrouble.all)
  func isAppliedOnceAllTheSame(_ trouble: OdooTrouble) throws {
    let box = try Box(trouble.version)
    try box.start()
    let name = try box.order([("TM-1001", 2), ("TM-1002", 1)])
    for fault in trouble.faults { box.odoo.admin.add(fault) }
    try Scanner("s1", box).work(
      name,
      [Code.product(1), Code.product(2), Code.product(1)]
    )
    try box.waitFor("applied", of: name, within: .seconds(25))
    try box.expectValidatedOnce(name, ["TM-1001": 2, "TM-1002": 1])
    let happened = box.odoo.admin.state()["calls"]?.array?.count { $0["fault"]?.string != nil } ?? 0
    #expect(happened >= trouble.faults.compactMap(\.count).reduce(0, +), "the fault never happened")
    #expect(try box.tallyman("status").code == 0)
    #expect(box.tap.failures.isEmpty)
  }

  @Test("Odoo is gone: the floor goes on, and what waited is applied when it is back")
  func gone() throws {
    let box = try Box()
    try box.start()
    let names = try ["WH", "TM3"].map { try box.order(warehouse: $0, [("TM-1001", 2)]) }
    box.odoo.admin.goDown()
    let scanner = Scanner("s1", box)
    for name in names { try scanner.work(name, [Code.product(1), Code.product(1)]) }
    try box.agent?.waitForLine(containing: "Odoo cannot be reached")
    try eventually("status says that Odoo is gone", within: .seconds(15)) {
      try box.runtime()?["odoo_connected"]?.bool == false
    }
    for name in names { #expect(box.odoo.admin.transfer(name)?["state"]?.string == "assigned") }
    try box.odoo.admin.comeUp()
    for name in names {
      try box.waitFor("applied", of: name)
      try box.expectValidatedOnce(name, ["TM-1001": 2])
      #expect(try box.count("SELECT attempts FROM confirmation WHERE transfer = ?", name) == 0)
    }
    try box.agent?.waitForLine(containing: "Odoo answers again")
  }

  @Test("a key that is refused stops the queue with one alarm and uses up no attempts")
  func denied() throws {
    let box = try Box()
    try box.start()
    let names = try (1...2).map { _ in try box.order([("TM-1002", 1)]) }
    box.odoo.admin.add(Fault(.accessDenied))
    let scanner = Scanner("s1", box)
    for name in names { try scanner.work(name, [Code.product(2)]) }
    try box.agent?.waitForLine(containing: "Odoo refuses the login or key")
    let check = try box.tallyman("check", "--json")
    #expect(check.code == 4)
    let problem = try check.json().array?.first { $0["level"]?.string == "problem" }
    #expect(problem?["text"]?.string?.contains("API key") == true, "\(problem?.text ?? "none")")
    box.odoo.admin.clearFaults()
    for name in names {
      try box.waitFor("applied", of: name)
      try box.expectValidatedOnce(name, ["TM-1002": 1])
      #expect(try box.count("SELECT attempts FROM confirmation WHERE transfer = ?", name) == 0)
    }
    let log = box.agent?.errorOutput ?? ""
    #expect(log.split(separator: "\n").count { $0.hasPrefix("critical:") } == 1)
  }
}

/// One way in which Odoo goes wrong.
struct OdooTrouble: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var version: OdooVersion
  var faults: [Fault]

  init(_ name: String, _ version: OdooVersion = .v18, _ faults: Fault...) {
    testDescription = "\(name), \(version)"
    self.version = version
    self.faults = faults
  }

  private static let validate = "button_validate"
  private static let write = "stock.picking.write"

  private static func http(_ status: Int, _ body: String? = nil, retryAfter: Int? = nil) -> Fault {
    var fault = Fault(.http, count: 1, methods: [validate])
    fault.status = status
    fault.body = body
    fault.retryAfter = retryAfter
    return fault
  }

  private static func timed(_ kind: Fault.Kind, _ method: String, _ delay: Duration) -> Fault {
    var fault = Fault(kind, count: 1, methods: [method])
    fault.delay = delay
    return fault
  }

  static let all: [OdooTrouble] = [
    OdooTrouble("a page of HTML", .v18, http(200, "<html><body>Sign in</body></html>")),
    OdooTrouble("status 500", .v18, http(500)),
    OdooTrouble("status 500", .v19, http(500)),
    OdooTrouble("status 503 with Retry-After", .v18, http(503, retryAfter: 2)),
    OdooTrouble("validated, answer lost", .v17, Fault(.lostAnswer, count: 1, methods: [validate])),
    OdooTrouble("validated, answer lost", .v18, Fault(.lostAnswer, count: 1, methods: [validate])),
    OdooTrouble("validated, answer lost", .v19, Fault(.lostAnswer, count: 1, methods: [validate])),
    OdooTrouble("written, answer lost", .v18, Fault(.lostAnswer, count: 1, methods: [write])),
    OdooTrouble("written, answer lost", .v19, Fault(.lostAnswer, count: 1, methods: [write])),
    OdooTrouble("request lost", .v18, Fault(.lostRequest, count: 1, methods: [validate])),
    OdooTrouble("written late", .v18, timed(.late, write, .milliseconds(1500))),
    OdooTrouble("validated late", .v18, timed(.late, validate, .milliseconds(1500))),
    OdooTrouble("a write slower than the timeout", .v18, timed(.slow, write, .milliseconds(3000))),
    OdooTrouble("a slow validation", .v18, timed(.slow, validate, .milliseconds(3000))),
    OdooTrouble("a conflict", .v18, Fault(.serialization, count: 1, methods: [validate])),
    OdooTrouble("the database is away", .v18, Fault(.databaseDown, count: 2, methods: [validate])),
    OdooTrouble("the database is away", .v19, Fault(.databaseDown, count: 2, methods: [validate])),
  ]
}
