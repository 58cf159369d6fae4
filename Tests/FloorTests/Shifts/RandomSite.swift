import Floor
import TestKit

/// What a site decides, drawn at random; the defaults are the simplest.
struct RandomSite {
  var site = FloorSite()

  /// The stations of every drawn site.
  static let stations = ["one", "two", "three"]
  /// The badge of its supervisor.
  static let badge = "BADGE-ANNA"
  /// The dock where parcels are loaded.
  static let dock = "DOCK1"

  init(_ choices: inout Choices, bugs: Set<SeededBug> = []) {
    site.policy = Self.policy(&choices)
    site.policy.openTransfers = choices.chance(10) ? choices.int(1...3) : 1_000
    if choices.chance(40) { site.rules = [Self.rule(&choices)] }
    for (name, steps) in zip(Self.stations, Self.steps(&choices)) where !steps.isEmpty {
      site.stations[name] = StationRole(steps: steps)
    }
    site.supervisors = [Self.badge: "Anna"]
    if choices.chance(50) {
      let last: Int64 = choices.chance(20) ? 2 : 99
      site.packageNumbers = SSCCRange(
        extensionDigit: 3,
        companyPrefix: "4012345",
        first: 1,
        last: last
      )
    }
    site.trackingPrefixes = ["1Z"]
    site.seededBugs = bugs
  }

  private static func policy(_ choices: inout Choices) -> FloorPolicy {
    FloorPolicy(
      incomplete: choices.element(of: [.backorder, .backorder, .drop, .refuse]),
      complete: choices.chance(25) ? .validate : .wait,
      overPick: choices.element(of: [.refuse, .override, .accept]),
      overPickPercent: choices.chance(60) ? choices.element(of: [20, 50, 100]) : nil,
      otherLot: choices.element(of: [.accept, .override, .refuse]),
      expiredLot: choices.element(of: [.refuse, .override, .accept]),
      unknownTransfer: choices.chance(30) ? .blind : .refuse,
      staleMirror: choices.chance(20) ? .refuse : .accept,
      secondStation: choices.chance(35) ? .join : .refuse,
      weight: FloorPolicy.WeightPolicy(
        mismatch: choices.element(of: [.accept, .override, .refuse]),
        isRequired: choices.chance(25)
      ),
      parkAfter: choices.chance(30) ? 60_000 : nil,
      confirmWithin: choices.element(of: [15_000, 1_000])
    )
  }

  private static func rule(_ choices: inout Choices) -> PolicyRule {
    var changes = PolicyChanges()
    changes.overPick = choices.element(of: [.refuse, .accept, .override])
    changes.complete = choices.element(of: [.wait, .validate])
    changes.incomplete = choices.element(of: [.backorder, .refuse])
    return PolicyRule(
      steps: choices.chance(50) ? [choices.element(of: [.ship, .pick, .pack])] : [],
      stations: choices.chance(50) ? [choices.element(of: stations)] : [],
      changes: changes
    )
  }

  /// Every station for everything, or one for each step.
  private static func steps(_ choices: inout Choices) -> [[Transfer.Step]] {
    choices.element(of: [
      [[], [], []],
      [[], [.pack, .ship], [.ship]],
      [[.receive, .pick], [.pack], [.ship]],
      [[], [.pick, .pack], [.ship]],
    ])
  }
}
