internal import Floor
internal import JSON
internal import OdooSimulator
internal import TestKit

/// Counting a later step of a chain: what the step before has brought.
extension History {
  func goOn(_ plan: OrderPlan, _ index: Int) -> Closing? {
    let chain = hands.closings[plan.chain] ?? []
    let pool = hands.brought[plan.chain]?[index - 1] ?? []
    let before = chain.filter { $0.step == plan.legs[index - 1].step && $0.flaw == nil }
    // As on the floor: bound to the last part of which goods are left.
    let last = before.last { closing in
      closing.goods.contains { goods in
        pool.contains { $0.product == goods.product && $0.lot == goods.lot }
      }
    }
    guard let last else { return nil }
    // Up to 17 what was picked too much is in the next step as long as all of it is taken at once.
    let isOver = scenery.major < 18 && chain.contains { isOvercounted($0) }
    let (taken, left) = take(pool, whole: isOver)
    guard !taken.isEmpty else { return nil }
    let asked = Dictionary(grouping: pool, by: \.product).sorted { $0.key < $1.key }
      .compactMap { code, goods -> Confirmation.SeenMove? in
        guard let id = article(code)?.id else { return nil }
        let sum = goods.reduce(0) { $0 + $1.quantity }
        return .init(moveID: nil, productID: id, demand: Quantity(sum))
      }
    let (target, name, seen) = target(plan, index, after: last, chain, asked)
    let closing = make(plan, index, target, name: name, taken, seen: seen)
    // Nobody takes on what was dropped.
    hands.brought[plan.chain]?[index - 1] = closing.confirmation.rest == .drop ? [] : left
    return closing
  }

  private func isOvercounted(_ closing: Closing) -> Bool {
    let asked = closing.confirmation.seen.reduce(into: [:]) {
      $0[$1.productID, default: Quantity.zero] += $1.demand
    }
    let counted = closing.confirmation.lines.reduce(into: [:]) {
      $0[$1.productID, default: Quantity.zero] += $1.quantity
    }
    return counted.contains { $0.value > asked[$0.key] ?? .zero }
  }

  private func target(
    _ plan: OrderPlan,
    _ index: Int,
    after last: Closing,
    _ chain: [Closing],
    _ asked: [Confirmation.SeenMove]
  ) -> (Confirmation.Target, String, [Confirmation.SeenMove]) {
    let isSettled = chain.allSatisfy { box.disk[$0.uuid]?.state == .applied }
    if isSettled, choices.chance(60), let open = openTransfer(plan, index, chain) {
      return (.transfer(open.id), open.name, open.seen)
    }
    var target = Confirmation.Target.next(of: last.uuid, plan.legs[index].step)
    while let taken = chain.first(where: { $0.confirmation.target == target }) {
      target = .remainder(of: taken.uuid)
    }
    return (target, last.confirmation.transferName, asked)
  }

  /// The only open transfer of the step that nobody has closed here, as a fresh mirror shows it.
  private func openTransfer(
    _ plan: OrderPlan,
    _ index: Int,
    _ chain: [Closing]
  ) -> (id: Int, name: String, seen: [Confirmation.SeenMove])? {
    guard !plan.origin.isEmpty else { return nil }
    let rows =
      (try? odoo.admin.rows(
        "stock.picking",
        [["origin", "=", .string(plan.origin)], ["state", "=", "assigned"]],
        ["name", "picking_type_id"]
      )) ?? []
    let taken = Set(hands.all.compactMap { box.disk[$0.uuid]?.transferID })
    let open = rows.filter { row in
      let type = row["picking_type_id"]?.int ?? row["picking_type_id"]?[0]?.int ?? 0
      return scenery.steps[type] == plan.legs[index].step && !taken.contains(row["id"]?.int ?? 0)
    }
    guard open.count == 1, let id = open[0]["id"]?.int, let seen = try? demand(of: id),
      !seen.isEmpty
    else { return nil }
    return (id, open[0]["name"]?.string ?? "", seen)
  }

  /// Takes some of the goods; the dull count takes all, as they are.
  private func take(_ pool: [Goods], whole: Bool) -> (taken: [Goods], left: [Goods]) {
    var taken: [Goods] = []
    var left: [Goods] = []
    let box = choices.chance(30) ? newPackage() : nil
    // A package goes as a whole, or stays where it is.
    var staying: [String: Bool] = [:]
    for goods in pool {
      var part = goods
      if let package = goods.package {
        let stays = staying[package] ?? (!whole && choices.chance(15))
        staying[package] = stays
        if stays { part.quantity = 0 }
      } else if !whole, choices.chance(15) {
        part.quantity = choices.int(0...goods.quantity)
      }
      var rest = goods
      rest.quantity -= part.quantity
      if rest.quantity > 0 { left.append(rest) }
      guard part.quantity > 0 else { continue }
      // What is in a package stays in it; what is loose may be packed now.
      part.source = goods.package
      part.package = goods.package ?? box
      taken.append(part)
    }
    return (taken, left)
  }
}
