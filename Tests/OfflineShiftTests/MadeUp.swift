import OfflineShift

/// A shift that was never played, with an account in which everything is right.
struct MadeUp {
  var shift: Shift
  var account: Account

  init(version: Int = 18, seed: UInt64 = 1, orders count: Int = 24) {
    var maker = OrderMaker(seed: seed)
    let orders = maker.orders(count)
    var made = Self.made(orders, version)
    for (number, batch) in Batches.choose(made).enumerated() {
      for index in batch { made[index].batch = "BATCH/0000\(number + 1)" }
    }
    shift = Planner.plan(made, PlanOptions(version: version, seed: seed))
    account = Account()
    answer()
    for (place, closing) in shift.closings.enumerated() { carryOut(closing, place) }
    askForRests()
  }

  var checker: Checker { Checker(shift: shift, account: account) }

  /// What Odoo would make of the orders, each with stock of its own.
  private static func made(_ orders: [Order], _ version: Int) -> [MadeOrder] {
    var stock = Stock.entries(for: orders).filter { !$0.isExpired }
    return orders.map { order in
      var transfers: [Step: MadeTransfer] = [:]
      for (index, step) in order.route.steps.enumerated() where index == 0 || version == 17 {
        var reserved: [Goods: Int] = [:]
        if index == 0, order.route != .receipt {
          for line in order.lines { take(line, order.route.warehouse, &stock, &reserved) }
        }
        transfers[step] = MadeTransfer(
          name: "\(order.route.warehouse)/\(step.rawValue.uppercased())/\(1_000 + order.number)",
          reserved: reserved
        )
      }
      return MadeOrder(order: order, name: "O\(order.number)", transfers: transfers)
    }
  }

  private static func take(
    _ line: Order.Line,
    _ warehouse: String,
    _ stock: inout [StockEntry],
    _ reserved: inout [Goods: Int]
  ) {
    var left = line.units
    for index in stock.indices where left > 0 {
      guard stock[index].article == line.article, stock[index].warehouse == warehouse else {
        continue
      }
      let part = min(left, stock[index].units)
      guard part > 0 else { continue }
      stock[index].units -= part
      left -= part
      let package = stock[index].package
      let goods = Goods(line.article, lot: stock[index].lot, source: package, package: package)
      reserved[goods, default: 0] += part
    }
  }

  private mutating func answer() {
    for (index, scan) in shift.scans.enumerated() {
      account.journal[index] = [scan.expects.codes[0]]
      guard let signal = scan.expects.signal else { continue }
      account.answers[index] = Account.Answer(
        signal: signal.rawValue,
        code: scan.expects.codes[0],
        isRepeat: scan.expects.isRepeat
      )
    }
  }

  private mutating func carryOut(_ closing: Closing, _ place: Int) {
    account.transfers.append(
      Account.Transfer(
        name: "T\(place)",
        order: closing.order,
        step: closing.step,
        state: "done",
        validations: 1,
        validatedAt: place,
        goods: closing.goods.mapValues(Double.init)
      )
    )
    for (package, grams) in closing.grams { account.kilograms[package] = Double(grams) / 1_000 }
    guard let route = shift.orders.first(where: { $0.name == closing.order })?.order.route else {
      return
    }
    let steps = route.steps
    let isLast = closing.step == steps.last
    let from =
      closing.step == .receive
      ? "Vendors"
      : closing.step == steps[0]
        ? "\(route.warehouse)/Stock"
        : closing.step == .pack
          ? "TM3/Packing Zone"
          : "\(route.warehouse)/Output"
    let to =
      closing.step == .receive
      ? "WH/Stock"
      : isLast
        ? "Customers"
        : closing.step == .pick && route == .threeSteps
          ? "TM3/Packing Zone"
          : "\(route.warehouse)/Output"
    for (goods, units) in closing.goods {
      let here = Goods(goods.article, lot: goods.lot, package: goods.source)
      let there = Goods(goods.article, lot: goods.lot, package: goods.package)
      account.after[Account.Spot(from, here), default: 0] -= Double(units)
      account.after[Account.Spot(to, there), default: 0] += Double(units)
    }
  }

  /// Open transfers for what was not done.
  private mutating func askForRests() {
    for made in shift.orders where made.order.fate == .worked {
      for step in made.order.route.steps { askForRest(made, step) }
    }
  }

  private mutating func askForRest(_ made: MadeOrder, _ step: Step) {
    let isFirst = step == made.order.route.steps[0]
    guard isFirst || !shift.laterStepsComeLater else { return }
    var demand: [String: Double] = [:]
    for line in made.order.lines { demand[line.article, default: 0] += Double(line.units) }
    for closing in shift.closings where closing.order == made.name && closing.step == step {
      for (goods, units) in closing.goods { demand[goods.article, default: 0] -= Double(units) }
    }
    demand = demand.filter { $0.value > 0 }
    guard !demand.isEmpty else { return }
    account.transfers.append(
      Account.Transfer(
        name: "\(made.name)-\(step.rawValue)-REST",
        order: made.name,
        step: step,
        state: "assigned",
        demand: demand
      )
    )
  }
}
