internal import Barcodes

/// Counting what lies at a location.
extension Workplace {
  mutating func openCount() throws(Refusal) -> Verdict {
    if let sheet = station.count { return accept(.status, Messages.countStatus(sheet)) }
    if let tally = station.tally, !tally.isUntouched {
      throw Refusal(.otherTransferOpen, Messages.otherOpen(tally, wanted: "TM-COUNT"))
    }
    if let group = station.group {
      throw Refusal(.otherTransferOpen, Messages.groupOpen(group.name, wanted: "TM-COUNT"))
    }
    if let tally = station.tally { station.remove(tally.target) }
    station.count = CountSheet()
    return accept(.countOpened, Sentence(.countOpened))
  }

  /// Counting goes on at another location; what was counted at the one before is finished.
  mutating func countAt(_ location: Location) -> Verdict {
    if let sheet = station.count, sheet.location == location {
      return accept(.status, Messages.countStatus(sheet))
    }
    finishSheet()
    station.count = CountSheet(location: location)
    return accept(.countLocation, Messages.countLocation(location.name))
  }

  mutating func countPlain(_ code: Barcode, _ keyed: Quantity?) throws(Refusal) -> Verdict {
    let text = code.text
    if code.gtin == nil, let location = lookup.location(text) { return countAt(location) }
    if let article = articles(text).first { return try countOnSheet(article, Label(), keyed) }
    let known = lookup.lots(named: text)
    guard let lot = known.first else {
      if let message = code.unmarkedGS1 {
        return try countLabelled(Label(message), code, keyed)
      }
      throw Refusal(.unknownBarcode, Messages.unknownBarcode(text))
    }
    guard known.count == 1, let product = lookup.product(id: lot.productID) else {
      throw Refusal(.ambiguousProduct, Messages.ambiguous(text))
    }
    var label = Label()
    label.lot = text
    return try countOnSheet(Article(product: product), label, keyed)
  }

  mutating func countLabelled(
    _ label: Label,
    _ code: Barcode,
    _ keyed: Quantity?
  ) throws(Refusal) -> Verdict {
    guard let gtin = label.gtin ?? label.contentGTIN, let article = articles(gtin).first else {
      throw Refusal(.unknownBarcode, Messages.unknownBarcode(code.text))
    }
    return try countOnSheet(article, label, keyed)
  }

  private mutating func countOnSheet(
    _ article: Article,
    _ label: Label,
    _ keyed: Quantity?
  ) throws(Refusal) -> Verdict {
    guard var sheet = station.count, let location = sheet.location else {
      throw Refusal(.countNeedsLocation, Sentence(.countNeedsLocation))
    }
    let product = article.product
    let lot = label.lotName(product.tracking)
    guard product.tracking == .none || lot != nil else {
      throw Refusal(.lotMissing, Messages.countByLot(product.name))
    }
    let quantity = times((label.count ?? .one).times(article.quantity), keyed)
    guard quantity > .zero, quantity < .limit else {
      throw Refusal(.quantityImplausible, Messages.quantityImplausible(quantity))
    }
    if product.tracking == .serial, sheet.counted(product.id, lot) > .zero || quantity != .one {
      throw Refusal(.serialTwice, Messages.serialTwice(lot ?? ""))
    }
    sheet.add(CountSheet.Line(productID: product.id, lot: lot, quantity: quantity))
    station.count = sheet
    station.keyed = nil
    return accept(
      .countCounted,
      Messages.countCounted(product.name, sheet.counted(product.id, lot), location.name)
    )
  }

  mutating func undoCount() -> Verdict {
    guard station.count?.undo() == true, let sheet = station.count else {
      return refuse(.nothingToUndo, Messages.nothingToUndo)
    }
    return accept(.undone, Messages.countStatus(sheet))
  }

  mutating func closeCount() -> Verdict {
    guard station.count?.location != nil else {
      return refuse(.countNeedsLocation, Sentence(.countNeedsLocation))
    }
    let name = station.count?.location?.name ?? ""
    finishSheet()
    station.count = nil
    return accept(.countClosed, Messages.countClosed(name))
  }

  private mutating func finishSheet() {
    guard let sheet = station.count, let location = sheet.location else { return }
    counts.append(StockCount(uuid: moment.makeUUID(), location: location, lines: sheet.lines))
  }

  /// A count that a handheld reports with fields.
  mutating func counted(_ count: EventBody.Count) -> Verdict {
    guard let location = lookup.location(count.location) else {
      return refuse(.unknownBarcode, Messages.unknownBarcode(count.location))
    }
    let code = ScannedCode(count.code)
    guard let product = articles(code.text).first?.product else {
      return refuse(.unknownBarcode, Messages.unknownBarcode(code.text))
    }
    guard product.tracking == .none || count.lot != nil else {
      return refuse(.lotMissing, Messages.lotMissing(product.name))
    }
    let line = CountSheet.Line(
      productID: product.id,
      lot: product.tracking == .none ? nil : count.lot,
      quantity: count.quantity
    )
    counts.append(StockCount(uuid: moment.makeUUID(), location: location, lines: [line]))
    return accept(
      .countClosed,
      Messages.countCounted(product.name, count.quantity, location.name)
    )
  }
}
