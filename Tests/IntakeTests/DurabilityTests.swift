import Dispatching
import Floor
import Intake
import Journal
import TestKit
import Testing

@Suite("What survives")
struct DurabilityTests {
  @Test func goesOnWithTheSameTallyAfterARestart() throws {
    let dock = try Dock()
    _ = try dock.codes("WH/OUT/00001")
    for index in 0..<3 { try dock.take(dock.message(#"{"id":"\#(index)","code":"BOLT"}"#)) }
    let before = try dock.intake.journal.stations()["s1"]?.station
    try dock.restart()
    #expect(try dock.intake.journal.stations()["s1"]?.station == before)
    #expect(before?.tally?.counted == Quantity(3))
    #expect(try dock.codes(#"{"id":"x","code":"BOLT"}"#) == [.counted])
    #expect(try dock.counted() == Quantity(4))
  }

  /// A tally that was put aside at one station and taken up at another one stays there.
  @Test func remembersWhereATallyWentAcrossARestart() throws {
    let dock = try Dock()
    _ = try dock.codes("WH/OUT/00001")
    try dock.take(dock.message("BOLT"))
    #expect(try dock.codes("TM-PARK") == [.parked])
    #expect(try dock.codes("WH/OUT/00001", device: "s2") == [.resumed])
    try dock.restart()
    #expect(try dock.counted(at: "s1") == nil)
    #expect(try dock.counted(at: "s2") == Quantity(1))
    #expect(try dock.codes("BOLT", device: "s2") == [.counted])
    #expect(try dock.codes("WH/OUT/00001", device: "s1") == [.openElsewhere])
  }

  /// What a station knows beside its tallies: a number that was keyed in, an open count, a tally
  /// that is put aside.
  @Test func remembersWhatAStationKnowsAcrossARestart() throws {
    let dock = try Dock()
    _ = try dock.codes("WH/OUT/00001")
    _ = try dock.codes("TM-QTY-3")
    #expect(try dock.codes("TM-COUNT", device: "s2") == [.countOpened])
    try dock.restart()
    #expect(try dock.codes("BOLT") == [.counted])
    #expect(try dock.counted() == Quantity(3))
    #expect(try dock.codes("TM-COUNT", device: "s2") == [.status])
    _ = try dock.codes("TM-PARK")
    try dock.restart()
    #expect(try dock.codes("OBTVALI") == [.nothingOpen], "it is still put aside")
    #expect(try dock.codes("WH/OUT/00001") == [.resumed])
  }

  @Test func storesAConfirmationInTheTransactionOfItsEvent() throws {
    let dock = try Dock()
    _ = try dock.codes("WH/OUT/00001")
    for _ in 0..<5 { try dock.take(dock.message("BOLT")) }
    let outcome = try dock.take(dock.message("OBTVALI"))
    #expect(outcome.closed.count == 1 && outcome.closed.first?.chain == "S1")
    let stored = try dock.reader().confirmations()
    #expect(stored.map(\.transfer) == ["WH/OUT/00001"] && stored.map(\.state) == [.pending])
    #expect(stored.first?.event == 7)
    #expect(stored.first?.content?.lines == [.init(productID: 1, quantity: Quantity(5))])
    try dock.restart()
    #expect(try dock.codes("WH/OUT/00001") == [.alreadyClosed])
    #expect(try dock.intake.journal.outbox().map(\.entry) == outcome.closed)
  }

  @Test func changesOfTheOutboxAreStoredWithTheBatch() throws {
    let dock = try Dock()
    _ = try dock.codes("WH/OUT/00001")
    try dock.take(dock.message("BOLT"))
    try dock.take(dock.message("OBTVALI"))
    let uuid = try #require(try dock.take(dock.message("OBTVALI")).closed.first?.uuid)
    _ = try dock.intake.process(
      [],
      work: [
        .change(ConfirmationChange(uuid: uuid, state: .sending, attempts: 0)),
        .change(ConfirmationChange(uuid: uuid, state: .applied, attempts: 0, backorders: [7])),
      ],
      at: dock.stamp
    )
    let record = try #require(try dock.reader().confirmations(all: true).first)
    #expect(record.state == .applied && record.backorders == [7])
    #expect(
      try dock.reader().transitions(of: uuid).map(\.state) == ["pending", "sending", "applied"]
    )
    #expect(try dock.intake.journal.outbox().isEmpty)
  }

  /// Hazard `silence`: a crash after the commit, before the feedback.
  @Test func silence() throws {
    let dock = try Dock()
    _ = try dock.codes("WH/OUT/00001")
    try dock.take(dock.message("BOLT"))
    try dock.reopen()
    // Young answers are sent again; they are marked as repeats.
    dock.stamp.monotonic += 1_000
    let young = try dock.intake.answersAfterRestart(at: dock.stamp)
    #expect(young.map(\.eventID) == ["e1", "e2"] && young.allSatisfy(\.isRepeat))
    // Old ones would mislead: the next answer says instead what is counted.
    try dock.reopen()
    dock.stamp.monotonic += 60_000
    #expect(try dock.intake.answersAfterRestart(at: dock.stamp).isEmpty)
    let outcome = try dock.take(dock.message("BOLT"))
    #expect(outcome.answers.first?.verdict.message.contains("Counted so far: 2 of 5") == true)
  }

  @Test func silenceEndsOnceTheAnswersAreOut() throws {
    let dock = try Dock()
    _ = try dock.codes("WH/OUT/00001")
    dock.intake.answered(through: 1)
    _ = try dock.intake.process([], at: dock.stamp)
    try dock.reopen()
    #expect(try dock.intake.answersAfterRestart(at: dock.stamp).isEmpty)
  }

  @Test func aSecondAgentIsRefused() throws {
    let dock = try Dock()
    #expect {
      try Journal(directory: dock.directory.path)
    } throws: { ($0 as? JournalError)?.kind == .inUse }
  }

  @Test func aJournalOfANewerVersionIsRefusedUntouched() throws {
    let directory = try TemporaryDirectory()
    let path = "\(directory.path)/journal.db"
    let newer = try Database(path: path)
    try newer.execute("PRAGMA user_version = 99; CREATE TABLE secret(x)")
    #expect {
      try Journal(directory: directory.path)
    } throws: { ($0 as? JournalError)?.kind == .newer }
    #expect(try newer.userVersion() == 99)
    #expect(try newer.text("SELECT group_concat(name) FROM sqlite_master") == "secret")
  }

