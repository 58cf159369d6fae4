internal import CSQLite
internal import Glibc
internal import TestKit
internal import Testing

/// Two that want what only one can have.
@Suite struct TwoAgentsTests {
  @Test(
    "hazard two-boxes: an agent that finds another at its place gives way and does not fight",
    arguments: ["tallyman-main", "tallyman-other"]
  )
  func twoBoxes(clientID: String) throws {
    let box = try Box()
    let first = try box.start()
    let scanner = Scanner("s1", box)
    try scanner.scan("before", id: "before")

    // A copy of the card with a journal of its own, on the same broker.
    var settings = box.settings
    settings.directory = "other"
    settings.broker = ["client_id = \"\(clientID)\""]
    let configuration = box.directory.path("other.toml")
    let text = settings.text(brokerPort: box.tap.port, odoo: Box.odooLines(box.odoo))
    try File.write(text, to: configuration)
    #expect(mkdir(box.directory.path("other"), 0o700) == 0)
    let second = try ChildProcess(
      try Executable.find("tallyman"),
      ["run", "--config", configuration]
    )
    guard case .exited(let code) = try first.wait(within: .seconds(10)) else {
      Issue.record("ended by a signal")
      return
    }
    #expect(code == 1)
    #expect(first.errorOutput.contains("Another agent"))
    #expect(first.errorOutput.contains("broker.client_id"))
    try box.tap.waitForConnection(of: clientID)
    try scanner.scan("after", id: "after")
    let connections = box.tap.connections.count
    try scanner.scan("once more", id: "once more")
    #expect(box.tap.connections.count == connections, "they fight for the session")
    #expect(second.isRunning)
    second.kill(.terminate)
    #expect(try second.wait(within: .seconds(10)) == .exited(0))
    let old = try box.journal().rows("SELECT id FROM event").compactMap { $0["id"] }
    let new = try SQLiteFile(box.directory.path("other/journal.db"))
      .rows("SELECT id FROM event").compactMap { $0["id"] }
    #expect(old == ["before"] && new == ["after", "once more"])
  }

  @Test("hazard two-boxes: a broker that says who took the session over is believed at once")
  func twoBoxesByReasonCode() throws {
    let box = try Box()
    let agent = try box.start()
    let scanner = Scanner("s1", box)
    try scanner.scan("before")
    // DISCONNECT of MQTT 5, "session taken over"; mosquitto 2.0.11 closes without a word instead.
    box.tap.hook { packet in
      guard packet.direction == .toServer, case .puback = packet.packet else { return .forward }
      return .answerAndCut([0xE0, 0x02, 0x8E, 0x00])
    }
    try scanner.send("in between", id: "between")
    #expect(try agent.wait(within: .seconds(10)) == .exited(1))
    #expect(agent.errorOutput.contains("Another agent uses the client id \(Box.clientID)"))
    #expect(agent.errorOutput.split(separator: "\n").count { $0.hasPrefix("critical:") } == 1)
    #expect(box.sessions == 1, "it came back")
    #expect(scanner.answers(to: "between").isEmpty)
    // Once a person has sorted that out, nothing is missing.
    box.tap.removeHooks()
    try box.start()
    try scanner.scan("after")
    #expect(try box.count("SELECT count(*) FROM event WHERE id = 'between'") == 1)
  }

  @Test("an agent that comes back after a crash, its own or the broker's, is nobody else")
  func itself() throws {
    let box = try Box()
    try box.start().killAndWait()
    let agent = try box.start()
    // The broker forgets the last status and tells one of an earlier run.
    try box.broker.save()
    try agent.killAndWait()
    let next = try box.start()
    try box.broker.kill()
    try box.broker.start()
    let scanner = Scanner("s1", box)
    try scanner.scan("still here")
    #expect(next.isRunning)
    let status = Device(
      port: box.broker.port,
      clientID: "looks",
      subscriptions: ["tallyman/main/status"]
    )
    try status.connect()
    try status.waitForMessage(within: .seconds(10)) { $0.text.contains("\"online\"") }
  }

  @Test("a second agent on the same directory is refused at once")
  func sameDirectory() throws {
    let box = try Box()
    let first = try box.start()
    let second = try ChildProcess(
      try Executable.find("tallyman"),
      ["run", "--config", box.configuration]
    )
    guard case .exited(let code) = try second.wait(within: .seconds(5)) else {
      Issue.record("ended by a signal")
      return
    }
    #expect(code != 0)
    #expect(second.errorOutput.contains("journal.lock"))
    #expect(second.errorOutput.contains("another agent uses this journal"))
    #expect(box.sessions == 1, "it went to the broker all the same")
    #expect(first.isRunning)
    #expect(try Scanner("s1", box).scan("still here").signal == "bad")
  }

  @Test("a journal of a newer version is refused and left as it is")
  func newerJournal() throws {
    let box = try Box()
    try box.start()
    try Scanner("s1", box).scan("code")
    #expect(try box.stop() == .exited(0))
    try setVersion(999, of: box.journalPath)
    let before = try File.bytes(box.journalPath)
    let agent = try box.launch()
    guard case .exited(let code) = try agent.wait(within: .seconds(10)) else {
      Issue.record("ended by a signal")
      return
    }
    #expect(code != 0)
    #expect(agent.errorOutput.contains("journal.db"))
    #expect(agent.errorOutput.contains("newer version"))
    #expect(try File.bytes(box.journalPath) == before)
    #expect(box.sessions == 1, "it read scans that it cannot keep")
    for command in ["status", "events"] { #expect(try box.tallyman(command).code != 0) }
    #expect(try File.bytes(box.journalPath) == before)
  }

  private func setVersion(_ version: Int, of path: String) throws {
    var database: OpaquePointer?
    defer { sqlite3_close(database) }
    #expect(sqlite3_open(path, &database) == SQLITE_OK)
    #expect(sqlite3_exec(database, "PRAGMA user_version = \(version)", nil, nil, nil) == SQLITE_OK)
  }
}
