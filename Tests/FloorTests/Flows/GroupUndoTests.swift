import Floor
import Testing

/// Taking back in a batch goes back change by change, whatever made them and wherever they were.
@Suite("Taking back in a batch")
struct GroupUndoTests {
  /// WH/OUT/00001 asks for 5 bolts and 3 nuts, TM/PICK/00008 for 2 bolts.
  private func batch() -> Workbench {
    let mirror = MemoryMirror.warehouse()
    mirror.batches = [Batch(id: 1, name: "BATCH/00001", transferIDs: [1, 8])]
    var bench = Workbench(mirror)
    #expect(bench.scan("BATCH/00001").code == .batchOpened)
    return bench
  }

  @Test func takesBackAWeightBeforeTheCountBeforeIt() {
    var bench = batch()
    bench.scan("4006381333931")
    bench.scan("OBTPACK")
    bench.scan("PACK0000001")
    let packed = bench.floor.stations["pack1"]?.tally
    #expect(bench.judge(.weight(EventBody.Weight(kilograms: .one))).code == .weighed)
    #expect(bench.codes("OCDCANC") == [.undone])
    #expect(bench.floor.stations["pack1"]?.tally == packed)
    #expect(bench.codes("OCDCANC", "OCDCANC", "OCDCANC") == [.undone, .undone, .nothingToUndo])
  }

  @Test func goesOnWithTheTransferThatWasInWorkBefore() {
    var bench = batch()
    for _ in 0..<5 { bench.scan("4006381333931") }
    let first = bench.floor.stations["pack1"]?.active
    bench.scan("4006381333931")
    #expect(bench.floor.stations["pack1"]?.active != first)
    bench.scan("OCDCANC")
    #expect(bench.floor.stations["pack1"]?.active == first)
  }

  /// A package that was opened and not used does not keep the batch from being closed.
  @Test func letsGoOfATransferWithAnEmptyPackage() {
    var bench = batch()
    bench.scan("PACK0000001")
    #expect(bench.floor.stations["pack1"]?.tally?.transfer.name == "WH/OUT/00001")
    let pick = EventBody.Work(
      step: .pick,
      transfer: "TM/PICK/00008",
      lines: [EventBody.Work.Line(code: "4006381333931", quantity: Quantity(2))]
    )
    #expect(bench.judge(.work(pick)).signal == .bad)
    bench.scan("OCDCANC")
    for _ in 0..<7 { bench.scan("4006381333931") }
    for _ in 0..<3 { bench.scan("012345678905") }
    #expect(bench.codes("OBTVALI") == [.confirmed])
    #expect(bench.confirmations.map(\.transferName) == ["WH/OUT/00001", "TM/PICK/00008"])
  }
}
