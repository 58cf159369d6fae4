import Floor
import Testing

@testable import Configuration

/// Each value about the floor arrives where the interpreter looks for it.
struct PolicyTests {
  private let machine = FakeMachine()

  /// A line of a policy, and what it makes of the default.
  struct Line: Sendable {
    var text: String
    var change: @Sendable (inout FloorPolicy) -> Void

    init(_ text: String, _ change: @escaping @Sendable (inout FloorPolicy) -> Void) {
      self.text = text
      self.change = change
    }
  }

  static let lines = [
    Line("incomplete = \"drop\"") { $0.incomplete = .drop },
    Line("complete = \"validate\"") { $0.complete = .validate },
    Line("over_pick = \"override\"") { $0.overPick = .override },
    Line("over_pick_percent = 10") { $0.overPickPercent = 10 },
    Line("other_lot = \"refuse\"") { $0.otherLot = .refuse },
    Line("expired_lot = \"override\"") { $0.expiredLot = .override },
    Line("unknown_transfer = \"blind\"") { $0.unknownTransfer = .blind },
    Line("stale_mirror = \"refuse\"") { $0.staleMirror = .refuse },
    Line("stale_after = \"1h\"") { $0.staleAfter = 3600 },
    Line("second_station = \"join\"") { $0.secondStation = .join },
    Line("park_after = \"30m\"") { $0.parkAfter = 1_800_000 },
    Line("confirm_within = \"2500ms\"") { $0.confirmWithin = 2500 },
    Line("weight_mismatch = \"refuse\"") { $0.weight.mismatch = .refuse },
    Line("weight_absolute = 0.25") { $0.weight.absolute = Quantity(millionths: 250_000) },
    Line("weight_percent = 3") { $0.weight.percent = Quantity(3) },
    Line("weight_required = true") { $0.weight.isRequired = true },
  ]

  @Test(arguments: lines)
  func aPolicyArrives(line: Line) throws {
    var expected = FloorPolicy()
    line.change(&expected)
    #expect(try machine.parse("[floor]\n\(line.text)").floorSite.policy == expected)
    #expect(expected != FloorPolicy())
  }

  @Test(arguments: lines)
  func aRuleChangesItForItsStepsOperationsAndStations(line: Line) throws {
    let site = try machine.parse(
      """
      [[floor.rule]]
      steps = ["pack"]
      operations = ["whpack"]
      stations = ["pack1"]
      \(line.text)
      [[station]]
      name = "pack1"
      devices = ["s1"]
      """
    ).floorSite
    var expected = FloorPolicy()
    line.change(&expected)
    let pack = Transfer.Operation(typeID: 1, step: .pack, warehouse: 1, barcode: "WHPACK")
    var ship = pack
    ship.step = .ship
    var other = pack
    other.barcode = "TM3PACK"
    #expect(site.policy(of: pack, at: "pack1") == expected)
    #expect(site.policy(of: pack, at: "pack2") == FloorPolicy())
    #expect(site.policy(of: ship, at: "pack1") == FloorPolicy())
    #expect(site.policy(of: other, at: "pack1") == FloorPolicy())
    #expect(site.policy(of: nil, at: "pack1") == FloorPolicy())
  }

  @Test func theLaterRuleWins() throws {
    let site = try machine.parse(
      """
      [floor]
      over_pick = "accept"
      [[floor.rule]]
      over_pick = "override"
      [[floor.rule]]
      steps = ["receive"]
      over_pick = "refuse"
      """
    ).floorSite
    let receive = Transfer.Operation(typeID: 1, step: .receive, warehouse: 1)
    #expect(site.policy(of: receive, at: "s").overPick == .refuse)
    #expect(site.policy(of: nil, at: "s").overPick == .override)
  }

