extension Workplace {
  /// What a scan of a transfer opens that was closed here: its rest, or the step after it.
  mutating func tally(after closure: Closure, _ transfer: Transfer) throws(Refusal) -> Tally {
    let step = transfer.operation.step
    let isForLaterStep = !role.steps.isEmpty && !role.steps.contains(step)
    if isForLaterStep { return try successor(of: closure, named: transfer.name) }
    do throws(Refusal) {
      return try remainder(of: closure, named: transfer.name)
    } catch {
      guard error.code == .alreadyClosed, closure.confirmation.remainder.isEmpty,
        let next = route(of: closure).next(after: step),
        role.steps.isEmpty
          || role.steps.contains(next)
      else { throw error }
      return try successor(of: closure, named: transfer.name)
    }
  }

  private func route(of closure: Closure) -> Route {
    lookup.route(ofWarehouse: closure.confirmation.warehouse)
  }

  /// The rest of a transfer that was closed here while Odoo may still show it open.
  private mutating func remainder(
    of closure: Closure,
    named name: String
  ) throws(Refusal) -> Tally {
    let done = closure.confirmation
    let closed = Refusal(.alreadyClosed, Messages.alreadyClosed(name))
    guard done.rest == .backorder else { throw closed }
    if closure.applied, let id = closure.backorders.first,
      let backorder = lookup.transfer(id: id)
    {
      guard closure.backorders.count == 1 else {
        throw Refusal(.alreadyClosed, Messages.severalBackorders(name))
      }
      return try tally(for: backorder)
    }
    if closure.applied, closure.backorders.isEmpty { throw closed }
    let rest = done.remainder
    guard !rest.isEmpty else { throw closed }
    let target = Confirmation.Target.remainder(of: done.uuid)
    if let next = lookup.closure(of: target) { return try remainder(of: next, named: name) }
    var transfer = done.remainderTransfer(rest, named: name)
    guard let arrived = arrived(for: done) else {
      return try fresh(Tally(target: target, transfer: transfer))
    }
    // The rest can be worked only as far as the step before has brought it.
    guard !arrived.isEmpty else { throw closed }
    transfer.moves = arrived.moves(asking: transfer.moves)
    return try fresh(Tally(target: target, transfer: transfer, isArrival: true))
  }

  /// What the step before has brought here beyond what was taken on; nil if it was not worked here.
  private func arrived(for done: Confirmation) -> Arrivals? {
    let route = lookup.route(ofWarehouse: done.warehouse)
    guard let previous = route.previous(before: done.step) else { return nil }
    let chain = lookup.closures(ofChain: done.chain).map(\.confirmation)
    let before = chain.filter { $0.step == previous }
    guard !before.isEmpty else { return nil }
    return Arrivals(from: before, less: chain.filter { $0.step == done.step })
  }

  /// The step after one that was closed here: Odoo's own transfer where it has made one, else what
  /// was done here stands for it.
  mutating func successor(of closure: Closure, named name: String) throws(Refusal) -> Tally {
    let done = closure.confirmation
    let closed = Refusal(.alreadyClosed, Messages.alreadyClosed(name))
    guard let step = route(of: closure).next(after: done.step) else { throw closed }
    let open = lookup.transfers(ofChain: done.chain).filter { transfer in
      transfer.operation.step == step && transfer.state != .done && transfer.state != .cancelled
        && lookup.closure(of: .transfer(transfer.id)) == nil
    }
    if let transfer = open.first {
      guard open.count == 1 else {
        throw Refusal(.ambiguousTransfer, Messages.severalTransfers(open.map(\.name)))
      }
      return try tally(for: transfer)
    }
    return try localSuccessor(of: done, step, closed)
  }

  /// What is open of the next step already: a second one would count the same goods again.
  private mutating func heldSuccessor(
    of done: Confirmation,
    _ step: Transfer.Step
  ) throws(Refusal) -> Tally? {
    func isNext(_ tally: Tally) -> Bool {
      tally.isArrival && tally.transfer.chain == done.chain && tally.transfer.operation.step == step
    }
    if let own = station.tallies.first(where: isNext) { return own }
    let stations = others.stations.filter { $0.key != name }.sorted { $0.key < $1.key }
    guard let held = stations.lazy.flatMap(\.value.tallies).first(where: isNext) else { return nil }
    return try resume(held.target, done.transferName)
  }

  private mutating func localSuccessor(
    of done: Confirmation,
    _ step: Transfer.Step,
    _ closed: Refusal
  ) throws(Refusal) -> Tally {
    if let held = try heldSuccessor(of: done, step) { return held }
    let chain = lookup.closures(ofChain: done.chain).map(\.confirmation)
    let before = chain.filter { $0.step == done.step }
    let arrived = Arrivals(from: before, less: chain.filter { $0.step == step })
    // What is left may be what an earlier part brought: Odoo's next transfer takes on that part.
    guard let last = before.last(where: arrived.holdsGoods) else { throw closed }
    let operation = Transfer.Operation(typeID: 0, step: step, warehouse: done.warehouse)
    var target = Confirmation.Target.next(of: last.uuid, step)
    // What came after the first part was closed is the rest of that part.
    while let closure = lookup.closure(of: target) {
      target = .remainder(of: closure.confirmation.uuid)
    }
    let known = lookup.transfers(ofChain: done.chain)
    let transfer = Transfer(
      id: 0,
      name: done.transferName,
      state: .assigned,
      operation: operation,
      locationID: 0,
      destinationID: 0,
      chain: done.chain,
      carrier: known.compactMap(\.carrier).first,
      carrierType: known.compactMap(\.carrierType).first,
      moves: arrived.moves(asking: nil)
    )
    return try fresh(Tally(target: target, transfer: transfer, isArrival: true))
  }

