internal import Floor
internal import JSON
internal import TestKit

/// What the people on the floor know and hold: which goods lie where, and which units are used up.
struct Hands {
  /// Goods that a step has brought and the next has not taken, by chain and index of the step.
  var brought: [String: [Int: [Goods]]] = [:]
  /// Closings of each chain, in order.
  var closings: [String: [Closing]] = [:]
  /// Serial numbers and packages that were counted already.
  var used: Set<String> = []
  var packages = 0
  var lots = 0

  /// Puts goods where a step has brought them; alike goods lie together.
  mutating func bring(_ goods: Goods, _ chain: String, _ index: Int) {
    var pool = brought[chain]?[index] ?? []
    var alike = goods
    if let place = pool.firstIndex(where: {
      alike.quantity = $0.quantity
      return $0 == alike
    }) {
      pool[place].quantity += goods.quantity
    } else {
      pool.append(goods)
    }
    brought[chain, default: [:]][index] = pool
  }

  var count: Int { closings.values.reduce(0) { $0 + $1.count } }
  var all: [Closing] { closings.values.flatMap(\.self).sorted { $0.number < $1.number } }
}

extension History {
  /// Closes the next tally of a chain; nil if there is nothing to close.
  func close(_ plan: OrderPlan) throws -> Closing? {
    let before = hands.closings[plan.chain] ?? []
    // The furthest step that has goods, or an earlier one.
    let ready = plan.legs.indices.dropFirst().filter { index in
      !(hands.brought[plan.chain]?[index - 1] ?? []).isEmpty
    }
    let first = before.filter { $0.step == plan.legs[0].step }
    let canBegin = first.isEmpty || !(first.last.map { rest(of: $0) } ?? []).isEmpty
    let options = ready.reversed() + (canBegin ? [0] : [])
    guard !options.isEmpty else { return nil }
    let index = choices.element(of: Array(options))
    let closing = index == 0 ? try begin(plan, after: first) : goOn(plan, index)
    guard let closing else { return nil }
    hands.closings[plan.chain, default: []].append(closing)
    guard closing.flaw == nil else { return closing }
    for goods in closing.goods {
      var moved = goods
      moved.source = nil
      hands.bring(moved, plan.chain, index)
    }
    return closing
  }

  /// Demand that a closing left, if it is to become a backorder.
  func rest(of closing: Closing) -> [Confirmation.SeenMove] {
    guard closing.flaw == nil, closing.confirmation.rest == .backorder else { return [] }
    var counted: [Int: Quantity] = [:]
    for line in closing.confirmation.lines {
      counted[line.productID, default: .zero] += line.quantity
    }
    var rest: [Confirmation.SeenMove] = []
    for move in closing.confirmation.seen {
      let taken = min(counted[move.productID] ?? .zero, move.demand)
      counted[move.productID, default: .zero] -= taken
      guard move.demand - taken > .zero else { continue }
      rest.append(.init(moveID: nil, productID: move.productID, demand: move.demand - taken))
    }
    return rest
  }

  func article(_ id: Int) -> Scenery.Article? { scenery.articles.first { $0.id == id } }
  func article(_ code: String) -> Scenery.Article? { scenery.articles.first { $0.code == code } }

  func newPackage() -> String {
    hands.packages += 1
    return "BOX-\(hands.packages)"
  }

  func make(
    _ plan: OrderPlan,
    _ index: Int,
    _ target: Confirmation.Target,
    name: String,
    _ goods: [Goods],
    seen: [Confirmation.SeenMove],
    flaw: Closing.Flaw? = nil
  ) -> Closing {
    let leg = plan.legs[index]
    let number = hands.count + 1
    var uuid = "\(number)"
    uuid = String(repeating: "0", count: 12 - uuid.count) + uuid
    uuid = "00000000-0000-4000-8000-\(uuid)"
    let filled = Set(goods.filter { $0.package != $0.source }.compactMap(\.package)).sorted()
    // What came in a package may be weighed again.
    let there = index > 0 ? Set(goods.compactMap(\.source)).sorted() : []
    var weights: [String: Int] = [:]
    for name in filled where choices.chance(50) { weights[name] = choices.int(1...20) }
    for name in there where choices.chance(wishes.packages ? 90 : 15) {
      weights[name] = choices.int(21...40)
    }
    let tracking = leg.step == .ship && choices.chance(30) ? "1Z\(number)" : nil
    let counted = goods.reduce(into: [:]) { $0[$1.product, default: 0] += $1.quantity }
    let isShort = seen.contains { move in
      let code = article(move.productID)?.code ?? ""
      return Quantity(counted[code] ?? 0) < move.demand
    }
    let isDropped = isShort && target.isWhole && choices.chance(25)
    let confirmation = Confirmation(
      uuid: uuid,
      target: target,
      transferName: name,
      warehouse: plan.house.id,
      chain: plan.chain,
      step: leg.step,
      lines: goods.map { one in
        .init(
          productID: article(one.product)?.id ?? 0,
          lot: one.lot,
          sourcePackage: one.source,
          package: one.package,
          quantity: Quantity(one.quantity)
        )
      },
      packages: (filled + there.filter { weights[$0] != nil }).map {
        .init(name: $0, weight: weights[$0].map { Quantity($0) })
      },
      tracking: tracking,
      rest: isDropped ? .drop : .backorder,
      seen: seen
    )
    return Closing(
      uuid: uuid,
      number: number,
      chain: plan.chain,
      step: leg.step,
      from: leg.from,
      to: leg.to,
      goods: goods,
      weights: weights,
      tracking: tracking,
      flaw: flaw,
      confirmation: confirmation
    )
  }
}

extension Confirmation.Target {
  /// True if all that the transfer asks for was known at closing.
  fileprivate var isWhole: Bool {
    if case .transfer = self { true } else { false }
  }
}