  @Test func stationsHaveRoles() throws {
    let site = try machine.parse(
      """
      [[station]]
      name = "dock"
      devices = ["s1"]
      steps = ["ship", "internal"]
      operations = ["whout"]
      warehouse = 3
      [[station]]
      name = "all"
      devices = ["s2"]
      """
    ).floorSite
    #expect(
      site.stations["dock"]
        == StationRole(steps: [.ship, .move], operations: ["WHOUT"], warehouse: 3)
    )
    #expect(site.stations["all"] == StationRole())
  }

  @Test func supervisorsAreKnownByTheirBadges() throws {
    let settings = try machine.parse(
      """
      [[supervisor]]
      name = "Ada"
      badge = "SUP-4711"
      [[supervisor]]
      name = "Grace"
      badge = "SUP-4712"
      """
    )
    #expect(settings.floorSite.supervisors == ["SUP-4711": "Ada", "SUP-4712": "Grace"])
    var dumped = ""
    dump(settings, to: &dumped)
    #expect(!dumped.contains("SUP-47") && !"\(settings)".contains("SUP-47"))
  }

  @Test(
    arguments: [
      "badge = \"SUP 4711\"", "badge = \"4711\"", "badge = 47114711",
      "badge = \"SUP-4711\"\n[[supervisor]]\nname = \"B\"\nbadge = \"SUP-4711\"",
    ]
  )
  func noMessageTellsABadge(text: String) {
    let problems = machine.problems("[[supervisor]]\nname = \"A\"\n\(text)")
    #expect(problems.count == 1)
    #expect(problems.allSatisfy { $0.contains("badge") && !$0.contains("4711") }, "\(problems)")
  }

  @Test func packageNumbersArrive() throws {
    let some = try machine.parse(
      """
      [packages]
      sscc_prefix = "4012345"
      sscc_extension = 3
      sscc_first = 100
      sscc_last = 999999
      """
    )
    #expect(
      some.floorSite.packageNumbers
        == SSCCRange(extensionDigit: 3, companyPrefix: "4012345", first: 100, last: 999_999)
    )
    let whole = try machine.parse("[packages]\nsscc_prefix = \"4012345\"")
    #expect(whole.floorSite.packageNumbers?.last == 999_999_999)
    #expect(try machine.parse("").floorSite.packageNumbers == nil)
  }

  @Test func prefixesAndRegionArrive() throws {
    let site = try machine.parse(
      "[floor]\ntracking_prefixes = [\"1Z\", \"JJD\"]\nbarcode_region = \"de\"\ntrust_clock = true"
    ).floorSite
    #expect(site.trustsClock)
    #expect(try !machine.parse("").floorSite.trustsClock)
    #expect(site.trackingPrefixes == ["1Z", "JJD"])
    #expect(site.region == "de")
    #expect(try machine.parse("[limits]\nopen_transfers = 7").floorSite.policy.openTransfers == 7)
  }

  @Test(
    arguments: [
      ("[floor]\nover_pick = \"yes\"", "one of \"refuse\", \"override\", \"accept\""),
      ("[floor]\nover_pick_percent = 0", "a whole number from 1 to 1000, found the number 0"),
      ("[floor]\noverpick = \"accept\"", "unknown key; did you mean over_pick?"),
      ("[floor]\nweight_absolute = \"0.1\"", "kilograms from 0 to 10000, without quotes"),
      ("[floor]\nweight_percent = -1", "percent from 0 to 1000"),
      ("[floor]\nstale_after = 900", "a duration from 10s"),
      ("[floor]\nbarcode_region = \"xx\"", "barcode_region: expected one of \"odoo\""),
      ("[floor]\ntracking_prefixes = [\"\"]", "tracking_prefixes[0]: expected 1 to 20"),
      ("[[floor.rule]]\nsteps = [\"pack\"]", "the rule changes nothing"),
      ("[[floor.rule]]\nsteps = [\"packing\"]\ncomplete = \"wait\"", "steps out of receive, pick"),
      ("[[floor.rule]]\nover = 1\ncomplete = \"wait\"", "floor.rule[0].over: unknown key"),
      (
        "[[station]]\nname = \"pack1\"\ndevices = []\n[[floor.rule]]\nstations = [\"pack2\"]\n"
          + "complete = \"wait\"", "is not configured; did you mean pack1?"
      ),
      ("[[station]]\nname = \"a\"\ndevices = []\nwarehouse = \"WH\"", "a whole number from 1"),
      ("[packages]\nsscc_prefix = \"12a\"", "a GS1 company prefix of 4 to 12 digits"),
      ("[packages]\nsscc_first = 3", "needs sscc_prefix beside it"),
      ("[packages]\nsscc_prefix = \"4012345\"\nsscc_last = 1000000000", "from 0 to 999999999"),
      (
        "[packages]\nsscc_prefix = \"4012345\"\nsscc_first = 9\nsscc_last = 3",
        "is below sscc_first"
      ),
    ]
  )
  func saysWhatIsWrong(text: String, message: String) {
    let problems = machine.problems(text)
    #expect(problems.contains { $0.contains(message) }, "\(problems)")
  }
}