  /// A transfer that waits in Odoo, with what the steps before have brought here; nil if nothing
  /// was.
  func arrival(of transfer: Transfer) -> Transfer? {
    let step = transfer.operation.step
    let route = lookup.route(ofWarehouse: transfer.operation.warehouse)
    guard let previous = route.previous(before: step) else { return nil }
    let chain = lookup.closures(ofChain: transfer.chain).map(\.confirmation)
    let before = chain.filter { $0.step == previous }
    let arrived = Arrivals(from: before, less: chain.filter { $0.step == step })
    guard !arrived.isEmpty else { return nil }
    var copy = transfer
    copy.moves = arrived.moves(asking: transfer.moves)
    return copy.moves.isEmpty ? nil : copy
  }
}

/// Goods that the step before has brought and that this step has not taken yet.
struct Arrivals {
  private struct Key: Hashable {
    var product: Int
    var lot: String?
    var package: String?
  }

  private var quantities: [Key: Quantity] = [:]
  private var order: [Key] = []
  private var units: [Int: (factor: Quantity, rounding: Quantity)] = [:]

  init(from before: [Confirmation], less taken: [Confirmation]) {
    for confirmation in before {
      for seen in confirmation.seen { units[seen.productID] = (seen.factor, seen.rounding) }
    }
    for confirmation in before {
      for line in confirmation.lines {
        add(Key(product: line.productID, lot: line.lot, package: line.package), amount(of: line))
      }
    }
    for confirmation in taken {
      for line in confirmation.lines { take(line) }
    }
    order.removeAll { quantities[$0, default: .zero] <= .zero }
  }

  var isEmpty: Bool { order.isEmpty }

  /// True if some of the goods that are left may be what a confirmation brought.
  func holdsGoods(of confirmation: Confirmation) -> Bool {
    confirmation.lines.contains { line in
      order.contains(Key(product: line.productID, lot: line.lot, package: line.package))
    }
  }

  private func amount(of line: Confirmation.Line) -> Quantity {
    unit(of: line.productID).inProductUnits(line.quantity)
  }

  private func unit(of product: Int) -> Move {
    let unit = units[product] ?? (.one, Move.usualRounding)
    return Move(
      id: 0,
      productID: product,
      demand: .zero,
      factor: unit.factor,
      rounding: unit.rounding,
      lines: []
    )
  }

  private mutating func add(_ key: Key, _ quantity: Quantity) {
    if quantities[key] == nil { order.append(key) }
    quantities[key, default: .zero] += quantity
  }

  /// Takes goods away: out of the package that they came in, else wherever the lot is.
  private mutating func take(_ line: Confirmation.Line) {
    var left = amount(of: line)
    let exact = Key(product: line.productID, lot: line.lot, package: line.sourcePackage)
    let others = order.filter { $0.product == line.productID && $0.lot == line.lot && $0 != exact }
    for key in [exact] + others where left > .zero {
      let part = min(left, quantities[key] ?? .zero)
      quantities[key, default: .zero] -= part
      left -= part
    }
  }

  /// The goods as moves: those of `asked` that they fit, else moves of their own.
  func moves(asking asked: [Move]?) -> [Move] {
    guard let asked else {
      var products: [Int] = []
      for key in order where !products.contains(key.product) { products.append(key.product) }
      return products.map { product in
        var move = unit(of: product)
        move.lines = lines(of: product, move)
        move.demand = move.lines.reduce(into: .zero) { $0 += $1.quantity }
        return move
      }
    }
    var seen: Set<Int> = []
    return asked.map { move in
      var copy = move
      // The first move of a product holds all of it; the tally sums over moves.
      copy.lines = seen.insert(move.productID).inserted ? lines(of: move.productID, move) : []
      return copy
    }
  }

  private func lines(of product: Int, _ move: Move) -> [MoveLine] {
    order.filter { $0.product == product }.map { key in
      let package = key.package.map { Reference(id: 0, name: $0) }
      return MoveLine(
        id: 0,
        quantity: move.inMoveUnits(quantities[key] ?? .zero),
        lot: key.lot.map { Reference(id: 0, name: $0) },
        package: package,
        resultPackage: package,
        locationID: 0,
        destinationID: 0
      )
    }
  }
}

extension Confirmation {
  /// Demand that this confirmation leaves, per product.
  var remainder: [SeenMove] {
    var counted: [Int: Quantity] = [:]
    for line in lines { counted[line.productID, default: .zero] += line.quantity }
    var rest: [SeenMove] = []
    for move in seen {
      let taken = min(counted[move.productID] ?? .zero, move.demand)
      counted[move.productID, default: .zero] -= taken
      let left = move.demand - taken
      guard left > .zero else { continue }
      var part = move
      part.moveID = nil
      part.demand = left
      rest.append(part)
    }
    return rest
  }

  /// A stand-in for the backorder that Odoo will make; its ids are 0 because Odoo has none yet.
  func remainderTransfer(_ rest: [SeenMove], named name: String) -> Transfer {
    Transfer(
      id: 0,
      name: name,
      state: .assigned,
      operation: Transfer.Operation(typeID: 0, step: step, warehouse: warehouse),
      locationID: 0,
      destinationID: 0,
      chain: chain,
      moves: rest.map { part in
        Move(
          id: 0,
          productID: part.productID,
          demand: part.demand,
          factor: part.factor,
          rounding: part.rounding,
          lines: []
        )
      }
    )
  }
}
