import Floor
import JSON
import Odoo
import OdooSimulator

/// A world with one order in it, the confirmation that a floor would make, and what must come of it.
struct Order {
  let world: SimulatedOdoo
  let transfer: Int
  var confirmation: Confirmation
  /// What must be done in the end: product, lot and package to quantity.
  var expected: [String: Double]
  /// Demand of the backorder; 0 for none.
  var backorder: Double = 0

  /// The kinds of orders.
  enum Kind: CaseIterable {
    /// Everything, with package, weight and tracking number.
    case full
    /// A part; the rest becomes a backorder.
    case partial
    /// A part; the rest is dropped.
    case dropped
    /// Another lot than the reserved one, and a line more than Odoo has.
    case lots
    /// Two packages where Odoo has one line: a line must be made.
    case split
    /// A receipt with new serial numbers.
    case receipt
  }

  /// Id of the server action, where confirmations are applied with it.
  let action: Int?

  init(_ kind: Kind, _ setup: Setup) throws {
    world = try SimulatedOdoo(version: setup.version) { 1_800_000_000_000_000 }
    let admin = world.admin
    action = try setup.installAction(admin)
    let json: JSON
    switch kind {
    case .receipt: json = try admin.receipt([("TM-1005", 2)])
    case .lots: json = try Self.order(admin, [("TM-1004", 3)])
    case .split: json = try Self.order(admin, [("TM-1001", 4)])
    default: json = try Self.order(admin, [("TM-1001", 2), ("TM-1002", 3)])
    }
    guard let id = json["id"]?.int, let name = json["name"]?.string else {
      throw ApplyBench.Trouble("no transfer: \(json.text)")
    }
    transfer = id
    let moves = json["moves"]?.array ?? []
    func product(_ index: Int) -> Int { moves[index]["product_id"]?.int ?? 0 }
    var lines: [Confirmation.Line] = []
    var packages: [Confirmation.Package] = []
    expected = [:]
    switch kind {
    case .full:
      lines = [
        .init(productID: product(0), package: "P-1", quantity: Quantity(2)),
        .init(productID: product(1), package: "P-1", quantity: Quantity(3)),
      ]
      packages = [.init(name: "P-1", weight: Quantity("1.25"))]
      expected = ["TM-1001/-/P-1": 2, "TM-1002/-/P-1": 3]
    case .partial, .dropped:
      lines = [.init(productID: product(0), quantity: .one)]
      expected = ["TM-1001/-/-": 1]
      backorder = kind == .partial ? 4 : 0
    case .lots:
      lines = [
        .init(productID: product(0), lot: "L2603-WH-A", quantity: .one),
        .init(productID: product(0), lot: "L2603-WH-B", quantity: Quantity(2)),
      ]
      expected = ["TM-1004/L2603-WH-A/-": 1, "TM-1004/L2603-WH-B/-": 2]
    case .split:
      lines = [
        .init(productID: product(0), package: "P-1", quantity: .one),
        .init(productID: product(0), package: "P-2", quantity: Quantity(3)),
      ]
      packages = [.init(name: "P-1"), .init(name: "P-2", weight: Quantity(2))]
      expected = ["TM-1001/-/P-1": 1, "TM-1001/-/P-2": 3]
    case .receipt:
      lines = ["NEW-1", "NEW-2"].map {
        .init(productID: product(0), lot: $0, quantity: .one)
      }
      expected = ["TM-1005/NEW-1/-": 1, "TM-1005/NEW-2/-": 1]
    }
    confirmation = Confirmation(
      uuid: "00000000-0000-4000-8000-000000000001",
      target: .transfer(id),
      transferName: name,
      warehouse: 1,
      chain: "c",
      step: kind == .receipt ? .receive : .ship,
      lines: lines,
      packages: packages,
      tracking: kind == .full ? "1Z1" : nil,
      rest: kind == .dropped ? .drop : .backorder,
      seen: moves.map {
        .init(
          moveID: $0["id"]?.int,
          productID: $0["product_id"]?.int ?? 0,
          demand: Quantity($0["demand"] ?? .null) ?? .zero
        )
      }
    )
  }

  private static func order(
    _ admin: OdooSimulatorAdmin,
    _ lines: [(product: String, quantity: Double)]
  ) throws -> JSON {
    try admin.order(lines)["transfers"]?[0] ?? .null
  }

  /// Every way in which the end differs from what must be; empty if it is right.
  func problems(_ bench: ApplyBench) throws -> [String] {
    var found: [String] = []
    let done = try bench.transfer(transfer)
    if done["state"]?.string != "done" { found.append("state \(done["state"]?.text ?? "")") }
    if done["validated_count"]?.int != 1 {
      found.append("validated \(done["validated_count"]?.text ?? "")")
    }
    var goods: [String: Double] = [:]
    for move in done["moves"]?.array ?? [] where move["state"]?.string == "done" {
      for line in move["lines"]?.array ?? [] {
        let lot = line["lot"]?.string ?? line["lot_name"]?.string ?? "-"
        let package = line["result_package"]?.string ?? "-"
        goods["\(line["product"]?.string ?? "")/\(lot)/\(package)", default: 0] +=
          line["quantity"]?.double ?? 0
      }
    }
    if goods != expected { found.append("goods \(goods), expected \(expected)") }
    let state = bench.odoo.admin.state()
    let rest = (state["transfers"]?.array ?? []).filter { $0["backorder_id"]?.int == transfer }
    let demand = rest.flatMap { $0["moves"]?.array ?? [] }.reduce(0.0) {
      $0 + ($1["demand"]?.double ?? 0)
    }
    if demand != backorder || rest.count > 1 {
      found.append("backorder \(demand) in \(rest.count)")
    }
    for package in confirmation.packages {
      let same = (state["packages"]?.array ?? []).filter { $0["name"]?.string == package.name }
      if same.count != 1 { found.append("package \(package.name) exists \(same.count) times") }
      if let weight = package.weight, same.first?["shipping_weight"]?.double != Double("\(weight)")
      {
        found.append("weight of \(package.name) \(same.first?["shipping_weight"]?.text ?? "")")
      }
    }
    if let tracking = confirmation.tracking, done["tracking"]?.string != tracking {
      found.append("tracking \(done["tracking"]?.text ?? "")")
    }
    return found
  }
}
