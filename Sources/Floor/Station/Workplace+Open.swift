extension Workplace {
  /// Opens a transfer that the mirror knows by this name; nil if it knows none.
  mutating func open(named name: String) -> Verdict? {
    guard let transfer = lookup.transfer(named: name) else { return nil }
    do throws(Refusal) {
      let tally = try tally(for: transfer)
      if let current = station.tally {
        if current.target == tally.target { return accept(.status, Messages.status(current)) }
        guard current.lines.isEmpty else {
          return refuse(.otherTransferOpen, Messages.otherOpen(current, wanted: name))
        }
      }
      station.tally = tally
      return accept(.opened, Messages.opened(tally))
    } catch {
      return refuse(error.code, error.message)
    }
  }

  /// The tally that a scan of `transfer` opens: the transfer itself or, when it was closed here
  /// before, what was left of it.
  func tally(for transfer: Transfer) throws(Refusal) -> Tally {
    let target = Confirmation.Target.transfer(transfer.id)
    if let current = station.tally, current.target == target { return current }
    if let closure = lookup.closure(of: target) {
      return try remainder(of: closure, named: transfer.name)
    }
    if let original = transfer.backorderOf,
      let closure = lookup.closure(of: .transfer(original))
    {
      // Odoo's backorder of what we closed may already be worked on as a local remainder.
      let local = Confirmation.Target.remainder(of: closure.confirmation.uuid)
      if lookup.closure(of: local) != nil {
        throw Refusal(.alreadyClosed, Messages.alreadyClosed(transfer.name))
      }
      try refuseIfElsewhere(local, transfer.name)
    }
    switch transfer.state {
    case .done: throw Refusal(.alreadyDone, Messages.alreadyDone(transfer.name))
    case .cancelled: throw Refusal(.cancelled, Messages.cancelled(transfer.name))
    case .draft, .waiting, .confirmed: throw Refusal(.notReady, Messages.notReady(transfer))
    case .assigned: break
    }
    return try fresh(Tally(target: target, transfer: transfer))
  }

  private func fresh(_ tally: Tally) throws(Refusal) -> Tally {
    if let current = station.tally, current.target == tally.target { return current }
    try refuseIfElsewhere(tally.target, tally.transfer.name)
    guard station.tally != nil || others.openTransfers < policy.openTransfers else {
      throw Refusal(.tooManyOpen, Messages.tooManyOpen(policy.openTransfers))
    }
    return tally
  }

  private func refuseIfElsewhere(
    _ target: Confirmation.Target,
    _ name: String
  ) throws(Refusal) {
    if let other = others.station(holding: target, except: self.name) {
      throw Refusal(.openElsewhere, Messages.openElsewhere(name, station: other))
    }
  }

  /// The rest of a transfer that was closed here while Odoo may still show it open.
  private func remainder(of closure: Closure, named name: String) throws(Refusal) -> Tally {
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
    return try fresh(Tally(target: target, transfer: done.remainderTransfer(rest, named: name)))
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
      if left > .zero {
        rest.append(SeenMove(moveID: nil, productID: move.productID, demand: left))
      }
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
      moves: rest.map { Move(id: 0, productID: $0.productID, demand: $0.demand, lines: []) }
    )
  }
}
