import Floor
import Testing

/// A station that counts with another one does so for one transfer.
@Suite("Two stations at one transfer")
struct JoinTests {
  private func joined() -> Workbench {
    var bench = Workbench(policy: FloorPolicy(secondStation: .join))
    bench.scan("WH/OUT/00001")
    bench.scan("WH/OUT/00001", at: "pack2")
    #expect(bench.floor.stations["pack2"]?.joined == "pack1")
    return bench
  }

  @Test func doesNotCountInWhatTheFirstOneOpensNext() {
    var bench = joined()
    #expect(bench.codes("4006381333931", "OBTVALI", "OBTVALI").last == .confirmed)
    bench.scan("TM/PICK/00008")
    bench.scan("4006381333931", at: "pack2")
    #expect(bench.counted(1) == .zero)
  }

  @Test func staysWhenTheOtherTransferIsRefused() {
    var bench = joined()
    #expect(bench.scan("WH/OUT/00006", at: "pack2").code == .alreadyDone)
    #expect(bench.scan("4006381333931", at: "pack2").code == .counted)
    #expect(bench.counted(1) == .one)
  }

  /// What is stored must know that the station was counting with the other one, and does no more.
  @Test func saysThatItHasLeft() throws {
    var bench = joined()
    let before = bench.floor.stations["pack2"]
    let judgement = bench.floor.judge(
      .scan(EventBody.Scan(code: "TM/PICK/00008")),
      at: "pack2",
      lookup: bench.mirror,
      moment: Moment(monotonic: 9_000, makeUUID: { "u" })
    )
    #expect(judgement.verdict.code == .opened)
    let changed = try #require(judgement.changed.first { $0.name == "pack2" })
    #expect(changed.before == before)
  }
}
