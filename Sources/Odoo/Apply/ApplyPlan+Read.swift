internal import Floor
internal import JSON

/// Reading: one pass reads the transfer, its moves and lines, and what the confirmation names.
///
/// What the confirmation names is read first, then the state, and the lines last, so that nothing
/// lies between them and a write. Lines that are done while the transfer looked open tell that it
/// changed in between, and the pass is repeated.
extension ApplyPlan {
  mutating func read() -> Step {
    memory.rounds += 1
    guard memory.rounds <= Self.roundLimit else {
      return except(
        .unstable,
        "Transfer \(confirmation.transferName) kept changing while it was being applied; "
          + "\(Self.roundLimit) attempts were made."
      )
    }
    snapshot = TransferSnapshot()
    return readLots() ?? readPackages() ?? readTransfer()
  }

  private mutating func readTransfer() -> Step {
    state = .reading(.transfer)
    return .call(search("stock.picking", [["id", "=", .int(transferID)]]))
  }

  mutating func took(_ read: Read, _ result: Result<JSON, OdooFailure>) -> Step {
    let answer: JSON
    switch result {
    case .success(let json): answer = json
    case .failure(let failure): return readFailed(failure)
    }
    do throws(UnexpectedAnswer) {
      switch read {
      case .transfer:
        try snapshot.takeTransfer(answer)
        if snapshot.state == .gone { return decide() }
        state = .reading(.moves)
        return .call(search("stock.move", [["picking_id", "=", .int(transferID)]]))
      case .moves:
        try snapshot.takeMoves(answer)
        state = .reading(.lines)
        return .call(search("stock.move.line", [["picking_id", "=", .int(transferID)]]))
      case .lines:
        try snapshot.takeLines(answer)
        return decide()
      case .lots:
        try snapshot.takeLots(answer)
        return readPackages() ?? readTransfer()
      case .packages:
        try snapshot.takePackages(answer)
        return readTransfer()
      }
    } catch {
      return except(
        .contract,
        "Odoo's answer is not shaped as expected (\(error.what)); this version of Odoo is not "
          + "understood."
      )
    }
  }

  private mutating func readLots() -> Step? {
    let counted = confirmation.lines.filter { $0.lot != nil }
    guard !counted.isEmpty else { return nil }
    state = .reading(.lots)
    let products = Set(counted.map(\.productID)).sorted()
    let names = Set(counted.compactMap(\.lot)).sorted()
    return .call(
      search(
        "stock.lot",
        [
          ["product_id", "in", .array(products.map { .int($0) })],
          ["name", "in", .array(names.map { .string($0) })],
        ]
      )
    )
  }

  private mutating func readPackages() -> Step? {
    let names = Set(
      confirmation.lines.compactMap(\.package) + confirmation.lines.compactMap(\.sourcePackage)
        + confirmation.packages.map(\.name) + confirmation.packages.compactMap(\.parent)
    )
    guard !names.isEmpty else { return nil }
    state = .reading(.packages)
    let list = names.sorted().map { JSON.string($0) }
    return .call(search(fields.packageModel, [["name", "in", .array(list)]]))
  }

  func search(_ model: String, _ domain: [JSON], fields names: [String]? = nil) -> OdooCall {
    OdooCall(
      model,
      "search_read",
      arguments: [
        "domain": .array(domain),
        "fields": .array((names ?? fields.readable(model)).map { .string($0) }),
        "order": "id",
        // Plain ids instead of id and display name: half the time and a third less to carry.
        "load": .null,
      ],
      writes: false
    )
  }

  private mutating func readFailed(_ failure: OdooFailure) -> Step {
    switch failure.kind {
    case .denied: return finish(.stop(failure))
    // A search never misses a record; the user itself is gone.
    case .missing: return finish(.stop(failure))
    case .unreachable, .unanswered, .unavailable, .conflict:
      if memory.hasWritten, let step = settle() { return step }
      return later(
        "Odoo could not be read: \(failure.message)",
        failure.kind,
        after: failure.retryAfter.map { .seconds($0) }
      )
    case .forbidden:
      return except(
        .forbidden,
        "Odoo does not let the user read transfer \(confirmation.transferName). "
          + "Give it the group Inventory / User and the transfer's company, then try again.",
        odoo: failure.message
      )
    case .refused, .contract:
      return except(
        .contract,
        "Odoo refused to be read (\(failure.name)); a field or a model may be missing there.",
        odoo: failure.message
      )
    }
  }
}
