internal import JSON
internal import TestKit
internal import Testing

/// The whole way once, without a fault: what the other tests take for granted.
@Suite struct SmokeTests {
  @Test func aScanIsAnsweredJournaledAndAppliedOnce() throws {
    let box = try Box()
    try box.start()
    let name = try box.order([("TM-1001", 3), ("TM-1002", 1)])
    let scanner = Scanner("s1", box)
    let opened = try scanner.scan(name)
    #expect(opened.code == "opened" && opened.signal == "good")
    let first = try scanner.scan(Code.product(1), id: "count-1")
    #expect(first.json["left"]?["total"]?.int == 3)
    let again = try scanner.scan(Code.product(1), id: "count-1")
    #expect(again.isDuplicate && again.json["left"]?["total"]?.int == 3)
    try scanner.scan(Code.product(1))
    try scanner.scan(Code.product(1))
    #expect(try scanner.scan(Code.product(3)).code == "wrong_product")
    #expect(try scanner.scan(Code.product(2)).code == "complete")
    let closed = try scanner.scan(Code.validate, id: "close-1")
    #expect(closed.code == "confirmed")
    try box.waitFor("applied", of: name)
    try box.expectValidatedOnce(name, ["TM-1001": 3, "TM-1002": 1])
    #expect(try box.count("SELECT repeats FROM event WHERE id = 'count-1'") == 1)
    #expect(box.tap.failures.isEmpty && box.tap.unmatchedAcknowledgements.isEmpty)
    try box.expectTrace(name)

    let status = try box.tallyman("status", "--json")
    #expect(status.code == 0)
    #expect(try status.json()["confirmations"]?["applied"]?.int == 1)
    #expect(try box.stop() == .exited(0))
    #expect(try box.tallyman("status").code == 4, "a box that does not run is unhealthy")
    #expect(try box.tallyman("trace", name, "--json").code == 0, "the journal outlives the agent")
  }

  @Test func commandsEndWithCodesThatScriptsCanRelyOn() throws {
    let box = try Box()
    try box.start()
    let name = try box.order([("TM-1001", 1)])
    try Scanner("s1", box).work(name, [Code.product(1)])
    try box.waitFor("applied", of: name)

    #expect(try box.tallyman("check").code == 0)
    #expect(try box.tallyman("queue", "list", "--json").json() == [])
    #expect(try box.tallyman("queue", "list", "--all", "--json").json().array?.count == 1)
    let events = try box.tallyman("events", "--transfer", name, "--json").json().array ?? []
    #expect(events.count == 3)
    #expect(events.allSatisfy { $0["verdict"]?["code"]?.string != nil })

    #expect(try box.tallyman("trace", "WH/OUT/99999").code == 3)
    #expect(try box.tallyman("queue", "show", "WH/OUT/99999").code == 3)
    #expect(try box.tallyman("status", "--no-such-option").code == 64)
    #expect(try box.tallyman("queue", "discard", name, "--reason", " ").code == 64)
    try box.broker.stop()
    let check = try box.tallyman("check", "--json")
    #expect(check.code == 4)
    let problem = try check.json().array?.first { $0["level"]?.string == "problem" }
    #expect(problem?["subject"]?.string == "broker" && problem?["hint"]?.string != nil)

    let wrong = box.directory.path("wrong.toml")
    try File.write("[broker]\nprot = 1883\n", to: wrong)
    let refused = try box.tallyman("check", configuration: wrong)
    #expect(refused.code == 78)
    #expect(refused.error.contains("prot") && refused.error.contains("port"))
    #expect(try box.tallyman("run", configuration: wrong).code == 78)
  }
}

extension Box {
  /// Expects the whole life of a transfer in `tallyman trace`.
  fileprivate func expectTrace(_ name: String) throws {
    let answer = try tallyman("trace", name, "--json")
    #expect(answer.code == 0)
    let trace = try answer.json()
    let ids = trace["events"]?.array?.compactMap { $0["id"]?.string } ?? []
    #expect(ids.contains("count-1") && ids.contains("close-1"))
    let verdicts = trace["events"]?.array?.compactMap { $0["verdict"]?["code"]?.string } ?? []
    #expect(verdicts.contains("opened") && verdicts.contains("confirmed"))
    let confirmation = trace["confirmations"]?[0]
    #expect(confirmation?["state"]?.string == "applied")
    #expect(confirmation?["content"]?["lines"]?.array?.count == 2)
    let states = confirmation?["transitions"]?.array?.compactMap { $0["state"]?.string } ?? []
    #expect(states.first == "pending" && states.last == "applied" && states.contains("sending"))
    let calls = confirmation?["calls"]?.array ?? []
    #expect(calls.contains { $0["method"]?.string == "button_validate" })
    #expect(calls.allSatisfy { ($0["micros"]?.int ?? 0) > 0 && $0["outcome"]?.string == "ok" })
  }
}
