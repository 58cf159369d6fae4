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
    if let waiting = tally.awaitingLot {
      return refuse(.lotMissing, Messages.lotMissing(productName(waiting.productID)))
    }
    guard !tally.lines.isEmpty else {
      return refuse(.nothingCounted, Messages.nothingCounted(tally))
    }
    if !tally.isComplete {
      guard policy.incomplete != .refuse else {
        return refuse(.incomplete, Messages.incomplete(tally))
      }
      guard confirmed else {
        station.pending = Station.Pending(
          question: .closeIncomplete,
          until: moment.monotonic + policy.confirmWithin
        )
        return Verdict(
          signal: .confirm,
          code: .confirmIncomplete,
          sentence: Messages.confirmIncomplete(tally, policy),
          left: tally.left()
        )
      }
    }
    let left = tally.left()
    confirmation = confirmation(of: tally)
    station.tally = nil
    station.lastClosed = tally.transfer.name
    return Verdict(
      signal: .good,
      code: .confirmed,
      sentence: Messages.confirmed(tally),
      left: left
    )
  }

  private func confirmation(of tally: Tally) -> Confirmation {
    let transfer = tally.transfer
    let used = Set(tally.lines.compactMap(\.package))
    return Confirmation(
      uuid: moment.makeUUID(),
      target: tally.target,
      transferName: transfer.name,
      warehouse: transfer.operation.warehouse,
      chain: transfer.chain,
      step: transfer.operation.step,
      lines: tally.lines,
      packages: tally.packages.filter { used.contains($0.name) || $0.weight != nil },
      tracking: tally.tracking,
      rest: policy.incomplete == .drop ? .drop : .backorder,
      seen: transfer.moves.map { move in
        Confirmation.SeenMove(
          moveID: move.id == 0 ? nil : move.id,
          productID: move.productID,
          demand: move.demand
        )
      }
    )
  }
}
