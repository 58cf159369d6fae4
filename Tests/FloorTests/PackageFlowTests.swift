import Floor
import Testing

/// Packages, weights, numbers and labels.
@Suite struct PackageFlowTests {
  static func mirror() -> MemoryMirror {
    let mirror = MemoryMirror.warehouse()
    mirror.products[1]?.weight = Quantity(millionths: 500_000)
    mirror.products[2]?.weight = Quantity(millionths: 100_000)
    mirror.packageTypes = [
      PackageType(
        id: 7,
        name: "Carton",
        barcode: "CARTON",
        tare: Quantity(millionths: 300_000),
        heaviest: Quantity(10)
      )
    ]
    return mirror
  }

  static func weight(_ kilograms: String, stable: Bool = true) -> EventBody {
    .weight(
      EventBody.Weight(kilograms: Quantity(kilograms) ?? .zero, stable: stable)
    )
  }

  @Test func aWeightMustFitGoodsAndCarton() {
    var policy = FloorPolicy()
    policy.weight.mismatch = .refuse
    policy.weight.absolute = Quantity(millionths: 50_000)
    policy.weight.percent = Quantity(1)
    var bench = Workbench(Self.mirror(), policy: policy)
    #expect(
      bench.codes("WH/OUT/00001", "BOLTS4", "4006381333931", "PACK0000300", "CARTON")
        == [.opened, .counted, .counted, .packed, .packageTyped]
    )
    // 5 bolts at 0.5 kg and a carton of 0.3 kg are 2.8 kg; 0.05 kg is more than 1 %.
    #expect(bench.judge(Self.weight("2.86")).code == .weightMismatch)
    #expect(bench.judge(Self.weight("2.74")).code == .weightMismatch)
    #expect(bench.judge(Self.weight("2.8", stable: false)).code == .weightUnstable)
    #expect(bench.judge(Self.weight("2.85")).code == .weighed)
    #expect(bench.tally()?.packages.first?.weight == Quantity(millionths: 2_850_000))
    #expect(bench.tally()?.packages.first?.typeID == 7)
  }

  @Test func aCartonBearsOnlySoMuch() {
    var bench = Workbench(Self.mirror())
    _ = bench.codes("WH/OUT/00001", "BOLTS4", "PACK0000300", "CARTON")
    #expect(bench.judge(Self.weight("10.01")).code == .packageTooHeavy)
    #expect(bench.judge(Self.weight("10")).code == .weighed)
  }

  @Test func aCartonOfAnotherCarrierIsWrong() {
    let mirror = Self.mirror()
    mirror.packageTypes.append(
      PackageType(id: 8, name: "Fast box", barcode: "FAST-BOX", carrierType: "fast")
    )
    mirror.transfers[0].carrier = "Slow & Sons"
    mirror.transfers[0].carrierType = "slow"
    var bench = Workbench(mirror)
    #expect(
      bench.codes("WH/OUT/00001", "BOLTS4", "PACK0000300", "FAST-BOX", "CARTON")
        == [.opened, .counted, .packed, .wrongCarton, .packageTyped]
    )
    mirror.transfers[0].carrierType = "fast"
    var other = Workbench(mirror)
    #expect(
      other.codes("WH/OUT/00001", "BOLTS4", "PACK0000300", "FAST-BOX").last == .packageTyped
    )
  }

  @Test func theLargerToleranceCounts() {
    var policy = FloorPolicy()
    policy.weight.mismatch = .refuse
    policy.weight.absolute = Quantity(millionths: 10_000)
    policy.weight.percent = Quantity(10)
    var bench = Workbench(Self.mirror(), policy: policy)
    _ = bench.codes("WH/OUT/00001", "BOLTS4", "PACK0000300")
    #expect(bench.judge(Self.weight("2.2")).code == .weighed)
    #expect(bench.judge(Self.weight("2.21")).code == .weightMismatch)
  }

  @Test func aSupervisorLetsAWeightPass() {
    var policy = FloorPolicy()
    policy.weight.mismatch = .override
    var bench = Workbench(
      Self.mirror(),
      site: FloorSite(policy: policy, supervisors: ["BADGE-7": "Ada"])
    )
    _ = bench.codes("WH/OUT/00001", "BOLTS4", "PACK0000300")
    #expect(bench.scan("BADGE-7").code == .nothingToOverride)
    let refused = bench.judge(Self.weight("9"))
    #expect(refused.code == .weightMismatch)
    #expect(refused.message.contains("supervisor"))
    #expect(bench.scan("BADGE-7").code == .weighed)
    #expect(bench.scan("BADGE-7").code == .nothingToOverride)
    _ = bench.codes("OBTVALI", "OBTVALI")
    #expect(
      bench.confirmations[0].overrides
        == [
          Confirmation.Override(code: "weight_mismatch", by: "Ada", subject: "PACK0000300 9 kg")
        ]
    )
  }

  @Test func aBadgeComesTooLateAfterAWhile() {
    var policy = FloorPolicy()
    policy.overPick = .override
    var bench = Workbench(site: FloorSite(policy: policy, supervisors: ["BADGE-7": "Ada"]))
    _ = bench.codes("WH/OUT/00001", "BOLTS4", "4006381333931")
    #expect(bench.scan("4006381333931").code == .tooMany)
    bench.now += 20_000
    #expect(bench.scan("BADGE-7").code == .nothingToOverride)
    #expect(
      bench.codes("4006381333931", "012345678905", "BADGE-7") == [
        .tooMany, .counted, .nothingToOverride,
      ]
    )
    #expect(bench.codes("4006381333931", "BADGE-7") == [.tooMany, .counted])
    #expect(bench.codes("OCDCANC") == [.undone])
    #expect(bench.tally()?.overrides == [])
    #expect(bench.counted(1) == Quantity(5))
  }

  @Test func everyPackageIsWeighedWhereThatIsRequired() {
    var policy = FloorPolicy()
    policy.weight.isRequired = true
    policy.complete = .validate
    var bench = Workbench(Self.mirror(), policy: policy)
    #expect(
      bench.codes("WH/OUT/00001", "PACK0000300", "BOLTS4", "4006381333931", "TM-CLOSEPACK")
        == [.opened, .packageOpened, .counted, .counted, .packageClosed]
    )
    _ = bench.codes("012345678905", "012345678905")
    #expect(bench.scan("012345678905").code == .complete)
    #expect(bench.scan("OBTVALI").code == .weightMissing)
    let weight = EventBody.Weight(kilograms: Quantity(2), package: "PACK0000300")
    #expect(bench.judge(.weight(weight)).code == .confirmed, "complete, weighed, by itself")
  }

  @Test func packagesOfTheSitesOwnNumbers() {
    let range = SSCCRange(extensionDigit: 3, companyPrefix: "4012345", first: 7, last: 8)
    var bench = Workbench(Self.mirror(), site: FloorSite(packageNumbers: range))
    #expect(
      bench.codes("WH/OUT/00001", "4006381333931", "OBTPACK", "TM-NEWPACK", "TM-NEWPACK")
        == [.opened, .counted, .packed, .packageOpened, .noPackageNumbers]
    )
    #expect(bench.tally()?.packages.map(\.name) == ["340123450000000079", "340123450000000086"])
    #expect(bench.floor.nextPackage == 9)
  }

  @Test func aPackageStandsInAPallet() {
    var bench = Workbench(Self.mirror())
    #expect(
      bench.codes(
        "WH/OUT/00001",
        "4006381333931",
        "PACK0000300",
        "PACK0000900",
        "PACK0000300",
        "OCDCANC",
        "PACK0000300",
        "TM-CLOSEPACK",
        "OBTVALI",
        "OBTVALI"
      ) == [
        .opened, .counted, .packed, .packageOpened, .nested, .undone, .nested, .packageClosed,
        .confirmIncomplete, .confirmed,
      ]
    )
    let packages = bench.confirmations[0].packages
    #expect(packages.map(\.name) == ["PACK0000300", "PACK0000900"])
    #expect(packages.map(\.parent) == ["PACK0000900", nil])
  }

  @Test func aFullPackageIsNotFilledAgain() {
    let mirror = Self.mirror()
    mirror.fullPackages = ["PACK0000400"]
    var bench = Workbench(mirror)
    #expect(bench.codes("WH/OUT/00001", "PACK0000400") == [.opened, .packageNotEmpty])
    _ = bench.codes("4006381333931", "PACK0000300", "OBTVALI", "OBTVALI")
    #expect(bench.codes("WH/OUT/00002", "PACK0000300") == [.opened, .packageElsewhere])
  }
}
