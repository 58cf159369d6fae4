import Floor
import Testing

/// Where an exception from the site's policy applies.
@Suite("Rules of policies")
struct PolicyRuleTests {
  private func rule(
    steps: [Transfer.Step] = [],
    operations: [String] = [],
    stations: [String] = [],
    _ percent: Int = 1
  ) -> PolicyRule {
    var changes = PolicyChanges()
    changes.overPickPercent = percent
    return PolicyRule(steps: steps, operations: operations, stations: stations, changes: changes)
  }

  private func percent(
    _ rules: [PolicyRule],
    _ operation: Transfer.Operation? = Transfer.Operation(
      typeID: 1,
      step: .ship,
      warehouse: 1,
      barcode: "wh-delivery"
    ),
    at station: String = "dock"
  ) -> Int? {
    FloorSite(rules: rules).policy(of: operation, at: station).overPickPercent
  }

  @Test func matchesSteps() {
    #expect(percent([rule(steps: [.pick, .ship])]) == 1)
    #expect(percent([rule(steps: [.pick])]) == nil)
    #expect(percent([rule(steps: [.ship])], nil) == nil, "no operation is known yet")
  }

  @Test func matchesOperationTypesByBarcode() {
    #expect(percent([rule(operations: ["WH-DELIVERY"])]) == 1)
    #expect(percent([rule(operations: ["WH-PICK"])]) == nil)
    let nameless = Transfer.Operation(typeID: 1, step: .ship, warehouse: 1)
    #expect(percent([rule(operations: ["WH-DELIVERY"])], nameless) == nil)
  }

  @Test func matchesStations() {
    #expect(percent([rule(stations: ["dock"])]) == 1)
    #expect(percent([rule(stations: ["dock"])], nil) == 1)
    #expect(percent([rule(stations: ["pack1"])]) == nil)
  }

  @Test func matchesOnlyWhereAllPartsDo() {
    #expect(percent([rule(steps: [.ship], stations: ["pack1"])]) == nil)
    #expect(percent([rule(steps: [.pick], stations: ["dock"])]) == nil)
    #expect(percent([rule(steps: [.ship], operations: ["WH-DELIVERY"], stations: ["dock"])]) == 1)
  }

  @Test func aLaterRuleWins() {
    #expect(percent([rule(1), rule(2)]) == 2)
    #expect(percent([rule(2), rule(stations: ["pack1"], 3)]) == 2)
    var other = rule(9)
    other.changes = PolicyChanges()
    other.changes.complete = .validate
    #expect(percent([rule(1), other]) == 1, "what it does not name stays")
  }

  @Test func everyPartOfAPolicyCanBeChanged() {
    var changes = PolicyChanges()
    changes.incomplete = .drop
    changes.complete = .validate
    changes.overPick = .accept
    changes.overPickPercent = 7
    changes.otherLot = .refuse
    changes.expiredLot = .accept
    changes.unknownTransfer = .blind
    changes.staleMirror = .refuse
    changes.staleAfter = 1
    changes.secondStation = .join
    changes.weightMismatch = .refuse
    changes.weightAbsolute = Quantity(2)
    changes.weightPercent = Quantity(3)
    changes.weightRequired = true
    changes.parkAfter = 4
    changes.confirmWithin = 5
    let site = FloorSite(rules: [PolicyRule(changes: changes)])
    let expected = FloorPolicy(
      incomplete: .drop,
      complete: .validate,
      overPick: .accept,
      overPickPercent: 7,
      otherLot: .refuse,
      expiredLot: .accept,
      unknownTransfer: .blind,
      staleMirror: .refuse,
      staleAfter: 1,
      secondStation: .join,
      weight: FloorPolicy.WeightPolicy(
        mismatch: .refuse,
        absolute: Quantity(2),
        percent: Quantity(3),
        isRequired: true
      ),
      parkAfter: 4,
      confirmWithin: 5
    )
    #expect(site.policy(of: nil, at: "x") == expected)
  }

  /// The rule of the transfer's step counts, not that of the site.
  @Test func rulesTheTransferThatIsOpen() {
    var changes = PolicyChanges()
    changes.overPick = .accept
    let site = FloorSite(rules: [PolicyRule(steps: [.pick], changes: changes)])
    var bench = Workbench(site: site)
    let bolt = "4006381333931"
    #expect(bench.codes("TM/PICK/00008", bolt, bolt, bolt).last == .complete)
    for _ in 0..<5 { bench.scan(bolt, at: "pack2") }
    bench.scan("WH/OUT/00001", at: "pack2")
    #expect((0..<6).map { _ in bench.scan(bolt, at: "pack2").code }.last == .tooMany)
  }
}
