internal import Floor
internal import JSON

extension TransferSearch {
  mutating func tookPredecessor(_ rows: [JSON]) -> Step {
    guard case .next(_, let before, _) = goal else { return start() }
    let done = rows.filter { $0["state"]?.string == "done" }
    let now = done.flatMap { $0["move_dest_ids"]?.array ?? [] }.compactMap(\.int)
    let ids = Set(now).union(before).sorted()
    guard !ids.isEmpty else { return nothingFollows }
    state = .moves
    return read("stock.move", [["id", "in", .array(ids.map { .int($0) })]], ["picking_id"])
  }

  private var nothingFollows: Step {
    missed(
      .noNext,
      waiting: "Odoo has made no transfer yet that takes on \(confirmation.transferName).",
      "Odoo has made no transfer that takes on what \(confirmation.transferName) brought, so there "
        + "is nothing to validate this on. Look at the steps of the warehouse and at the order; "
        + "make the transfer in Odoo and validate it there, then drop this."
    )
  }

  mutating func tookMoves(_ rows: [JSON]) -> Step {
    let ids = Set(rows.compactMap { $0["picking_id"]?.reference }).sorted()
    guard !ids.isEmpty else { return nothingFollows }
    state = .transfers
    return read(
      "stock.picking",
      [["id", "in", .array(ids.map { .int($0) })]],
      ["name", "state", "picking_type_id"]
    )
  }

  mutating func tookTransfers(_ rows: [JSON]) -> Step {
    guard case .next(_, _, let step) = goal else { return start() }
    let fitting = rows.filter { row in
      guard let type = row["picking_type_id"]?.reference, let known = known.steps[type] else {
        return true
      }
      return known == step
    }
    let all = (known.takesTheFirst ? rows : fitting).compactMap(Found.init(row:))
    if known.takesTheFirst, let first = all.first { return .finished(.found(first.id)) }
    let found = all.filter { !known.taken.contains($0.id) }
    let open = found.filter(\.isOpen)
    if open.count == 1 { return .finished(.found(open[0].id)) }
    if open.isEmpty {
      // Somebody else was faster: the plan compares, and says what came of it.
      let closed = found.filter { $0.state == "done" }
      if closed.count == 1 { return .finished(.found(closed[0].id)) }
      if closed.isEmpty, found.count == 1 { return .finished(.found(found[0].id)) }
      return found.isEmpty ? nothingFollows : several(found)
    }
    state = .demand(open)
    return read(
      "stock.move",
      [
        ["picking_id", "in", .array(open.map { .int($0.id) })],
        ["state", "not in", ["done", "cancel"]],
      ],
      ["picking_id", "product_id", "product_uom_qty"]
    )
  }

  mutating func tookDemand(_ rows: [JSON], _ found: [Found]) -> Step {
    var demand: [Int: [Int: Quantity]] = [:]
    for row in rows {
      guard let transfer = row["picking_id"]?.reference, let product = row["product_id"]?.reference,
        let quantity = row["product_uom_qty"].flatMap({ Quantity($0) })
      else { continue }
      demand[transfer, default: [:]][product, default: .zero] += quantity
    }
    let counted = confirmation.countedByProduct
    let asking = found.filter { transfer in
      counted.keys.allSatisfy { (demand[transfer.id]?[$0] ?? .zero) > .zero }
    }
    if asking.count == 1 { return .finished(.found(asking[0].id)) }
    let enough = asking.filter { transfer in
      counted.allSatisfy { (demand[transfer.id]?[$0.key] ?? .zero) >= $0.value }
    }
    if enough.count == 1 { return .finished(.found(enough[0].id)) }
    return several(found)
  }

  private func several(_ found: [Found]) -> Step {
    let names = found.map(\.name).joined(separator: ", ")
    return .finished(
      .exception(
        exception(
          .severalNext,
          "Odoo divided what \(confirmation.transferName) brought among \(names), and which of them "
            + "this count belongs to cannot be told. Validate them in Odoo as the goods went, then "
            + "drop this.",
          names
        )
      )
    )
  }

  mutating func tookNames(_ rows: [JSON]) -> Step {
    guard case .named(let name) = goal else { return start() }
    let all = rows.compactMap(Found.init(row:))
    let exact = all.filter { $0.name == name }
    let found = exact.isEmpty ? all : exact
    if found.count == 1 {
      guard known.taken.contains(found[0].id) else { return .finished(.found(found[0].id)) }
      return .finished(
        .exception(
          exception(
            .closedTwice,
            "Transfer \(name) was counted without a list, and was closed here with its list as well. "
              + "Find out whether goods were counted twice; book what is missing by hand, then "
              + "drop this.",
            found[0].name
          )
        )
      )
    }
    guard found.isEmpty else {
      return .finished(
        .exception(
          exception(
            .blindNotFound,
            "Odoo has several transfers called \(name), so which one was counted cannot be told. "
              + "Validate the right one in Odoo, then drop this.",
            found.map { "\($0.name) (\($0.id))" }.joined(separator: ", ")
          )
        )
      )
    }
    return missed(
      .blindNotFound,
      waiting: "Odoo has no transfer called \(name) yet.",
      "Transfer \(name) was counted without a list, and Odoo has no transfer of that name. Find out "
        + "what was scanned; book the count by hand, or drop it."
    )
  }
}

extension TransferSearch.Found {
  init?(row: JSON) {
    guard let id = row["id"]?.int else { return nil }
    self.init(id: id, name: row["name"]?.string ?? "\(id)", state: row["state"]?.string ?? "")
  }
}

extension Confirmation {
  /// How much was counted of each product.
  var countedByProduct: [Int: Quantity] {
    var counted: [Int: Quantity] = [:]
    for line in lines where line.quantity > .zero {
      counted[line.productID, default: .zero] += line.quantity
    }
    return counted
  }
}
