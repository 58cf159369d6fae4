internal import Barcodes

extension Workplace {
  /// Judges an explicit pick, pack, ship or receive event: all of it, or nothing.
  mutating func worked(_ work: EventBody.Work) -> Verdict {
    let before = station
    do throws(Refusal) {
      let opened = try tally(for: work)
      var tally = opened
      try requireStep(work.step, tally)
      for line in work.lines { try count(line, of: work, in: &tally) }
      if let package = work.package {
        try requireFree(package, in: tally)
        if tally.lines.contains(where: { $0.package == nil }) { tally.pack(into: package) }
        if let kilograms = work.kilograms { try weigh(package, kilograms, in: &tally) }
      } else if work.kilograms != nil {
        throw Refusal(.noPackage, Messages.noPackage)
      }
      if let tracking = work.tracking { tally.track(tracking) }
      tally.mergeChanges(since: opened)
      station.tally = tally
      if work.validate {
        let verdict = close(confirmed: true)
        if verdict.signal == .bad { station = before }
        return verdict
      }
      return answer(to: work, tally)
    } catch {
      station = before
      taken = []
      return refuse(error)
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

  private mutating func tally(for work: EventBody.Work) throws(Refusal) -> Tally {
    if station.count != nil { throw Refusal(.countOpen, Sentence(.countOpen)) }
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
    if let current = station.tally, current.target == tally.target { return tally }
    if let group = station.group {
      throw Refusal(.otherTransferOpen, Messages.groupOpen(group.name, wanted: name))
    }
    guard let current = station.tally else { return tally }
    guard current.isUntouched else {
      throw Refusal(.otherTransferOpen, Messages.otherOpen(current, wanted: name))
    }
    station.remove(current.target)
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

  private mutating func count(
    _ line: EventBody.Work.Line,
    of work: EventBody.Work,
    in tally: inout Tally
  ) throws(Refusal) {
    let code = Barcode.read(line.code, options: Barcode.Options(year: 2026))
    if let package = packageName(code, in: tally),
      try countWhole(package, in: &tally)
    {
      return
    }
    guard let article = try article(code.gtin ?? code.text, in: tally) else {
      throw Refusal(.unknownBarcode, Messages.unknownBarcode(code.text))
    }
    let quantity = article.quantity == .one ? line.quantity : line.quantity.times(article.quantity)
    if let package = line.package { try requireFree(package, in: tally) }
    var goods = Goods(
      productID: article.product.id,
      quantity: quantity,
      lot: line.lot ?? Label(code).lotName(article.product.tracking)
    )
    goods.package = line.package ?? work.package
    try count(goods, in: &tally)
  }
}
