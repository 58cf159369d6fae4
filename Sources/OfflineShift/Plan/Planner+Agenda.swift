/// What a worker means to do for a task, one thing after the other.
extension Planner {
  /// True if a station has something to begin.
  func canBegin(_ desk: Int) -> Bool {
    let desk = desks[desk]
    return desk.place.name == "dock"
      ? ready?.isEmpty == false : !desk.queue.isEmpty || !desk.batches.isEmpty
  }

  /// Takes the next task of a station.
  mutating func begin(_ desk: Int) {
    desks[desk].scanner = chances.number(0...desks[desk].place.scanners.count - 1)
    if desks[desk].place.name == "dock" {
      desks[desk].agenda = load(ready ?? [])
      return
    }
    if let batch = desks[desk].batches.first {
      desks[desk].batches.removeFirst()
      desks[desk].agenda = pick(batch)
      return
    }
    let task = current(desks[desk].queue.removeFirst())
    guard !task.wanted.isEmpty else {
      if task.step == .pick || task.step == .pack { progress[task.order].pending -= 1 }
      ready = nil
      return
    }
    var acts: [Act] = [.slip, .open(task), .slip]
    var counting = counts(task, at: desk)
    if counting.count > 3, chances.happens(12), let other = other(than: task, at: desk) {
      counting.insert(contentsOf: other + [.open(task)], at: counting.count / 2)
    } else if counting.count > 2, chances.happens(10) {
      counting.insert(contentsOf: [.park, .slip, .open(task)], at: counting.count / 2)
    }
    acts += counting + packing(task, at: desk) + [.slip, .validate, .slip]
    desks[desk].agenda = acts
  }

  /// Another task of the station, done while the first one is put aside.
  private mutating func other(than task: Task, at desk: Int) -> [Act]? {
    guard let index = desks[desk].queue.firstIndex(where: { $0.order != task.order }) else {
      return nil
    }
    let other = current(desks[desk].queue[index])
    guard !other.wanted.isEmpty else { return nil }
    desks[desk].queue.remove(at: index)
    return [.open(other)] + counts(other, at: desk) + packing(other, at: desk) + [.validate]
  }

  /// Every unit that is found, in chunks, with second thoughts in between.
  private mutating func counts(_ task: Task, at desk: Int) -> [Act] {
    var acts: [Act] = task.wholes.keys.sorted().map { .whole($0) }
    let loose = task.wanted.keys.sorted().filter { code in
      !task.wholes.values.contains { $0.keys.contains { $0.article == code } }
    }
    // What is packed in two packages is counted for the first, packed, and counted on.
    let splits = task.step == .pack && loose.count > 1 && chances.happens(60)
    let label = chances.happens(25) && packs(task, desk) && !loose.isEmpty && !splits
    if label { acts.append(.fill(nextLabel())) }
    for (number, code) in loose.enumerated() {
      let missing = task.shortage?.article == code ? task.shortage?.units ?? 0 : 0
      acts += pieces(code, (task.wanted[code] ?? 0) - missing, task)
      acts.append(.slip)
      if splits, number == 0 { acts += wrapped(desk) + [.slip] }
    }
    if chances.happens(20), !acts.isEmpty { acts.insert(.resend, at: min(2, acts.count)) }
    return acts
  }

  private mutating func pieces(_ code: String, _ units: Int, _ task: Task) -> [Act] {
    guard let article = Catalog.article(code) else { return [] }
    var acts: [Act] = []
    if article.tracking == .none {
      var left = units
      if let _ = article.boxBarcode, left >= article.boxUnits, chances.happens(60) {
        acts.append(.box(code))
        left -= article.boxUnits
      }
      if article.orderUnits > 1 {
        acts += (0..<left / article.boxUnits).map { _ in .box(code) }
        left %= article.boxUnits
      }
      if left > 2, chances.happens(30) {
        acts.append(.times(code, left - 1))
        left = 1
      }
      acts += (0..<left).map { _ in .unit(code) }
    } else {
      for (number, lot) in lots(article, units, task).enumerated() {
        acts.append(chances.happens(30) ? .label(code, lot: lot) : .item(code, lot: lot))
        if number == 0, chances.happens(25) { acts += [.undo, acts[acts.count - 1]] }
      }
    }
    if article.tracking == .none, let last = acts.last, chances.happens(15) {
      acts += [.undo, last]
    }
    return acts
  }

