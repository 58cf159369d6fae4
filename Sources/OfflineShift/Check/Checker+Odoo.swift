/// What is in Odoo after the shift.
extension Checker {
  /// Transfers of one step of an order that are done, in the order of their validation.
  private func done(_ part: Part) -> [Account.Transfer] {
    (transfers[part] ?? []).filter { $0.state == "done" }
  }

  /// Orders that somebody did in Odoo before the shift.
  private var foreign: Set<String> {
    Set(shift.orders.filter { $0.order.fate == .doneInOdoo }.map(\.name))
  }

  /// Compares each closing with its transfer; answers how many were validated exactly once.
  mutating func checkClosings() -> Int {
    var once = 0
    let foreign = foreign
    for (part, closings) in closings.sorted(by: { "\($0.key)" < "\($1.key)" }) {
      let found = done(part)
      for (index, closing) in closings.enumerated() {
        let name = "\(part.order) \(part.step.rawValue)" + (index > 0 ? " part \(index + 1)" : "")
        guard index < found.count else {
          note(.lost, "\(name): was closed at \(closing.station) and is not done in Odoo")
          continue
        }
        if compare(closing, found[index], name) { once += 1 }
      }
      for transfer in found.dropFirst(closings.count) {
        note(.twice, "\(transfer.name) of \(part.order): is done, and nobody closed it")
      }
    }
    for transfer in account.transfers
    where transfer.state == "done" && !foreign.contains(transfer.order)
      && closings[Part(order: transfer.order, step: transfer.step)] == nil
    {
      note(.twice, "\(transfer.name) of \(transfer.order): is done, and nobody closed it")
    }
    return once
  }

  private mutating func compare(
    _ closing: Closing,
    _ transfer: Account.Transfer,
    _ part: String
  ) -> Bool {
    let name = "\(part) (\(transfer.name))"
    if transfer.validations != 1 {
      let kind: Finding.Kind = transfer.validations == 0 ? .lost : .twice
      note(kind, "\(name): stock moved \(transfer.validations) times for it, expected once")
    }
    if transfer.edits > 0 {
      note(.twice, "\(name): was written \(transfer.edits) times after it was done")
    }
    for goods in Set(closing.goods.keys).union(transfer.goods.keys).sorted() {
      let (expected, actual) = (Double(closing.goods[goods] ?? 0), transfer.goods[goods] ?? 0)
      guard Self.differ(expected, actual) else { continue }
      note(
        actual < expected ? .lost : .twice,
        "\(name): \(goods.text): \(Self.text(expected)) counted, \(Self.text(actual)) in Odoo"
      )
    }
    for (package, grams) in closing.grams.sorted(by: { $0.key < $1.key }) {
      let (expected, actual) = (Double(grams) / 1_000, account.kilograms[package] ?? 0)
      guard Self.differ(expected, actual) else { continue }
      note(
        .lost,
        "\(name): package \(package) weighed \(Self.text(expected)) kg, \(Self.text(actual)) kg"
          + " in Odoo"
      )
    }
    return transfer.validations == 1
  }

  /// What was not done must still be asked for, no more and no less.
  mutating func checkRests() {
    for made in shift.orders where made.order.fate == .worked {
      for step in made.order.route.steps { checkRest(made, step) }
    }
  }

  private mutating func checkRest(_ made: MadeOrder, _ step: Step) {
    func units(_ step: Step) -> [String: Int] {
      (closings[Part(order: made.name, step: step)] ?? []).flatMap(\.goods)
        .reduce(into: [:]) { $0[$1.key.article, default: 0] += $1.value }
    }
    // Where Odoo makes a step later, it asks for what the step before has brought.
    let previous = made.order.route.step(before: step)
    var asked: [String: Int] = [:]
    if let previous, shift.laterStepsComeLater {
      asked = units(previous)
    } else {
      for line in made.order.lines { asked[line.article, default: 0] += line.units }
    }
    let done = units(step)
    let open = (transfers[Part(order: made.name, step: step)] ?? []).filter {
      !["done", "cancel"].contains($0.state)
    }
    let demand = open.flatMap(\.demand).reduce(into: [:]) { $0[$1.key, default: 0] += $1.value }
    let name = "\(made.name) \(step.rawValue)"
    var isLeft = false
    for article in Set(asked.keys).union(demand.keys).sorted() {
      let expected = Double((asked[article] ?? 0) - (done[article] ?? 0))
      let actual = demand[article] ?? 0
      isLeft = isLeft || expected > 0
      guard Self.differ(expected, actual) else { continue }
      note(
        actual < expected ? .lost : .twice,
        "\(name): \(Self.text(expected)) of \(article) should be left to do, in Odoo"
          + " \(Self.text(actual))"
      )
    }
    if isLeft, open.count != 1 {
      note(.twice, "\(name): the rest should be one transfer, and is \(open.count)")
    }
  }

  /// Within an order Odoo must have validated in the order in which the floor closed.
  mutating func checkOrder() {
    var next: [Part: Int] = [:]
    var last: [String: (place: Int, name: String)] = [:]
    for closing in shift.closings {
      let part = Part(order: closing.order, step: closing.step)
      let found = done(part)
      let index = next[part, default: 0]
      next[part] = index + 1
      guard index < found.count, let place = found[index].validatedAt else { continue }
      if let before = last[closing.order], before.place > place {
        note(
          .order,
          "\(closing.order): \(found[index].name) was closed after \(before.name) and validated"
            + " before it"
        )
      }
      last[closing.order] = (place, found[index].name)
    }
  }
}
