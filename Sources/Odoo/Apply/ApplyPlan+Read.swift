internal import Floor
internal import JSON

/// Reading: one call tells the transfer with its moves and lines, all from one moment.
///
/// What the confirmation names and the lines do not show, such as the lot that was taken instead of
/// the reserved one, is looked up afterwards, and only while there is something to write.
extension ApplyPlan {
  mutating func read() -> Step {
    memory.rounds += 1
    guard memory.rounds <= Self.roundLimit else { return keepsChanging() }
    memory.hasLookedUp = false
    if let action { return look(with: action) }
    state = .reading(.transfer)
    return .call(
      OdooCall(
        "stock.picking",
        "web_search_read",
        arguments: [
          "domain": [["id", "=", .int(transferID)]],
          "specification": fields.transferSpecification,
        ],
        writes: false
      )
    )
  }

  mutating func took(_ read: Read, _ result: Result<JSON, OdooFailure>) -> Step {
    if case .look = read, let step = looked(result) { return step }
    let answer: JSON
    switch result {
    case .success(let json): answer = json
    case .failure(let failure): return readFailed(failure)
    }
    do throws(UnexpectedAnswer) {
      switch read {
      case .transfer:
        try snapshot.take(answer["records"] ?? .null, ratioOfUnit: fields.ratioOfUnit)
        return decide()
      case .lots:
        try snapshot.takeLots(answer)
        if let step = lookUpPackages() { return step }
      case .packages: try snapshot.takePackages(answer)
      case .stock: return try tookStock(answer)
      case .look: return self.read()
      }
      memory.hasLookedUp = true
      return plan()
    } catch {
      return notUnderstood(error)
    }
  }

  mutating func notUnderstood(_ error: UnexpectedAnswer) -> Step {
    except(
      .contract,
      "Odoo's answer is not shaped as expected (\(error.what)); this version of Odoo is not "
        + "understood."
    )
  }

  /// Looks up what the lines do not show; nil if they show everything.
  mutating func lookUp() -> Step? {
    if memory.hasLookedUp { return nil }
    if believesNames, !names.isEmpty {
      memory.leansOnNames = true
      snapshot.add(lots: names.lots, packages: names.packages)
    }
    if let step = lookUpLots() ?? lookUpPackages() { return step }
    memory.hasLookedUp = true
    return nil
  }

  /// What was asked for beforehand is believed as long as nothing has gone wrong.
  private var believesNames: Bool { !memory.hasWritten }

  private mutating func lookUpLots() -> Step? {
    let wanted = confirmation.lines.filter { line in
      guard line.quantity > .zero, let lot = line.lot else { return false }
      return snapshot.lotIDs(lot, of: line.productID).isEmpty
        && !(believesNames && self.names.knowsLot(lot, of: line.productID))
    }
    guard !wanted.isEmpty else { return nil }
    state = .reading(.lots)
    let products = Set(wanted.map(\.productID)).sorted()
    let names = Set(wanted.compactMap(\.lot)).sorted()
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

  private mutating func lookUpPackages() -> Step? {
    let wanted = confirmation.packageNames.filter {
      snapshot.packageIDs($0).isEmpty && !(believesNames && self.names.knowsPackage($0))
    }
    guard !wanted.isEmpty else { return nil }
    state = .reading(.packages)
    let list = wanted.sorted().map { JSON.string($0) }
    return .call(search(fields.packageModel, [["name", "in", .array(list)]]))
  }

  func search(_ model: String, _ domain: [JSON], fields names: [String]? = nil) -> OdooCall {
    fields.search(model, domain, fields: names)
  }

  mutating func keepsChanging() -> Step {
    except(
      .unstable,
      "Transfer \(confirmation.transferName) kept changing while it was being applied; "
        + "\(Self.roundLimit) attempts were made."
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