  @Test func theJournalIsDurableAndSaysSo() throws {
    let dock = try Dock()
    _ = try dock.codes("X")
    // Read by another connection: WAL is a property of the file.
    let other = try Database(path: "\(dock.directory.path)/journal.db", mode: .readOnly)
    #expect(try other.text("PRAGMA journal_mode") == "wal")
    #expect(try dock.intake.journal.synchronous() == 2)
  }

  /// Hazard `clock`: a box boots in 1970, jumps to the right time and back.
  ///
  /// Order is the journal's, and the boot's events get their right dates after the first
  /// synchronisation.
  @Test func clock() throws {
    let dock = try Dock()
    dock.stamp = Stamp(boot: 1, monotonic: 1_000, wall: 5_000, synced: false)
    _ = try dock.codes("WH/OUT/00001")
    try dock.take(dock.message("BOLT"))
    dock.stamp.wall = 1_800_000_000_000
    dock.stamp.monotonic = 61_000
    dock.stamp.synced = true
    try dock.intake.journal.noteClockSynced(dock.stamp)
    try dock.take(dock.message("BOLT"))
    dock.stamp.wall = 1_000
    try dock.take(dock.message("BOLT"))
    let events = try dock.reader().events(EventFilter())
    #expect(events.map(\.sequence) == [1, 2, 3, 4])
    #expect(events.allSatisfy { $0.isTimeProven })
    // A minute before the synchronisation, though the clock said 1970; and never back in time.
    #expect(events[0].at == 1_800_000_000_000 - 59_900)
    #expect(zip(events, events.dropFirst()).allSatisfy { $0.at <= $1.at })
    try dock.restart()
    #expect(try dock.counted() == Quantity(3))
    // A question's time runs on the monotonic clock: the jump back does not keep it open.
    #expect(try dock.codes("OBTVALI") == [.confirmIncomplete])
    dock.stamp.monotonic += 60_000
    #expect(try dock.codes("OBTVALI") == [.confirmIncomplete])
  }
}
