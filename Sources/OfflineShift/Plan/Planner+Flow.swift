/// What leads to what: from one step of an order to the next.
extension Planner {
  /// Puts a task on a station's list.
  mutating func queue(_ order: Int, _ step: Step, at station: String, after time: Int) {
    guard let desk = desks.firstIndex(where: { $0.place.name == station }) else { return }
    if step == .pack || step == .pick {
      ready = nil
      // What is brought meanwhile is packed with the same visit.
      if step == .pack, desks[desk].queue.contains(where: { $0.order == order }) { return }
      progress[order].pending += 1
    }
    desks[desk].queue.append(
      Task(order: order, step: step, document: document(order, step), wanted: [:], expected: [:])
    )
    desks[desk].clock = max(desks[desk].clock, desks[desk].isIdle ? time : 0)
  }

  /// What is printed on the paper that the worker has.
  private func document(_ order: Int, _ step: Step) -> String {
    let made = orders[order]
    guard step == .pack else { return made.transfers[step]?.name ?? "" }
    // Where Odoo has made the pack already, some workers have its paper, some that of the pick.
    let own = made.transfers[.pack]?.name
    return order % 2 == 0 ? own ?? pickName(order) : pickName(order)
  }

  private func pickName(_ order: Int) -> String { orders[order].transfers[.pick]?.name ?? "" }

  /// The task as it stands now: what is asked for, what has come, what was done already.
  func current(_ task: Task) -> Task {
    var task = task
    let made = orders[task.order]
    let done = progress[task.order].closings
    let taken = sum(done[task.step] ?? [])
    if let previous = made.order.route.step(before: task.step) {
      task.isArrival = true
      task.expected = arrived(done[previous] ?? [], less: done[task.step] ?? [])
      task.wanted = units(task.expected)
      return task
    }
    let first = (done[task.step] ?? []).isEmpty
    task.expected = first ? made.transfers[task.step]?.reserved ?? [:] : [:]
    for line in made.order.lines {
      let left = line.units - (units(taken)[line.article] ?? 0)
      if left > 0 { task.wanted[line.article] = left }
    }
    task.shortage = first ? made.order.shortage : nil
    return task
  }

  /// Goods that the step before has brought, in the packages that they came in, less what was
  /// taken.
  private func arrived(_ before: [[Goods: Int]], less taken: [[Goods: Int]]) -> [Goods: Int] {
    var here: [Goods: Int] = [:]
    for (goods, units) in sum(before) {
      here[Goods(goods.article, lot: goods.lot, source: goods.package), default: 0] += units
    }
    for (goods, units) in sum(taken) {
      here[Goods(goods.article, lot: goods.lot, source: goods.source), default: 0] -= units
    }
    return here.filter { $0.value > 0 }
  }

  func sum(_ parts: [[Goods: Int]]) -> [Goods: Int] {
    parts.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
  }

  func units(_ goods: [Goods: Int]) -> [String: Int] {
    goods.reduce(into: [:]) { $0[$1.key.article, default: 0] += $1.value }
  }

  /// Parcels that were packed and not shipped.
  func parcels(of order: Int) -> [String] {
    let task = current(Task(order: order, step: .ship, document: "", wanted: [:], expected: [:]))
    return Set(task.expected.keys.compactMap(\.source)).sorted()
  }

  /// Notes a closed tally, and hands on what follows from it.
  mutating func close(_ tally: Tally, at desk: Int) {
    ready = nil
    let task = tally.task
    let made = orders[task.order]
    let station = desks[desk].place.name
    shift.closings.append(
      Closing(
        order: made.name,
        step: task.step,
        goods: tally.now.goods,
        grams: tally.now.grams,
        station: station
      )
    )
    progress[task.order].closings[task.step, default: []].append(tally.now.goods)
    desks[desk].hasClosed = true
    if task.step == .pick || task.step == .pack { progress[task.order].pending -= 1 }
    let isShort = !task.isArrival && !tally.isComplete
    if !isShort, made.order.shortage == nil, let own = made.transfers[task.step]?.name,
      own == task.document, !(desks[desk].place.steps.isEmpty && task.step == .pick)
    {
      desks[desk].finished.append(own)
    }
    follow(task, isShort, at: station, desks[desk].clock)
  }

  private mutating func follow(_ task: Task, _ isShort: Bool, at station: String, _ time: Int) {
    let made = orders[task.order]
    let fetchesLater = task.order % 3 == 0
    if isShort, made.order.shortage?.isFetched == true {
      progress[task.order].isFetching = true
      if task.step != .pick || !fetchesLater {
        progress[task.order].isFetching = false
        queue(task.order, task.step, at: station, after: time)
      }
    }
    switch task.step {
    case .pick where made.order.route == .twoSteps: break
    case .pick:
      // Without a rest the station for everything goes straight on to the next step.
      let stays = station == "counter" && made.order.shortage == nil
      queue(task.order, .pack, at: stays ? "counter" : "packing", after: time)
    case .ship where progress[task.order].isFetching:
      progress[task.order].isFetching = false
      queue(task.order, .pick, at: "picking", after: time)
    default: break
    }
  }

  /// Orders whose parcels can be loaded: nobody picks or packs for them any more.
  func shippable() -> [Int] {
    orders.indices.filter { index in
      orders[index].order.route.steps.count > 1 && progress[index].pending == 0
        && !parcels(of: index).isEmpty
    }
  }
}
