internal import CSQLite
internal import TestKit
internal import Testing

/// Two that want what only one can have.
@Suite struct TwoAgentsTests {
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
