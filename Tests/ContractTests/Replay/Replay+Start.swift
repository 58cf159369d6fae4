internal import JSON
internal import OdooSimulator

extension Replay {
  /// Makes the next start of the scenario.
  func makeNext() throws {
    guard made.count < starts.count else { throw ContractError("no start is left") }
    let start = starts[made.count]
    let admin = server.admin
    var transfer: JSON
    switch start.kind {
    case .order(let warehouse):
      let order = try admin.order(warehouse: warehouse, start.lines)
      let all = order["transfers"]?.array ?? []
      transfer = all.first { $0["type"]?.string == start.type } ?? all.first ?? .null
      if let index = orderIndex(made.count), orders.indices.contains(index) {
        _ = comparison.map.bind("sale.order", orders[index], order["id"]?.int ?? 0)
      }
    case .receipt: transfer = try admin.receipt(start.lines)
    case .draft:
      let type = try admin.call(
        "stock.picking.type",
        "search",
        [["code", "=", "outgoing"]]
      )
      let made = try admin.call(
        "stock.picking",
        "create",
        [["picking_type_id": type?[0] ?? .null]]
      )
      transfer = ["id": made?[0] ?? .null, "moves": []]
    }
    made.append(transfer)
    try start.prepare?(admin, transfer)
    if let index = transferIndex(made.count - 1), transfers.indices.contains(index) {
      _ = comparison.map.bind("stock.picking", transfers[index], transfer["id"]?.int ?? 0)
    }
  }

  /// Which of the unintroduced transfers the start stands for; nil where it is asked by its order.
  private func transferIndex(_ number: Int) -> Int? {
    func counts(_ start: Scenario.Start) -> Bool { start.type != nil && start.isNamed }
    return counts(starts[number]) ? starts[..<number].count(where: counts) : nil
  }

  private func orderIndex(_ number: Int) -> Int? {
    guard case .order = starts[number].kind else { return nil }
    return starts[..<number].count { if case .order = $0.kind { true } else { false } }
  }

  /// The simulated id for a recorded one in a request.
  func resolve(_ mention: RequestWalker.Mention, _ index: Int) throws -> Int {
    let (model, id) = (mention.model, mention.id)
    if let known = comparison.map[model, id] { return known }
    switch model {
    case "stock.picking":
      if transfers.contains(id) {
        while comparison.map[model, id] == nil { try makeNext() }
      }
    case "sale.order":
      while comparison.map[model, id] == nil, made.count < starts.count { try makeNext() }
    case "stock.move.line", "stock.move": try bindRow(mention, index)
    case "product.product":
      for code in scenario.unnamedProducts where comparison.map[model, id] == nil {
        bind(model, id, try product(code))
      }
    case "stock.lot": bind(model, id, try lot(scenario.unnamedLot ?? otherLot))
    case "stock.location": return try location(mention, index)
    case "ir.actions.server": return action
    case "res.users": return id
    case "res.users.identitycheck", "res.users.apikeys": return try newest(model)
    default: break
    }
    return comparison.map[model, id] ?? id
  }

  /// The last record of a wizard, or the user's last key: no answer has shown its id.
  private func newest(_ model: String) throws -> Int {
    let ids = try server.admin.call(model, "search", [["create_uid", "!=", false]])
    return ids?.array?.compactMap(\.int).max() ?? 0
  }

  private func bind(_ model: String, _ recorded: Int, _ simulated: Int) {
    _ = comparison.map.bind(model, recorded, simulated)
  }

  /// A line or move that no answer has shown yet: the next one of the transfer that it is about.
  private func bindRow(_ mention: RequestWalker.Mention, _ index: Int) throws {
    guard mention.id < 1_000_000, let start = try start(for: mention, index) else { return }
    let isLine = mention.model == "stock.move.line"
    let product = mention.values["product_id"]?.int.flatMap {
      comparison.map["product.product", $0]
    }
    let now = server.admin.state()["transfers"]?.array?.first { $0["id"] == start["id"] }
    let moves = (start["moves"]?.array ?? []) + (now?["moves"]?.array ?? [])
    let rows = isLine ? moves.flatMap { $0["lines"]?.array ?? [] } : moves
    let free = rows.first {
      !comparison.map.isBound(mention.model, simulated: $0["id"]?.int ?? 0)
        && (isLine || product == nil || $0["product_id"]?.int == product)
    }
    if let id = free?["id"]?.int { bind(mention.model, mention.id, id) }
  }

