internal import Barcodes

extension Workplace {
  /// Judges an explicit pick, pack, ship or receive event: all of it, or nothing.
  mutating func worked(_ work: EventBody.Work) -> Verdict {
    let before = station
    do throws(Refusal) {
      var tally = try tally(for: work)
      try requireStep(work.step, tally)
      for line in work.lines { try count(line, of: work, in: &tally) }
      if let package = work.package {
        try requireFree(package)
        if tally.lines.contains(where: { $0.package == nil }) { tally.pack(into: package) }
        if let kilograms = work.kilograms {
          guard kilograms > .zero, kilograms <= Self.heaviest else {
            throw Refusal(.weightImplausible, Messages.weightImplausible(kilograms))
          }
          tally.weigh(package, kilograms: kilograms)
        }
      } else if work.kilograms != nil {
        throw Refusal(.noPackage, Messages.noPackage)
      }
      if let tracking = work.tracking { tally.track(tracking) }
      station.tally = tally
      if work.validate {
        let verdict = close(confirmed: true)
        if verdict.signal == .bad { station = before }
        return verdict
      }
      return answer(to: work, tally)
    } catch {
      station = before
      return refuse(error.code, error.message)
    }
  }

  private func answer(to work: EventBody.Work, _ tally: Tally) -> Verdict {
    if work.lines.isEmpty, work.tracking != nil {
      return accept(.tracked, Messages.tracked(tally))
    }
    if work.lines.isEmpty, work.package == nil { return accept(.opened, Messages.opened(tally)) }
    return tally.isComplete
      ? accept(.complete, Messages.complete(tally)) : accept(.counted, Messages.status(tally))
  }

  private func tally(for work: EventBody.Work) throws(Refusal) -> Tally {
    guard let name = work.transfer else {
      guard let tally = station.tally else {
        throw Refusal(.nothingOpen, Messages.nothingOpen)
      }
      return tally
    }
    guard let transfer = lookup.transfer(named: name) else {
      throw Refusal(.unknownTransfer, Messages.unknownTransfer(name))
    }
    let tally = try tally(for: transfer)
    if let current = station.tally, current.target != tally.target, !current.lines.isEmpty {
      throw Refusal(.otherTransferOpen, Messages.otherOpen(current, wanted: name))
    }
    return tally
  }

  /// A delivery in one step is picked, packed and shipped on the same transfer.
  private func requireStep(_ step: Transfer.Step, _ tally: Tally) throws(Refusal) {
    let operation = tally.transfer.operation.step
    let fits =
      switch operation {
      case .ship: step != .receive
      case .move: step == .pick || step == .pack || step == .move
      case .receive, .pick, .pack: step == operation
      }
    guard fits else { throw Refusal(.wrongStep, Messages.wrongStep(step, tally.transfer)) }
  }

  private func count(
    _ line: EventBody.Work.Line,
    of work: EventBody.Work,
    in tally: inout Tally
  ) throws(Refusal) {
    let code = ScannedCode(line.code)
    if let package = packageName(code, in: tally),
      try countWhole(package, in: &tally)
    {
      return
    }
    guard let article = try article(code.text, in: tally) else {
      throw Refusal(.unknownBarcode, Messages.unknownBarcode(code.text))
    }
    let quantity = article.quantity == .one ? line.quantity : line.quantity.times(article.quantity)
    if let package = line.package { try requireFree(package) }
    try count(
      article.product.id,
      quantity,
      lot: line.lot,
      package: line.package ?? work.package,
      in: &tally
    )
  }
}
