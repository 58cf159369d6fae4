import Floor
import Testing

/// Each value of the policies of counting: too much, another lot, an expired one.
@Suite("Policies of counting")
struct CountingPolicyTests {
  private let bolt = "4006381333931"

  @Test(arguments: FloorPolicy.Permission.allCases)
  func overPick(_ value: FloorPolicy.Permission) {
    var bench = policyBench { $0.overPick = value }
    _ = bench.codes("TM/PICK/00008", bolt, bolt)
    check(value, .tooMany, .complete, bench.codes(bolt, "BADGE-7"), bench)
    #expect(bench.counted(1) == Quantity(value == .refuse ? 2 : 3))
  }

  @Test(arguments: FloorPolicy.Permission.allCases)
  func overPickPercent(_ value: FloorPolicy.Permission) {
    var bench = policyBench {
      $0.overPick = value
      $0.overPickPercent = 50
    }
    _ = bench.codes("TM/PICK/00008", bolt, bolt, bolt, "BADGE-7")
    // Half of 2 is 1: a fourth is refused, and nobody may let it pass.
    #expect(bench.codes(bolt, "BADGE-7") == [.tooMany, .nothingToOverride])
    #expect(bench.counted(1) == Quantity(value == .refuse ? 2 : 3))
  }

  @Test(arguments: FloorPolicy.Permission.allCases)
  func otherLot(_ value: FloorPolicy.Permission) {
    var bench = policyBench { $0.otherLot = value }
    #expect(bench.codes("WH/OUT/00002", "LOT-A") == [.opened, .counted], "the reserved one")
    check(value, .otherLot, .counted, bench.codes("LOT-B", "BADGE-7"), bench)
  }

  @Test(arguments: FloorPolicy.Permission.allCases)
  func expiredLot(_ value: FloorPolicy.Permission) {
    var bench = policyBench { $0.expiredLot = value }
    bench.scan("WH/OUT/00002")
    check(value, .expiredLot, .counted, bench.codes("LOT-OLD", "BADGE-7"), bench)
  }

  private func check(
    _ value: FloorPolicy.Permission,
    _ refused: VerdictCode,
    _ accepted: VerdictCode,
    _ codes: [VerdictCode],
    _ bench: Workbench
  ) {
    let overrides = bench.floor.stations["pack1"]?.tally?.overrides ?? []
    switch value {
    case .refuse: #expect(codes == [refused, .nothingToOverride] && overrides.isEmpty)
    case .accept: #expect(codes == [accepted, .nothingToOverride] && overrides.isEmpty)
    case .override:
      #expect(codes == [refused, accepted])
      #expect(overrides.map(\.by) == ["Anna"] && overrides.map(\.code) == [refused.rawValue])
    }
  }
}