  /// The start whose transfer the mention, or else a later request, speaks of.
  private func start(for mention: RequestWalker.Mention, _ index: Int) throws -> JSON? {
    if let owner = scenario.owners[recording.steps[index].name] {
      while made.count <= owner { try makeNext() }
      return made[owner]
    }
    var transfer = mention.transfer
    if transfer == nil { transfer = try laterTransfer(index) }
    guard let transfer else {
      if made.isEmpty { try makeNext() }
      return made.first
    }
    let about = RequestWalker.Mention(model: "stock.picking", id: transfer)
    let id = try resolve(about, index)
    return made.first { $0["id"]?.int == id } ?? ["id": .int(id)]
  }

  private func laterTransfer(_ index: Int) throws -> Int? {
    for step in recording.steps[index...] {
      var found: Int?
      let walker = RequestWalker(package: version.packageModel) { mention in
        if mention.model == "stock.picking", found == nil { found = mention.id }
        return mention.id
      }
      _ = try walker.walk(step)
      if let found { return found }
    }
    return nil
  }

  private func location(_ mention: RequestWalker.Mention, _ index: Int) throws -> Int {
    let name: String
    switch mention.field {
    case "location_id": name = "WH/Stock/BIN-T1-A1"
    default: name = version < .v19 ? "Partners/Customers" : "Customers"
    }
    let found = try server.admin.call(
      "stock.location",
      "search_read",
      [],
      ["complete_name"]
    )
    let row = found?.array?.first { $0["complete_name"]?.string == name }
    guard let id = row?["id"]?.int else { throw ContractError("no location \(name)") }
    bind("stock.location", mention.id, id)
    return id
  }

  func product(_ code: String) throws -> Int {
    let found = try server.admin.call(
      "product.product",
      "search",
      [["default_code", "=", .string(code)]]
    )
    guard let id = found?[0]?.int else { throw ContractError("no product \(code)") }
    return id
  }

  /// The lot of another product, as the recording's error names it.
  private var otherLot: String { version == .v18 ? "BIN-T1-A1" : "LOT-T1-008-TM31" }

  func lot(_ name: String) throws -> Int {
    let found = try server.admin.call("stock.lot", "search", [["name", "=", .string(name)]])
    guard let id = found?[0]?.int else { throw ContractError("no lot \(name)") }
    return id
  }

  /// Products and lots that some answer names are bound before the first request.
  func bindNames() throws {
    for step in recording.steps { try bindNames(in: step.answer) }
  }

  private func bindNames(in json: JSON) throws {
    for element in json.array ?? [] { try bindNames(in: element) }
    for member in json.object?.members ?? [] {
      if let id = member.value[0]?.int, let name = member.value[1]?.string {
        if member.name == "product_id", let code = name.split(separator: "]").first?.dropFirst() {
          bind("product.product", id, try product(String(code)))
        } else if member.name == "lot_id", let known = try? lot(name) {
          bind("stock.lot", id, known)
        }
      }
      try bindNames(in: member.value)
    }
  }

  /// Transfers and orders that requests speak of before any answer has shown them.
  func unintroduced() throws -> ([Int], [Int]) {
    var shown: Set<Int> = []
    var transfers: Set<Int> = []
    var orders: Set<Int> = []
    for step in recording.steps {
      let walker = RequestWalker(package: version.packageModel) { mention in
        if mention.id < 1_000_000 {
          if mention.model == "stock.picking", !shown.contains(mention.id) {
            transfers.insert(mention.id)
          }
          if mention.model == "sale.order" { orders.insert(mention.id) }
        }
        return mention.id
      }
      _ = try walker.walk(step)
      let isEnvelope = step.answer["jsonrpc"] != nil
      let result = isEnvelope ? step.answer["result"] ?? .null : step.answer
      show(result, step.call.model, &shown)
    }
    return (transfers.sorted(), orders.sorted())
  }

  private func show(_ json: JSON, _ model: String, _ shown: inout Set<Int>) {
    for element in json.array ?? [] { show(element, model, &shown) }
    for member in json.object?.members ?? [] {
      let isTransfer =
        Fields.model(member.name, package: "") == "stock.picking"
        && member.name != "button_validate_picking_ids"
      if isTransfer || (member.name == "id" && model == "stock.picking") {
        if let id = member.value.int { shown.insert(id) }
        for element in member.value.array ?? [] { if let id = element.int { shown.insert(id) } }
      }
      if member.name != "context" { show(member.value, "", &shown) }
    }
  }
}
