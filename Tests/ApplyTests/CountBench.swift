import Floor
import JSON
import Odoo
import OdooSimulator
import Testing

/// Counts of one product at one place of the simulated Odoo.
final class CountBench {
  let bench: ApplyBench
  let productID: Int
  let location: Location
  let product: String
  var lotID: Int?

  /// When the count was finished: ten seconds after the world began.
  static let counted: Int64 = 1_800_000_010_000

  /// Worlds are built once and copied.
  private static let worlds: [OdooSimulator.OdooVersion: SimulatedOdoo] = {
    var worlds: [OdooSimulator.OdooVersion: SimulatedOdoo] = [:]
    for version in OdooSimulator.OdooVersion.allCases {
      worlds[version] = try? SimulatedOdoo(version: version) { 1_800_000_000_000_000 }
    }
    return worlds
  }()

  init(
    _ version: OdooSimulator.OdooVersion,
    product: String = "TM-1001",
    isManager: Bool = true
  ) throws {
    guard let world = Self.worlds[version] else { throw ApplyBench.Trouble("no world") }
    bench = try ApplyBench(copying: world)
    if isManager {
      try bench.odoo.admin.perform("users", ["add_group": "stock.group_stock_manager"])
    }
    self.product = product
    let found = try bench.call(
      OdooCall(
        "stock.quant",
        "search_read",
        arguments: [
          "domain": [
            ["product_id.default_code", "=", .string(product)],
            ["location_id.usage", "=", "internal"],
          ], "fields": ["product_id", "location_id", "lot_id"], "limit": 1,
        ],
        writes: false
      )
    ).get()
    guard let quant = found[0], let id = quant["product_id"]?[0]?.int,
      let place = quant["location_id"]
    else { throw ApplyBench.Trouble("no stock of \(product)") }
    productID = id
    location = Location(id: place[0]?.int ?? 0, name: place[1]?.string ?? "")
    lotID = quant["lot_id"]?[0]?.int
    bench.odoo.admin.advance(by: .seconds(10))
  }

  /// What Odoo has of the product at the place.
  var stock: Double {
    let quants = bench.odoo.admin.state()["quants"]?.array ?? []
    return quants.filter {
      $0["product"]?.string == product && $0["location"]?.string == location.name
    }.reduce(0) { $0 + ($1["quantity"]?.double ?? 0) }
  }

  /// How many adjustments Odoo made of it.
  func adjustments() throws -> Int {
    let found = try bench.odoo.admin.call(
      "stock.move",
      "search_count",
      [["is_inventory", "=", true], ["product_id", "=", .int(productID)]]
    )
    return found?.int ?? -1
  }

  func count(_ quantity: Int, lot: String? = nil) -> StockCount {
    StockCount(
      uuid: "c0ffee00-0000-4000-8000-000000000001",
      location: location,
      lines: [.init(productID: productID, lot: lot, quantity: Quantity(quantity))]
    )
  }

  static let anything = CountPlan.Settings(limit: nil)

  /// Runs plans, as the dispatcher does, until one decides.
  ///
  /// - Parameter isEndless: True if what was on its way is carried out only when all is over, later
  ///   than any call should take.
  func run(
    _ count: StockCount,
    before: Set<Int> = [],
    after: Set<Int> = [],
    isProven: Bool = true,
    isEndless: Bool = false,
    _ settings: CountPlan.Settings = CountBench.anything
  ) throws -> CountOutcome {
    var settings = settings
    for _ in 0..<12 {
      let moment = CountPlan.Moment(
        counted: Self.counted,
        isProven: isProven,
        before: before,
        after: after
      )
      let outcome = try runOnce(
        CountPlan(count, at: moment, fields: bench.fields, settings: settings)
      )
      guard case .later = outcome else {
        try bench.carryOutHeld(all: true)
        return outcome
      }
      settings.mayHaveWritten = true
      // Whatever was on its way has been done by now.
      if !isEndless { try bench.carryOutHeld(all: true) }
    }
    throw ApplyBench.Trouble("never decided")
  }

  private func runOnce(_ plan: CountPlan) throws -> CountOutcome {
    var plan = plan
    var step = plan.start()
    for _ in 0..<300 {
      switch step {
      case .call(let call): step = plan.resume(try bench.make(call))
      case .wait(let time):
        bench.odoo.admin.advance(by: time)
        step = plan.woke()
      case .finished(let outcome): return outcome
      }
    }
    throw ApplyBench.Trouble("the plan does not end")
  }

  /// Makes an order that takes from the place; answers its transfer.
  func order(_ quantity: Double) throws -> (id: Int, name: JSON) {
    let order = try bench.odoo.admin.order([(product, quantity)])
    guard let transfer = order["transfers"]?[0], let id = transfer["id"]?.int,
      let name = transfer["name"]
    else { throw ApplyBench.Trouble("no transfer") }
    return (id, name)
  }

  /// Somebody validates it, whoever that is.
  func ship(_ name: JSON) throws {
    _ = try bench.odoo.admin.person(["do": "validate", "transfer": name])
  }
}
