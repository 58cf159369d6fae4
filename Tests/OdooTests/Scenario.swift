import Floor
import JSON
import Odoo

/// A delivery with a bit of everything, counted in part.
struct Scenario {
  typealias Rest = Confirmation.Rest

  let odoo: FakeOdoo
  var confirmation: Confirmation

  /// 5 × 1 loose, 4 × 2 in lots A and B, 2 × 3 with serials S1 and S2, 3 × 4 from two bins.
  init(_ version: Int) {
    let odoo = FakeOdoo(version: OdooVersion(major: version))
    self.odoo = odoo
    odoo.pickings = [.init(id: 10, name: "WH/OUT/00010")]
    odoo.lots = [
      .init(id: 1, name: "A", productID: 2), .init(id: 2, name: "B", productID: 2),
      .init(id: 3, name: "C", productID: 2), .init(id: 4, name: "S1", productID: 3),
      .init(id: 5, name: "S2", productID: 3), .init(id: 6, name: "S3", productID: 3),
    ]
    odoo.moves = [
      .init(id: 100, pickingID: 10, productID: 1, demand: Quantity(5), next: [900]),
      .init(id: 101, pickingID: 10, productID: 2, demand: Quantity(4), next: [901]),
      .init(id: 102, pickingID: 10, productID: 3, demand: Quantity(2)),
      .init(id: 103, pickingID: 10, productID: 4, demand: Quantity(3)),
    ]
    func line(_ id: Int, _ move: Int, _ product: Int, _ quantity: Int, _ lot: Int? = nil) {
      odoo.lines.append(
        .init(
          id: id,
          pickingID: 10,
          moveID: move,
          productID: product,
          quantity: Quantity(quantity),
          lotID: lot
        )
      )
    }
    line(1000, 100, 1, 5)
    line(1001, 101, 2, 2, 1)
    line(1002, 101, 2, 2, 2)
    line(1003, 102, 3, 1, 4)
    line(1004, 102, 3, 1, 5)
    line(1005, 103, 4, 2)
    line(1006, 103, 4, 1)
    confirmation = Confirmation(
      uuid: "6f1c",
      target: .transfer(10),
      transferName: "WH/OUT/00010",
      warehouse: 1,
      chain: "S1",
      step: .ship,
      lines: [
        // Split over two packages: Odoo has one line, a second one has to be made.
        .init(productID: 1, package: "PK1", quantity: Quantity(3)),
        .init(productID: 1, package: "PK2", quantity: Quantity(1)),
        // Lot B was not found, C was taken instead.
        .init(productID: 2, lot: "A", package: "PK1", quantity: Quantity(1)),
        .init(productID: 2, lot: "C", package: "PK2", quantity: Quantity(2)),
        .init(productID: 3, lot: "S3", quantity: .one),
        .init(productID: 3, lot: "S2", quantity: .one),
        .init(productID: 4, quantity: Quantity(3)),
      ],
      packages: [.init(name: "PK1", weight: Quantity("2.5")), .init(name: "PK2")],
      tracking: "1Z999",
      seen: odoo.moves.map {
        .init(moveID: $0.id, productID: $0.productID, demand: $0.demand)
      }
    )
  }

  /// What must have moved: what was counted, and nothing else.
  var expected: [FakeOdoo.Key: Quantity] {
    var out: [FakeOdoo.Key: Quantity] = [:]
    for line in confirmation.lines {
      let key = FakeOdoo.Key(product: line.productID, lot: line.lot, package: line.package)
      out[key, default: .zero] += line.quantity
    }
    return out
  }

  /// All that is wrong with the end of a run; empty if it is right.
  func wrongs(_ outcome: ApplyOutcome) -> [String] {
    var out: [String] = []
    if case .applied = outcome {} else { out.append("not applied: \(outcome)") }
    let picking = odoo.pickings[0]
    if picking.validations != 1 { out.append("\(picking.validations) validations") }
    if odoo.moved != expected { out.append("moved \(odoo.moved)") }
    if picking.tracking != "1Z999" { out.append("tracking \(picking.tracking ?? "-")") }
    if odoo.packages.map(\.name).sorted() != ["PK1", "PK2"] {
      out.append("packages \(odoo.packages.map(\.name))")
    }
    if odoo.packages.first(where: { $0.name == "PK1" })?.weight != Quantity("2.5") {
      out.append("weight")
    }
    let rest = odoo.moves.filter { picking.backorders.contains($0.pickingID) }
    let demand = rest.sorted { $0.productID < $1.productID }.map { "\($0.productID):\($0.demand)" }
    let wanted = confirmation.rest == .backorder ? ["1:1", "2:1"] : []
    if demand != wanted { out.append("backorder \(demand)") }
    return out
  }
}
