internal import JSON
internal import TestKit
internal import Testing

/// Hazard `commit-unknown`: a commit that failed may have reached the disk all the same.
@Suite struct CommitUnknownTests {
  @Test(
    "each sync of the journal's log fails in turn, and nothing is acknowledged that is not stored",
    .timeLimit(.minutes(2)),
    arguments: [true, false]
  )
  func everySyncFailsOnce(withOdoo: Bool) throws {
    let tools = try TemporaryDirectory("shim")
    guard let shim = try SyncShim.make(in: tools) else {
      return print("skipped: no C compiler for the library that makes syncs fail")
    }
    var failures = 0
    for number in 1...60 {
      let run = try FailingSync(shim, number, withOdoo: withOdoo)
      try run.work()
      run.expectNothingLost()
      guard run.hasFailed else { break }
      failures += 1
    }
    #expect(failures >= (withOdoo ? 8 : 4), "too few syncs to prove anything")
    #expect(failures < 60, "the history never ran without a failure")
  }
}

/// One small history in which the n-th sync fails.
private final class FailingSync {
  let box: Box
  private let note: String
  private let number: Int
  private let withOdoo: Bool
  private let early = Monitor<[String]>([])
  private var expected: [String: String] = [:]
  private var transfer = ""

  var hasFailed: Bool { File.exists(note) }

  init(_ shim: SyncShim, _ number: Int, withOdoo: Bool) throws {
    self.number = number
    self.withOdoo = withOdoo
    box = try Box()
    note = box.directory.path("failed")
    if !withOdoo { box.settings.odoo = [] }
    watchAcknowledgements()
    try box.launch(environment: shim.environment(failing: number, note: note))
    try box.tap.waitForConnection(of: Box.clientID)
  }

  /// Looks into the journal, before a PUBACK passes, whether its event is there.
  private func watchAcknowledgements() {
    let waiting = Monitor<[Int: [UInt16: String]]>([:])
    let (early, path) = (early, box.journalPath)
    box.tap.hook { packet in
      switch (packet.direction, packet.packet) {
      case (.toClient, .publish(let message)):
        let id = (try? JSON.parse(message.payload))?["id"]?.string ?? "?"
        waiting.withLock { $0[packet.connection, default: [:]][message.id] = id }
      case (.toServer, .puback(let packetID, _, _)):
        let id = waiting.withLock { $0[packet.connection]?[packetID] } ?? "unknown"
        let found = try? SQLiteFile(path).rows("SELECT 1 FROM event WHERE id = ?", id)
        if found?.isEmpty != false { early.withLock { $0.append(id) } }
      default: break
      }
      return .forward
    }
  }

  func work() throws {
    let scanner = Scanner("s1", box)
    if withOdoo { transfer = try box.order([("TM-1001", 2)]) }
    let codes =
      withOdoo ? [transfer, Code.product(1), Code.product(1), Code.validate] : ["A", "B"]
    for code in codes {
      let id = scanner.nextID()
      expected[id] = try scanner.scan(code, id: id).code
    }
    if withOdoo {
      #expect(expected["s1-4"] == "confirmed", "sync \(number)")
      try box.waitFor("applied", of: transfer)
    }
    #expect(try box.stop() == .exited(0), "sync \(number)")
  }

  func expectNothingLost() {
    #expect(early.withLock { $0 } == [], "acknowledged before it was stored, sync \(number)")
    #expect(throws: Never.self) {
      let journal = try box.journal()
      try journal.checkIntegrity()
      let rows = try journal.rows("SELECT id, code FROM event ORDER BY seq")
      #expect(rows.compactMap { $0["id"] } == expected.keys.sorted(), "sync \(number)")
      for row in rows { #expect(expected[row["id"] ?? ""] == row["code"], "sync \(number)") }
      if withOdoo { try box.expectValidatedOnce(transfer, ["TM-1001": 2]) }
    }
  }
}
