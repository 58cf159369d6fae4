internal import Dispatching
internal import Floor
internal import Journal
internal import Testing

/// What the floor is told of confirmations that were closed before.
struct ClosureTests {
  let directory = ScratchDirectory()
  private let stamp = Stamp(boot: 1, monotonic: 1000, wall: 0, synced: true)

  private func change(_ change: ConfirmationChange, in journal: Journal) throws {
    try journal.begin()
    try journal.apply(change, stamp)
    try journal.commit()
  }

  /// A journal with one event, for confirmations to refer to.
  private func makeJournal() throws -> Journal {
    let journal = try Journal(directory: directory.path)
    try journal.begin()
    let row = EventRow(
      id: nil,
      key: nil,
      hash: 1,
      topic: "t",
      device: nil,
      station: nil,
      profile: nil,
      kind: nil,
      deviceTime: nil,
      payload: [],
      size: 0,
      generation: 1,
      packetID: 1,
      transfer: nil,
      verdict: Verdict(signal: .good, code: .confirmed, message: "closed")
    )
    _ = try journal.append(row, stamp)
    try journal.commit()
    return journal
  }

  @Test func tellsTheClosuresOfAChainInOrderWithoutTheDiscarded() throws {
    let journal = try makeJournal()
    try journal.close("a", .transfer(1), stamp)
    try journal.close("b", .next(of: "a", .pack), stamp)
    try journal.close("c", .named("X"), chain: "S2", stamp)
    try journal.close("d", .next(of: "b", .ship), stamp)
    try change(.init(uuid: "b", state: .discarded, attempts: 0), in: journal)
    try change(
      .init(uuid: "a", state: .applied, attempts: 0, transferID: 1, backorders: [7]),
      in: journal
    )
    let chain = try journal.closures(ofChain: "S1")
    #expect(chain.map(\.confirmation.uuid) == ["a", "d"])
    #expect(chain.map(\.applied) == [true, false])
    #expect(chain[0].backorders == [7])
    #expect(try journal.closures(ofChain: "none").isEmpty)
  }

  /// A restart gives the outbox as it was, urgency included; of a damaged row what is left.
  @Test func keepsWhatTheUrgencyOfAConfirmationIsMadeOf() throws {
    let journal = try makeJournal()
    let closed = Stamp(boot: 1, monotonic: 1000, wall: 5000, synced: true)
    try journal.close("a", .transfer(1), operation: "WHOUT", scheduled: 1_795_514_400_000, closed)
    try journal.close("b", .transfer(2), stamp)
    let damage = try Database(path: "\(directory.path)/journal.db")
    try damage.execute("UPDATE confirmation SET content = '{\"uu' WHERE uuid = 'b'")
    let found = try journal.outbox().map(\.entry)
    #expect(found.map(\.uuid) == ["a", "b"])
    #expect(found[0].operation == "WHOUT")
    #expect(found[0].scheduled == 1_795_514_400_000)
    #expect(found[0].closed == 5000)
    #expect(found[1].operation == nil && found[1].scheduled == nil)
  }

  @Test func aTransferWasClosedByWhatWasBoundToItLater() throws {
    let journal = try makeJournal()
    try journal.close("a", .transfer(1), stamp)
    try journal.close("b", .next(of: "a", .pack), stamp)
    #expect(try journal.closure(of: .transfer(5)) == nil)
    try change(
      .init(uuid: "b", state: .sending, attempts: 0, transferID: 5),
      in: journal
    )
    #expect(try journal.closure(of: .transfer(5))?.confirmation.uuid == "b")
    #expect(try journal.closure(of: .transfer(1))?.confirmation.uuid == "a")
    try change(.init(uuid: "b", state: .discarded, attempts: 0), in: journal)
    #expect(try journal.closure(of: .transfer(5)) == nil)
  }

  @Test func keepsTheMovesThatFollow() throws {
    let journal = try makeJournal()
    try journal.close("a", .transfer(1), stamp)
    try change(
      .init(uuid: "a", state: .applied, attempts: 0, transferID: 1, nextMoves: [4, 9]),
      in: journal
    )
    let reader = try JournalReader(directory: directory.path)
    #expect(try reader.confirmations(all: true).first?.nextMoves == [4, 9])
  }
}
