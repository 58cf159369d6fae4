internal import Floor
internal import JSON
internal import OdooSimulator
internal import TestKit

/// Counting the first step of a chain: what the transfer in Odoo asks for.
extension History {
  func begin(_ plan: OrderPlan, after first: [Closing]) throws -> Closing? {
    guard let last = first.last else { return try beginWhole(plan) }
    let rest = rest(of: last)
    let goods = count(plan, rest)
    guard !goods.isEmpty else { return nil }
    // Once the backorder is there and known, it is opened itself.
    if let row = box.disk[last.uuid], row.state == .applied, row.backorders.count == 1,
      choices.chance(50)
    {
      let id = row.backorders[0]
      guard let name = try openName(id) else { return nil }
      let seen = try demand(of: id)
      guard !seen.isEmpty else { return nil }
      let now = count(plan, seen)
      guard !now.isEmpty else { return nil }
      return make(plan, 0, .transfer(id), name: name, now, seen: seen)
    }
    return make(
      plan,
      0,
      .remainder(of: last.uuid),
      name: last.confirmation.transferName,
      goods,
      seen: rest
    )
  }

  private func beginWhole(_ plan: OrderPlan) throws -> Closing? {
    guard let name = try openName(plan.first) else { return nil }
    let seen = try demand(of: plan.first)
    guard !seen.isEmpty else { return nil }
    let flaw = choices.chance(5) ? choices.element(of: Closing.Flaw.allCases) : nil
    switch flaw {
    case .nameUnknown:
      let goods = count(plan, seen)
      guard !goods.isEmpty else { return nil }
      return make(plan, 0, .named("WH/OUT/99\(plan.first)"), name: "?", goods, seen: [], flaw: flaw)
    case .productNotInTransfer:
      let asked = Set(seen.map(\.productID))
      let others = scenery.articles.filter { !asked.contains($0.id) && $0.tracking == .none }
      guard let other = others.first(where: { !$0.isPacked }) else { return nil }
      let goods = count(plan, seen) + [Goods(product: other.code, quantity: 1)]
      return make(plan, 0, .transfer(plan.first), name: name, goods, seen: seen, flaw: flaw)
    case .lotUnknown:
      guard !plan.isReceipt, seen.contains(where: { article($0.productID)?.tracking == .lot })
      else {
        return nil
      }
      let goods = [Goods(product: "RESIN", lot: "L-WRONG", quantity: 1)]
      return make(plan, 0, .transfer(plan.first), name: name, goods, seen: seen, flaw: flaw)
    case nil: break
    }
    let goods = count(plan, seen)
    guard !goods.isEmpty else { return nil }
    // Counted without a list: more than is asked for does not fit.
    let isBlind = choices.chance(10) && fits(goods, seen)
    return make(
      plan,
      0,
      isBlind ? .named(name) : .transfer(plan.first),
      name: name,
      goods,
      seen: isBlind ? [] : seen
    )
  }

  private func fits(_ goods: [Goods], _ seen: [Confirmation.SeenMove]) -> Bool {
    let counted = goods.reduce(into: [:]) { $0[$1.product, default: 0] += $1.quantity }
    return counted.allSatisfy { code, quantity in
      let asked = seen.filter { article($0.productID)?.code == code }
      return Quantity(quantity) <= asked.map(\.demand).reduce(.zero, +)
    }
  }

  func openName(_ id: Int) throws -> String? {
    let row = try odoo.admin.rows("stock.picking", [["id", "=", .int(id)]], ["name", "state"]).first
    guard let row, !["done", "cancel"].contains(row["state"]?.string ?? "") else { return nil }
    return row["name"]?.string
  }

  /// What a transfer asks for, as the mirror shows it.
  func demand(of id: Int) throws -> [Confirmation.SeenMove] {
    try odoo.admin.rows(
      "stock.move",
      [["picking_id", "=", .int(id)], ["state", "not in", ["done", "cancel"]]],
      ["product_id", "product_uom_qty"]
    ).compactMap { row in
      guard let product = row["product_id"]?.int ?? row["product_id"]?[0]?.int,
        let demand = row["product_uom_qty"].flatMap({ Quantity($0) }), demand > .zero
      else { return nil }
      return .init(moveID: row["id"]?.int, productID: product, demand: demand)
    }
  }

  /// Counts some of what is asked for; the dull count is all of it, in one lot, loose.
  private func count(_ plan: OrderPlan, _ seen: [Confirmation.SeenMove]) -> [Goods] {
    var goods: [Goods] = []
    var asked: [(article: Scenery.Article, quantity: Int)] = []
    for move in seen {
      guard let article = article(move.productID) else { continue }
      let whole = Int(move.demand.description) ?? 0
      if let index = asked.firstIndex(where: { $0.article.id == article.id }) {
        asked[index].quantity += whole
      } else {
        asked.append((article, whole))
      }
    }
    let box = choices.chance(wishes.packages ? 90 : 40) ? newPackage() : nil
    for (article, whole) in asked {
      var quantity = whole
      if choices.chance(25) { quantity = choices.int(0...max(0, whole - 1)) }
      if article.tracking == .none, !article.isPacked, choices.chance(6) { quantity += 1 }
      goods += pieces(plan, article, quantity, box)
    }
    return goods
  }

  private func pieces(
    _ plan: OrderPlan,
    _ article: Scenery.Article,
    _ quantity: Int,
    _ box: String?
  ) -> [Goods] {
    guard quantity > 0 else { return [] }
    let place = plan.house.code
    if article.isPacked {
      let free = (1...Scenery.pieces).map { "C\($0)-\(place)" }.filter { !hands.used.contains($0) }
      return free.prefix(quantity / 2).map { name in
        hands.used.insert(name)
        return Goods(product: article.code, source: name, package: name, quantity: 2)
      }
    }
    switch article.tracking {
    case .serial:
      return (0..<quantity).compactMap { _ in
        guard let serial = serial(plan) else { return nil }
        return Goods(product: article.code, lot: serial, package: box, quantity: 1)
      }
    case .lot:
      let lots = plan.isReceipt ? [newLot(), newLot()] : ["LA-\(place)", "LB-\(place)"]
      let second = choices.chance(30) ? choices.int(0...quantity) : 0
      return [(lots[0], quantity - second), (lots[1], second)].filter { $0.1 > 0 }.map {
        lot,
        part in
        Goods(product: article.code, lot: lot, package: box, quantity: part)
      }
    case .none:
      let second =
        quantity > 1 && choices.chance(wishes.splits ? 80 : 20) ? choices.int(1...quantity - 1) : 0
      let other = second > 0 ? newPackage() : nil
      return [(box, quantity - second), (other, second)].filter { $0.1 > 0 }.map { package, part in
        Goods(product: article.code, package: package, quantity: part)
      }
    }
  }

  private func newLot() -> String {
    hands.lots += 1
    return "N\(hands.lots)"
  }

  private func serial(_ plan: OrderPlan) -> String? {
    if plan.isReceipt { return newLot() }
    let free = (1...Scenery.serials).map { "S\($0)-\(plan.house.code)" }
      .filter { !hands.used.contains($0) }
    guard !free.isEmpty else { return nil }
    let serial = choices.element(of: free)
    hands.used.insert(serial)
    return serial
  }
}
