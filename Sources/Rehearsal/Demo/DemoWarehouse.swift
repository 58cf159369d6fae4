public import Floor

/// A small warehouse in memory in which every flow of `docs/flows.md` can be tried.
///
/// Warehouse `WH` delivers in one step, warehouse `TM` in three: pick, pack, ship.
public enum DemoWarehouse {
  /// What Odoo does with the steps of a delivery.
  public enum Chaining: Sendable {
    /// All steps are there from the beginning and wait for one another (Odoo 17).
    case allAtOnce
    /// Each step is made when the one before is validated (Odoo 18 and newer).
    case stepByStep
  }

  /// The mirror of the warehouse.
  public static func mirror(_ chaining: Chaining) -> MemoryMirror {
    var mirror = MemoryMirror(mirrorAge: 3)
    mirror.unitNames = [Unit.pieces: "Units", Unit.kilograms: "kg"]
    mirror.products = products
    mirror.packagings = ["14006381333938": Article(product: bolt, quantity: Quantity(10))]
    mirror.lots = lots
    mirror.locations = locations
    mirror.packageTypes = packageTypes
    mirror.packages = packages
    mirror.operations = operations
    mirror.routes = [
      Warehouse.oneStep: Route(delivery: [.ship]),
      Warehouse.threeSteps: Route(delivery: [.pick, .pack, .ship]),
    ]
    mirror.transfers = deliveries + receipts + threeSteps(chaining)
    mirror.batches = [Batch(id: 1, name: "BATCH/00001", transferIDs: [3, 4])]
    return mirror
  }

  /// The decisions of the site.
  public static var site: FloorSite {
    var join = PolicyChanges()
    join.secondStation = .join
    var closesItself = PolicyChanges()
    closesItself.complete = .validate
    return FloorSite(
      policy: FloorPolicy(
        overPick: .override,
        expiredLot: .override,
        unknownTransfer: .blind,
        weight: FloorPolicy.WeightPolicy(mismatch: .override)
      ),
      rules: [
        PolicyRule(stations: ["helper"], changes: join),
        PolicyRule(stations: ["express"], changes: closesItself),
      ],
      stations: roles,
      supervisors: ["SUPER-1": "Kim"],
      packageNumbers: SSCCRange(extensionDigit: 3, companyPrefix: "4012345", first: 1),
      trackingPrefixes: ["1Z"],
      region: "de"
    )
  }

  /// The station where a rehearsal begins: it does everything.
  public static let station = "desk"

  private static let roles: [String: StationRole] = [
    "dock": StationRole(steps: [.receive]),
    "pick1": StationRole(steps: [.pick]),
    "pack1": StationRole(steps: [.pack]),
    "gate": StationRole(steps: [.ship]),
  ]

  enum Warehouse {
    static let oneStep = 1
    static let threeSteps = 2
  }

  enum Unit {
    static let pieces = 1
    static let kilograms = 2
  }

  enum Place {
    static let suppliers = 4
    static let customers = 5
    static let stock = 8
    static let shelf = 9
    static let input = 11
    static let farStock = 28
    static let packing = 29
    static let gate = 30
  }
}
