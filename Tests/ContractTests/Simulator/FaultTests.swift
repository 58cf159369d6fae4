internal import JSON
internal import OdooSimulator
internal import Testing

/// What goes wrong on demand goes wrong as it does with a real server.
@Suite("Faults")
struct FaultTests {
  @Test("a lost answer was committed, a lost request was not", arguments: OdooVersion.allCases)
  func lostAnswerIsCommitted(_ version: OdooVersion) throws {
    let server = try OdooSimulatorServer.start(version: version)
    defer { server.stop() }
    for calls in RemoteCalls.all(server) {
      let transfer = try server.transfer()
      server.admin.add(Fault(.lostRequest, count: 1, methods: ["button_validate"]))
      #expect(try calls.validate(transfer) == .nothing)
      #expect(try calls.state(of: transfer) == "assigned")
      server.admin.add(Fault(.lostAnswer, count: 1, methods: ["button_validate"]))
      #expect(try calls.validate(transfer) == .nothing)
      #expect(try calls.state(of: transfer) == "done")
      #expect(server.dumped(transfer)["validated_count"] == 1)
    }
  }

  @Test("a late call is executed after its client has gone", arguments: OdooVersion.allCases)
  func lateCallIsExecuted(_ version: OdooVersion) throws {
    let server = try OdooSimulatorServer.start(version: version)
    defer { server.stop() }
    let calls = RemoteCalls(server: server)
    let transfer = try server.transfer()
    var fault = Fault(.late, count: 1)
    fault.held = true
    server.admin.add(fault)
    #expect(try calls.validate(transfer) == .nothing)
    #expect(try calls.state(of: transfer) == "assigned")
    #expect(server.admin.lateCalls == 1)
    #expect(server.admin.runHeldCalls() == 1)
    #expect(try calls.state(of: transfer) == "done")
    #expect(server.admin.lateCalls == 0)
  }

  @Test("a late call comes by itself after its delay")
  func lateCallComesAfterItsDelay() async throws {
    let server = try OdooSimulatorServer.start(version: .v18)
    defer { server.stop() }
    let transfer = try server.transfer()
    var fault = Fault(.late, count: 1)
    fault.delay = .milliseconds(5)
    server.admin.add(fault)
    #expect(try RemoteCalls(server: server).validate(transfer) == .nothing)
    while server.admin.lateCalls > 0 { await Task.yield() }
    #expect(server.dumped(transfer)["state"] == "done")
  }

  @Test("whoever validates during a validation loses, and stock moves once")
  func secondOfTwoValidationsLoses() throws {
    for version in OdooVersion.allCases {
      let server = try OdooSimulatorServer.start(version: version)
      defer { server.stop() }
      let calls = RemoteCalls(server: server)
      let transfer = try server.transfer()
      var fault = Fault(.late, count: 1)
      fault.held = true
      fault.blocking = true
      server.admin.add(fault)
      #expect(try calls.validate(transfer) == .nothing)
      let second = try calls.validate(transfer)
      if version < .v19 {
        #expect(second.name == "odoo.exceptions.ValidationError")
      } else {
        #expect(second == .result(true))
      }
      #expect(server.dumped(transfer)["validated_count"] == 1)
    }
  }

  @Test("the second of two equal actions at one moment fails, and was applied")
  func secondOfTwoActionsFails() throws {
    for version in OdooVersion.allCases {
      let server = try OdooSimulatorServer.start(version: version)
      defer { server.stop() }
      let action = try server.admin.installAction()
      for calls in RemoteCalls.all(server) {
        let transfer = try server.transfer()
        let context: JSONObject = [
          "tm_key": .string("key \(transfer)"), "tm_picking": .int(transfer),
          "tm_vals": ["carrier_tracking_ref": "T"],
        ]
        func run() throws -> RemoteCalls.Answer {
          try calls.call("ir.actions.server", "run", ids: [action], context: context)
        }
        var fault = Fault(.late, count: 1)
        fault.held = true
        fault.blocking = true
        server.admin.add(fault)
        #expect(try run() == .nothing)
        let second = try run()
        #expect(second.name == "builtins.ValueError")
        #expect(try run().value?["tm"] == "replay")
        #expect(server.dumped(transfer)["tracking"] == "T")
        #expect(server.dumped(transfer)["validated_count"] == 1)
      }
    }
  }

