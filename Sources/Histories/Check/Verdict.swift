internal import Floor
internal import JSON
internal import OdooSimulator

/// Judges how a history ended: by what was counted, what was done to Odoo, and what Odoo has now.
///
/// Independent of the code that it judges: it compares nothing with the product's comparison, and
/// believes of the journal only which state it says.
struct Verdict {
  private(set) var problems: [String] = []
  let history: History
  let end: EndState
  let deeds: [DeedDone]

  init(_ history: History) {
    self.history = history
    end = EndState(history.odoo.admin.state())
    deeds = history.people.done
    for closing in history.hands.all { judge(closing) }
    judgeTransfers()
    judgeValidations()
    judgePackages()
    if deeds.isEmpty { judgeStock() }
  }

  mutating func note(_ problem: String) { problems.append(problem) }

  private mutating func judge(_ closing: Closing) {
    guard let row = history.box.disk[closing.uuid] else { return }
    switch row.state {
    case .applied: judgeApplied(closing, row)
    case .parked: judgeParked(closing, row)
    case .discarded: break
    case .pending, .sending, .waiting:
      let held = history.box.disk.all.contains {
        $0.content.chain == closing.chain && $0.sequence < row.sequence && $0.state == .parked
      }
      if !held { note("#\(closing.number) is not decided: \(row.state.rawValue)") }
    }
  }

  private mutating func judgeApplied(_ closing: Closing, _ row: Disk.Row) {
    let who = "#\(closing.number) is applied"
    guard let id = row.transferID, let transfer = end.transfers[id] else {
      return note("\(who), but to no transfer")
    }
    if let flaw = closing.flaw { note("\(who) in spite of \(flaw.rawValue)") }
    if transfer.state != "done" { note("\(who), but \(transfer.name) is \(transfer.state)") }
    if transfer.validations != 1 {
      note("\(who), and \(transfer.name) was validated \(transfer.validations) times")
    }
    if transfer.moved(as: closing) != closing.expected {
      note(
        "\(who) to \(transfer.name) with \(text(transfer.moved(as: closing))), not \(text(closing.expected))"
      )
    }
    if closing.tracking != nil, transfer.tracking.isEmpty { note("\(who) without its tracking") }
    let twin = history.box.disk.all.first {
      $0.state == .applied && $0.transferID == id && $0.content.uuid != closing.uuid
    }
    if let twin { note("\(who) to the transfer of \(history.name(twin.content.uuid))") }
    let backorders = end.transfers.values.filter { $0.backorderOf == id }
    let merged = backorders.contains { history.mergedFrom.contains($0.id) }
    if !merged, Set(row.backorders) != Set(backorders.map(\.id)) {
      note("\(who) with backorders \(row.backorders), Odoo has \(backorders.map(\.id).sorted())")
    }
    if deeds.isEmpty { judgeRest(closing, id) }
    judgeWeights(closing, id)
  }

  private mutating func judgeWeights(_ closing: Closing, _ id: Int) {
    let who = "#\(closing.number) is applied"
    // Somebody who validated it in Odoo knew nothing of the scale.
    let byOthers = deeds.contains {
      $0.transfer == id && ($0.deed == .validate || $0.deed == .validatePart)
    }
    guard !byOthers, !history.witness.hasLateWeights else { return }
    let later = history.hands.all.filter { $0.number > closing.number }
    for (name, weight) in closing.weights.sorted(by: { $0.key < $1.key })
    where !later.contains(where: { $0.weights[name] != nil })
      && !(end.packages[name] ?? []).contains(weight * 1000)
    {
      note("\(who), but \(name) weighs \(end.packages[name] ?? []) and not \(weight)")
    }
  }

