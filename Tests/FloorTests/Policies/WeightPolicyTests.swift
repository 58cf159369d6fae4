import Floor
import Testing

/// Each value of the policy of weights; a bolt weighs 1 kg.
@Suite("Policies of weighing")
struct WeightPolicyTests {
  private func bench(_ change: (inout FloorPolicy.WeightPolicy) -> Void) -> Workbench {
    var bench = policyBench { change(&$0.weight) }
    _ = bench.codes("WH/OUT/00001", "4006381333931", "4006381333931", "PACK0000001")
    return bench
  }

  private func weigh(_ bench: inout Workbench, grams: Int64) -> VerdictCode {
    bench.judge(.weight(.init(kilograms: Quantity(millionths: grams * 1_000)))).code
  }

  @Test(arguments: FloorPolicy.Permission.allCases)
  func mismatch(_ value: FloorPolicy.Permission) {
    var bench = bench { $0.mismatch = value }
    let first = weigh(&bench, grams: 3_000)
    #expect(first == (value == .accept ? .weighed : .weightMismatch))
    #expect(bench.scan("BADGE-7").code == (value == .override ? .weighed : .nothingToOverride))
    let weight = bench.floor.stations["pack1"]?.tally?.packages.first?.weight
    #expect(weight == (value == .refuse ? nil : Quantity(3)))
  }

  @Test(arguments: [(1_899, false), (1_900, true), (2_100, true), (2_101, false)])
  func absolute(_ grams: Int64, _ fits: Bool) {
    var bench = bench {
      $0.mismatch = .refuse
      $0.absolute = Quantity(millionths: 100_000)
      $0.percent = .zero
    }
    #expect(weigh(&bench, grams: grams) == (fits ? .weighed : .weightMismatch))
  }

  /// The larger of both tolerances counts: a tenth of 2 kg is 200 g.
  @Test(arguments: [(1_799, false), (1_800, true), (2_200, true), (2_201, false)])
  func percent(_ grams: Int64, _ fits: Bool) {
    var bench = bench {
      $0.mismatch = .refuse
      $0.absolute = Quantity(millionths: 1_000)
      $0.percent = Quantity(10)
    }
    #expect(weigh(&bench, grams: grams) == (fits ? .weighed : .weightMismatch))
  }

  @Test(arguments: [true, false])
  func isRequired(_ value: Bool) {
    var bench = bench { $0.isRequired = value }
    #expect(bench.scan("OBTVALI").code == (value ? .weightMissing : .confirmIncomplete))
    #expect(weigh(&bench, grams: 2_000) == .weighed)
    #expect(bench.codes("OBTVALI", "OBTVALI") == [.confirmIncomplete, .confirmed])
  }

  /// Where the last unit closes by itself, the last weight does.
  @Test func isRequiredBeforeItClosesByItself() {
    var bench = policyBench {
      $0.complete = .validate
      $0.weight.isRequired = true
    }
    let codes = bench.codes("TM/PICK/00008", "PACK0000001", "4006381333931", "4006381333931")
    #expect(codes.last == .complete && bench.confirmations.isEmpty)
    #expect(weigh(&bench, grams: 2_000) == .confirmed)
  }
}