  @Test("errors of PostgreSQL roll everything back", arguments: OdooVersion.allCases)
  func databaseErrorsRollBack(_ version: OdooVersion) throws {
    let server = try OdooSimulatorServer.start(version: version)
    defer { server.stop() }
    for calls in RemoteCalls.all(server) {
      let transfer = try server.transfer()
      server.admin.add(Fault(.serialization, count: 1))
      #expect(try calls.validate(transfer).name == "psycopg2.errors.SerializationFailure")
      server.admin.add(Fault(.databaseDown, count: 1))
      let down = try calls.validate(transfer)
      // Over JSON-2 it is an HTML page of 404.
      #expect(calls.json2 ? down == .http(404) : down.name == "psycopg2.OperationalError")
      #expect(try calls.state(of: transfer) == "assigned")
    }
  }

  @Test("a proxy's page reaches the calls that are meant, as often as meant")
  func proxyPagesMeetTheirCalls() throws {
    let server = try OdooSimulatorServer.start(version: .v18)
    defer { server.stop() }
    let calls = RemoteCalls(server: server)
    var fault = Fault(.http, count: 2, methods: ["stock.picking.button_validate"])
    fault.status = 503
    fault.retryAfter = 7
    server.admin.add(fault)
    let transfer = try server.transfer()
    #expect(try calls.state(of: transfer) == "assigned")
    #expect(try calls.validate(transfer) == .http(503))
    #expect(try calls.validate(transfer) == .http(503))
    #expect(try calls.validate(transfer) == .result(true))
    var everywhere = Fault(.http, count: 1)
    everywhere.status = 429
    everywhere.retryAfter = 3
    server.admin.add(everywhere)
    let answer = try PlainClient(port: server.port).send("GET", "/web/health")
    #expect(answer?.status == 429)
    #expect(answer?.header("Retry-After") == "3")
  }

  @Test("down refuses connections, and comes up on the same port with its state")
  func downKeepsStateAndPort() throws {
    let server = try OdooSimulatorServer.start(version: .v19)
    defer { server.stop() }
    let calls = RemoteCalls(server: server)
    let transfer = try server.transfer()
    server.admin.goDown()
    #expect(try calls.validate(transfer) == .nothing)
    try server.admin.comeUp()
    #expect(try calls.validate(transfer) == .result(true))
  }

  @Test("one seed gives one sequence of faults")
  func chaosRepeats() throws {
    func draw(_ seed: UInt64) throws -> [Bool] {
      let server = try OdooSimulatorServer.start(version: .v18, world: .bare)
      defer { server.stop() }
      server.admin.set(Chaos(seed: seed, rates: [.lostRequest: 0.5]))
      let calls = RemoteCalls(server: server)
      return try (0..<32).map { _ in try calls.call("res.users", "context_get") == .nothing }
    }
    let first = try draw(7)
    #expect(try draw(7) == first)
    #expect(try draw(8) != first)
    #expect(Set(first).count == 2)
  }

  @Test("a revoked key is refused; an accepted one lives on in a process of 17 and 18")
  func revokedKeys() throws {
    for version in OdooVersion.allCases {
      let server = try OdooSimulatorServer.start(version: version, world: .bare)
      defer { server.stop() }
      let calls = RemoteCalls(server: server)
      #expect(try calls.call("res.users", "context_get").value != nil)
      try server.admin.perform("users", ["remove_key": .string(server.key)])
      let after = try calls.call("res.users", "context_get")
      if version < .v19 {
        #expect(after.value != nil)
        try server.admin.perform("users", ["password": "another"])
      }
      let later = try calls.call("res.users", "context_get")
      #expect(later.name == "odoo.exceptions.AccessDenied")
      try server.admin.perform("users", ["add_key": "new-key"])
      let fresh = RemoteCalls(server: server, key: "new-key")
      #expect(try fresh.call("res.users", "context_get").value != nil)
    }
  }
}
