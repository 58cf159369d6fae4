import Floor
import Testing

@Suite("Packages, weights and tracking")
struct PackageTests {
  @Test func packsWhatWasCountedIntoTheScannedPackage() throws {
    var bench = Workbench()
    bench.scan("WH/OUT/00001")
    bench.scan("BOLTS4")
    #expect(bench.scan("(00)006141411234567890").code == .packed)
    #expect(
      bench.judge(.weight(.init(kilograms: Quantity(millionths: 1_250_000)))).code == .weighed
    )
    #expect(bench.codes("OBTVALI", "OBTVALI") == [.confirmIncomplete, .confirmed])
    let confirmation = try #require(bench.confirmations.first)
    #expect(confirmation.lines.map(\.package) == ["006141411234567890"])
    #expect(confirmation.packages.first?.weight == Quantity(millionths: 1_250_000))
  }

  @Test func countsIntoAnOpenPackage() {
    var bench = Workbench()
    #expect(
      bench.codes("WH/OUT/00001", "PACK0000077", "4006381333931", "PACK0000078", "4006381333931")
        == [.opened, .packageOpened, .counted, .packageOpened, .counted]
    )
    let lines = bench.floor.stations["pack1"]?.tally?.lines ?? []
    #expect(lines.map(\.package) == ["PACK0000077", "PACK0000078"])
  }

  @Test func countsAWholePackageThatComesFromTheStepBefore() {
    var bench = Workbench()
    #expect(
      bench.codes("TM/OUT/00003", "PACK0000009", "PACK0000009")
        == [.opened, .complete, .packageTwice]
    )
    let line = bench.floor.stations["pack1"]?.tally?.lines.first
    #expect(line?.sourcePackage == "PACK0000009" && line?.quantity == Quantity(5))
  }

  @Test func refusesAPackageThatAnotherStationFills() {
    var bench = Workbench()
    bench.scan("WH/OUT/00001", at: "pack1")
    bench.scan("PACK0000077", at: "pack1")
    bench.scan("WH/OUT/00002", at: "pack2")
    #expect(bench.scan("PACK0000077", at: "pack2").code == .packageElsewhere)
  }

  @Test func refusesAWeightThatMeansNothing() {
    var bench = Workbench()
    let kilogram = EventBody.Weight(kilograms: .one)
    #expect(bench.judge(.weight(kilogram)).code == .nothingOpen)
    bench.scan("WH/OUT/00001")
    #expect(bench.judge(.weight(kilogram)).code == .noPackage)
    bench.scan("PACK0000077")
    #expect(bench.judge(.weight(.init(kilograms: .one, stable: false))).code == .weightUnstable)
    #expect(bench.judge(.weight(.init(kilograms: .zero))).code == .weightImplausible)
    #expect(bench.judge(.weight(.init(kilograms: Quantity(90_000)))).code == .weightImplausible)
    #expect(bench.judge(.weight(kilogram)).code == .weighed)
  }
}
