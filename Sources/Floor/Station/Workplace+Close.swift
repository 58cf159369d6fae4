extension Workplace {
  /// Closes the open transfer with what is counted.
  ///
  /// - Parameter confirmed: True if the worker has said, after being asked, that an incomplete
  ///   transfer is to be closed.
  mutating func close(confirmed: Bool) -> Verdict {
    guard let tally = station.tally else {
      guard let last = station.lastClosed else {
        return refuse(.nothingOpen, Messages.nothingOpen)
      }
      return refuse(.alreadyClosed, Messages.alreadyClosed(last))
    }
    do throws(Refusal) {
      try requireClosable(tally)
    } catch {
      return refuse(error)
    }
    if tally.missing > .zero {
      guard policy.incomplete != .refuse else {
        return refuse(.incomplete, Messages.incomplete(tally))
      }
      guard confirmed else {
        return ask(
          .closeIncomplete,
          .confirmIncomplete,
          Messages.confirmIncomplete(tally, policy)
        )
      }
    }
    let left = tally.left()
    confirm(tally)
    return Verdict(
      signal: .good,
      code: .confirmed,
      sentence: Messages.confirmed(tally),
      left: tally.isBlind ? nil : left
    )
  }

  /// Refuses to close what has nothing in it, waits for a lot, or is not weighed.
  func requireClosable(_ tally: Tally) throws(Refusal) {
    if let waiting = tally.marks.awaitingLot {
      throw Refusal(.lotMissing, Messages.lotMissing(productName(waiting.productID)))
    }
    guard !tally.lines.isEmpty else {
      throw Refusal(.nothingCounted, Messages.nothingCounted(tally))
    }
    if let product = tally.productInPartsOfUnits {
      throw Refusal(.unitFraction, Messages.unitFraction(productName(product)))
    }
    if let package = unweighed(tally) {
      throw Refusal(.weightMissing, Messages.weightMissing(package))
    }
    try requireUnchanged(tally)
  }

  /// Refuses to close what was cancelled in Odoo meanwhile, or of which less is asked for now than
  /// was counted: the worker has the goods in hand, and later it would be an exception.
  ///
  /// What somebody did in Odoo's own screens is not judged here; it may be the same.
  private func requireUnchanged(_ tally: Tally) throws(Refusal) {
    guard case .transfer(let id) = tally.target, let now = lookup.transfer(id: id),
      now != tally.transfer
    else { return }
    if now.state == .cancelled {
      throw Refusal(.cancelled, Messages.cancelled(now.name))
    }
    guard now.state != .done else { return }
    for product in tally.products {
      let before = tally.transfer.asked(of: product)
      let asked = now.asked(of: product)
      guard asked < before, tally.counted(of: product) > asked else { continue }
      throw Refusal(
        .transferChanged,
        Messages.transferChanged(productName(product), asked)
      )
    }
  }

  /// Makes the confirmation of a tally and lets go of it.
  mutating func confirm(_ tally: Tally) {
    confirmations.append(confirmation(of: tally))
    station.remove(tally.target)
    station.lastClosed = tally.transfer.name
    station.keyed = nil
  }

  private func confirmation(of tally: Tally) -> Confirmation {
    let transfer = tally.transfer
    let policy = policy(of: transfer.operation)
    let used = Set(tally.lines.compactMap(\.package))
    let parents = Set(tally.packages.compactMap(\.parent))
    return Confirmation(
      uuid: moment.makeUUID(),
      target: tally.target,
      transferName: transfer.name,
      warehouse: transfer.operation.warehouse,
      chain: transfer.chain,
      step: transfer.operation.step,
      operation: transfer.operation.barcode,
      scheduled: transfer.scheduled,
      lines: tally.linesInMoveUnits,
      packages: tally.packages.filter {
        used.contains($0.name) || parents.contains($0.name) || $0.weight != nil
      },
      tracking: tally.marks.tracking,
      // What has not arrived may still come: it is never dropped here.
      rest: policy.incomplete == .drop && !tally.isArrival ? .drop : .backorder,
      seen: transfer.moves.map { move in
        Confirmation.SeenMove(
          moveID: move.id == 0 ? nil : move.id,
          productID: move.productID,
          demand: move.demand,
          factor: move.factor,
          rounding: move.rounding
        )
      },
      overrides: tally.overrides
    )
  }
}

extension Transfer {
  /// Units asked for of a product, in its own unit.
  fileprivate func asked(of product: Int) -> Quantity {
    moves.reduce(into: .zero) {
      if $1.productID == product { $0 += $1.inProductUnits($1.demand) }
    }
  }
}

extension Tally {
  /// A product of which so much is counted that its move cannot say it, such as 5 pieces of whole
  /// dozens; nil if there is none.
  var productInPartsOfUnits: Int? {
    products.first { product in
      guard let move = transfer.moves.first(where: { $0.productID == product }),
        move.factor != .one
      else { return false }
      let counted = counted(of: product)
      let said = move.inProductUnits(move.inMoveUnits(counted))
      return max(said - counted, counted - said) >= Quantity(millionths: 500_000)
    }
  }

  /// The lines in the units of their moves, rounded as Odoo rounds.
  ///
  /// The sum of a product's lines is rounded, and the last line takes what the others' rounding
  /// left, so that a complete transfer is complete in Odoo.
  var linesInMoveUnits: [Confirmation.Line] {
    var result = lines
    for product in Set(lines.map(\.productID)) {
      guard let move = transfer.moves.first(where: { $0.productID == product }),
        move.factor != .one
      else { continue }
      var rest = move.inMoveUnits(counted(of: product))
      let own = result.indices.filter { result[$0].productID == product }
      for index in own {
        let isLast = index == own.last
        let part = isLast ? rest : min(rest, move.inMoveUnits(result[index].quantity))
        result[index].quantity = part
        rest -= part
      }
    }
    return result.filter { $0.quantity > .zero }
  }
}
