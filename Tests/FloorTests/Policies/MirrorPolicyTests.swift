import Floor
import Testing

/// Each value of the policies about a mirror that is old or does not know, and a second station.
@Suite("Policies of opening")
struct MirrorPolicyTests {
  @Test(arguments: FloorPolicy.UnknownTransfer.allCases, [3, 901, nil] as [Int64?])
  func unknownTransfer(_ value: FloorPolicy.UnknownTransfer, _ age: Int64?) {
    var bench = policyBench { $0.unknownTransfer = value }
    bench.mirror.mirrorAge = age
    let isBlind = value == .blind && age != 3
    #expect(bench.scan("WH/OUT/09999").code == (isBlind ? .blindOpened : .unknownTransfer))
  }

  @Test(arguments: FloorPolicy.StaleMirror.allCases, [900, 901, nil] as [Int64?])
  func staleMirror(_ value: FloorPolicy.StaleMirror, _ age: Int64?) {
    var bench = policyBench { $0.staleMirror = value }
    bench.mirror.mirrorAge = age
    let isRefused = value == .refuse && age != 900
    #expect(bench.scan("WH/OUT/00001").code == (isRefused ? .mirrorStale : .opened))
  }

  @Test func staleMirrorLetsWorkGoOnThatHasBegun() {
    var bench = policyBench { $0.staleMirror = .refuse }
    bench.scan("WH/OUT/00001")
    bench.mirror.mirrorAge = nil
    #expect(bench.codes("4006381333931", "TM-PARK") == [.counted, .parked])
    #expect(bench.codes("WH/OUT/00001") == [.resumed])
  }

  @Test(arguments: FloorPolicy.SecondStation.allCases)
  func secondStation(_ value: FloorPolicy.SecondStation) {
    var bench = policyBench { $0.secondStation = value }
    bench.scan("WH/OUT/00001")
    let code = bench.scan("WH/OUT/00001", at: "pack2").code
    switch value {
    case .refuse: #expect(code == .openElsewhere)
    case .join:
      #expect(code == .joined)
      bench.scan("4006381333931", at: "pack2")
      #expect(bench.counted(1) == .one)
    }
  }
}
