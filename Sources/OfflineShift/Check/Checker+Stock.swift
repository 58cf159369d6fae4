/// Stock: each place must have lost and got exactly what was closed.
extension Checker {
  mutating func checkStock() {
    var expected = account.before
    let orders = Dictionary(uniqueKeysWithValues: shift.orders.map { ($0.name, $0.order) })
    for closing in shift.closings {
      guard let route = orders[closing.order]?.route else { continue }
      let (from, to) = Self.way(of: closing.step, route)
      for (goods, units) in closing.goods {
        let there = Goods(goods.article, lot: goods.lot, package: goods.package)
        var here = Goods(goods.article, lot: goods.lot, package: goods.source)
        // Vendors have no stock of lots that nobody has seen.
        if closing.step == .receive { here.lot = goods.lot }
        expected[Account.Spot(from, here), default: 0] -= Double(units)
        expected[Account.Spot(to, there), default: 0] += Double(units)
      }
    }
    for spot in Set(expected.keys).union(account.after.keys).sorted(by: Self.isBefore) {
      let (should, isThere) = (expected[spot] ?? 0, account.after[spot] ?? 0)
      guard Self.differ(should, isThere) else { continue }
      note(
        isThere < should ? .lost : .twice,
        "stock at \(spot.place): \(spot.goods.text): should be \(Self.text(should)), is"
          + " \(Self.text(isThere))"
      )
    }
  }

  private static func isBefore(_ left: Account.Spot, _ right: Account.Spot) -> Bool {
    left.place == right.place ? left.goods < right.goods : left.place < right.place
  }

  /// Where the goods of a step come from and go to.
  private static func way(of step: Step, _ route: Route) -> (from: String, to: String) {
    let warehouse = route.warehouse
    switch step {
    case .receive: return ("Vendors", "\(warehouse)/Stock")
    case .pick where route == .twoSteps: return ("\(warehouse)/Stock", "\(warehouse)/Output")
    case .pick: return ("\(warehouse)/Stock", "\(warehouse)/Packing Zone")
    case .pack: return ("\(warehouse)/Packing Zone", "\(warehouse)/Output")
    case .ship where route == .oneStep: return ("\(warehouse)/Stock", "Customers")
    case .ship: return ("\(warehouse)/Output", "Customers")
    }
  }
}
