import Floor
import Testing

/// Each value of the policies of closing.
@Suite("Policies of closing")
struct ClosingPolicyTests {
  private let bolt = "4006381333931"

  @Test(arguments: FloorPolicy.Incomplete.allCases)
  func incomplete(_ value: FloorPolicy.Incomplete) {
    var bench = policyBench { $0.incomplete = value }
    bench.scan("WH/OUT/00001")
    bench.scan(bolt)
    let codes = bench.codes("OBTVALI", "OBTVALI")
    switch value {
    case .backorder:
      #expect(codes == [.confirmIncomplete, .confirmed])
      #expect(bench.confirmations.map(\.rest) == [.backorder])
      #expect(bench.scan("WH/OUT/00001").code == .opened, "its rest")
    case .drop:
      #expect(codes == [.confirmIncomplete, .confirmed])
      #expect(bench.confirmations.map(\.rest) == [.drop])
      #expect(bench.scan("WH/OUT/00001").code == .alreadyClosed)
    case .refuse:
      #expect(codes == [.incomplete, .incomplete] && bench.confirmations.isEmpty)
    }
  }

  @Test(arguments: FloorPolicy.Complete.allCases)
  func complete(_ value: FloorPolicy.Complete) {
    var bench = policyBench { $0.complete = value }
    let codes = bench.codes("TM/PICK/00008", bolt, bolt)
    switch value {
    case .wait: #expect(codes.last == .complete && bench.confirmations.isEmpty)
    case .validate: #expect(codes.last == .confirmed && bench.confirmations.count == 1)
    }
  }

  @Test(arguments: [999, 1_000, 1_001])
  func confirmWithin(_ rest: Int64) {
    var bench = policyBench { $0.confirmWithin = 1_000 }
    _ = bench.codes("WH/OUT/00001", bolt, "OBTVALI")
    bench.now += rest - 100
    #expect(bench.scan("OBTVALI").code == (rest <= 1_000 ? .confirmed : .confirmIncomplete))
  }

  @Test(arguments: [nil, 60_000] as [Int64?])
  func parkAfter(_ limit: Int64?) {
    var bench = policyBench { $0.parkAfter = limit }
    _ = bench.codes("WH/OUT/00001", bolt)
    bench.now += 60_000
    let isParked = limit != nil
    #expect(bench.scan("TM-STATUS").code == (isParked ? .nothingOpen : .status))
    #expect(bench.scan("WH/OUT/00001").code == (isParked ? .resumed : .status))
    #expect(bench.counted(1) == .one)
  }

  /// What rests too long is free for others, though its own station has not been heard since.
  @Test func parkAfterFreesForOthers() {
    var bench = policyBench { $0.parkAfter = 60_000 }
    _ = bench.codes("WH/OUT/00001", bolt)
    bench.now += 59_000
    #expect(bench.scan("WH/OUT/00001", at: "pack2").code == .openElsewhere)
    bench.now += 2_000
    #expect(bench.scan("WH/OUT/00001", at: "pack2").code == .resumed)
    #expect(bench.scan("TM-STATUS").code == .nothingOpen)
  }
}