  /// The lot or serial number of each unit that is taken.
  private mutating func lots(_ article: Article, _ units: Int, _ task: Task) -> [String] {
    let warehouse = orders[task.order].order.route.warehouse
    let number = orders[task.order].order.number
    let taken = units == 0 ? [] : expectedLots(article.code, task)
    if task.step == .receive {
      return (0..<units).map { piece in
        article.tracking == .lot ? "IN\(number)-A" : "IN\(number)-\(task.expected.count)-\(piece)"
      }
    }
    // Some take another lot than the reserved one; the rest of an order has none reserved.
    if article.tracking == .lot, !task.isArrival, taken.isEmpty || chances.happens(20) {
      return Array(repeating: Stock.spareLot(article.code, warehouse), count: units)
    }
    return Array(taken.prefix(units))
  }

  /// Lots that are reserved or have arrived, one for each unit; for the rest of an order those
  /// that were reserved at first and not taken.
  private func expectedLots(_ code: String, _ task: Task) -> [String] {
    var expected = task.expected
    if expected.isEmpty, !task.isArrival {
      expected = orders[task.order].transfers[task.step]?.reserved ?? [:]
      for (goods, units) in sum(progress[task.order].closings[task.step] ?? []) {
        expected[Goods(goods.article, lot: goods.lot), default: 0] -= units
      }
    }
    return expected.filter { $0.key.article == code && $0.value > 0 }.sorted { $0.key < $1.key }
      .flatMap { goods, units in Array(repeating: goods.lot ?? "", count: units) }
  }

  /// True if goods are put into parcels in a step.
  private func packs(_ task: Task, _ desk: Int) -> Bool {
    switch task.step {
    case .receive: false
    case .pick: orders[task.order].order.route == .twoSteps
    case .pack: true
    case .ship: desks[desk].place.scale != nil
    }
  }

  private mutating func packing(_ task: Task, at desk: Int) -> [Act] {
    guard packs(task, desk) else { return [] }
    return wrapped(desk)
  }

  /// What is loose goes into a parcel, which is weighed.
  private mutating func wrapped(_ desk: Int) -> [Act] {
    let label = nextLabel()
    return [.fill(label), .slip, .weigh(label), .slip]
  }

  /// An SSCC, or a name as Odoo prints it.
  private mutating func nextLabel() -> String {
    labels += 1
    let number = options.firstLabel * 10_000 + labels
    if labels % 3 == 0 { return "PACK" + Stock.padded(9_000_000 + number % 1_000_000, 7) }
    return Catalog.withCheckDigit("02990022" + Stock.padded(number, 9))
  }

  /// Some deliveries are loaded together; now and then a parcel is left for the next truck.
  private mutating func load(_ orders: [Int]) -> [Act] {
    let dock = self.orders[orders[0]].order.route == .twoSteps ? Self.smallDock : Self.dock
    let route = self.orders[orders[0]].order.route
    var acts: [Act] = [.slip, .openLoad(dock), .slip]
    for order in orders.filter({ self.orders[$0].order.route == route }).prefix(4) {
      let task = current(
        Task(order: order, step: .ship, document: "", wanted: [:], expected: [:])
      )
      var parcels = parcels(of: order)
      if parcels.count > 1, chances.happens(30) { parcels.removeLast() }
      for parcel in parcels { acts += [.load(parcel, task), .slip] }
    }
    return acts + [.closeLoad, .slip]
  }
}