  /// What was not counted is on a backorder, or nowhere if it was dropped.
  private mutating func judgeRest(_ closing: Closing, _ id: Int) {
    guard case .transfer = closing.confirmation.target else { return }
    var rest: [String: Int] = [:]
    for move in closing.confirmation.seen {
      let code = history.article(move.productID)?.code ?? ""
      rest[code, default: 0] += (Int(move.demand.description) ?? 0) * 1000
    }
    for goods in closing.goods { rest[goods.product, default: 0] -= goods.quantity * 1000 }
    rest = rest.filter { $0.value > 0 }
    if closing.confirmation.rest == .drop { rest = [:] }
    // Its backorders may have been worked since: they asked for what they moved and what they left.
    var left: [String: Int] = [:]
    var next = [id]
    while let one = next.popLast() {
      for backorder in end.transfers.values where backorder.backorderOf == one {
        for (product, quantity) in backorder.asked { left[product, default: 0] += quantity }
        for (key, quantity) in backorder.moved { left[key.product, default: 0] += quantity }
        next.append(backorder.id)
      }
    }
    for (product, quantity) in rest.sorted(by: { $0.key < $1.key })
    where (left[product] ?? 0) < quantity {
      // A later closing may have dropped it.
      let dropped = history.hands.all.contains {
        $0.chain == closing.chain && $0.number > closing.number && $0.confirmation.rest == .drop
      }
      if !dropped {
        note("#\(closing.number) left \(quantity) \(product), backorders have \(left)")
      }
    }
    if rest.isEmpty, end.transfers.values.contains(where: { $0.backorderOf == id }) {
      let isShort = closing.confirmation.rest == .backorder && !history.rest(of: closing).isEmpty
      if !isShort { note("#\(closing.number) left nothing, but has a backorder") }
    }
  }

  private mutating func judgeTransfers() {
    for transfer in end.transfers.values.sorted(by: { $0.id < $1.id }) {
      if transfer.validations > 1 {
        note("\(transfer.name) was validated \(transfer.validations) times")
      }
      guard transfer.doneEdits > 0 else { continue }
      let raced = deeds.contains { deed in
        deed.transfer == transfer.id && (deed.deed == .validate || deed.deed == .validatePart)
      }
      if !raced || !history.witness.racedEdits.contains(transfer.id) {
        note("\(transfer.name) was changed \(transfer.doneEdits) times after it was done")
      }
    }
  }

  /// Once each, and in the order of closing within a chain.
  private mutating func judgeValidations() {
    var first: [String: Int] = [:]
    var owner: [Int: String] = [:]
    var latest: [String: Int] = [:]
    for (uuid, transfer) in history.witness.validations {
      if let before = first[uuid], before != transfer {
        note("\(history.name(uuid)) validated transfer \(before) and transfer \(transfer)")
      }
      first[uuid] = transfer
      if let other = owner[transfer], other != uuid {
        note("transfer \(transfer) was validated for \(history.name(other)) and again")
      }
      owner[transfer] = uuid
      guard let closing = history.hands.all.first(where: { $0.uuid == uuid }) else { continue }
      if closing.number < latest[closing.chain] ?? 0 {
        note("#\(closing.number) was validated after a later one of its chain")
      }
      latest[closing.chain] = max(closing.number, latest[closing.chain] ?? 0)
    }
  }

  private mutating func judgePackages() {
    let made = deeds.contains { $0.deed == .createPackage }
    for (name, all) in end.packages.sorted(by: { $0.key < $1.key })
    where name.hasPrefix("BOX") && all.count > 1 && !made {
      note("package \(name) exists \(all.count) times")
    }
  }

  /// Where nobody else was at work, stock moved exactly as it was counted.
  private mutating func judgeStock() {
    var expected = history.scenery.stock
    for closing in history.hands.all
    where history.box.disk[closing.uuid]?.state == .applied {
      for one in closing.goods {
        for (place, sign) in [(closing.from, -1), (closing.to, 1)] where !place.isEmpty {
          let key = EndState.StockKey(product: one.product, lot: one.lot ?? "-", place: place)
          expected[key, default: 0] += sign * one.quantity * 1000
        }
      }
    }
    let places = Set(
      history.scenery.houses.flatMap { ($0.outgoing + $0.incoming) }
        .flatMap { [$0.from, $0.to] }
    )
    for key in Set(expected.keys).union(end.stock.keys).sorted(by: { "\($0)" < "\($1)" })
    where places.contains(key.place) {
      let (wanted, there) = (expected[key] ?? 0, end.stock[key] ?? 0)
      if wanted != there { note("stock of \(key): \(there), counted \(wanted)") }
    }
  }

  func text(_ goods: [EndState.GoodsKey: Int]) -> String {
    goods.map { "\($0.value) \($0.key.product)/\($0.key.lot)/\($0.key.package)" }.sorted()
      .joined(separator: ", ")
  }
}
