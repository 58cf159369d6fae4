internal import Barcodes

extension Workplace {
  /// Resolves a scanned code: command, SSCC, transfer, package, product or packaging, lot.
  mutating func scanned(_ scan: EventBody.Scan, pending: Station.Question?) -> Verdict {
    let code = ScannedCode(scan.code)
    guard !code.text.isEmpty else { return refuse(.unknownBarcode, Messages.empty) }
    if let command = CommandBarcode(code.text) { return commandBarcode(command, pending: pending) }
    if let verdict = open(named: code.text) { return verdict }
    guard station.tally != nil else { return nothingOpen(code) }
    do throws(Refusal) {
      return try counted(code)
    } catch {
      return refuse(error.code, error.message)
    }
  }

  private mutating func commandBarcode(
    _ command: CommandBarcode,
    pending: Station.Question?
  ) -> Verdict {
    switch command {
    case .validate: commanded(.validate, pending: pending)
    case .cancel: commanded(.cancel, pending: pending)
    case .discard: commanded(.discard, pending: pending)
    case .mainMenu: commanded(.status, pending: pending)
    case .putInPack: refuse(.commandUnavailable, Messages.scanPackageLabel)
    case .printOperations, .printSlip, .scrap, .returnGoods:
      refuse(.commandUnavailable, Messages.commandUnavailable)
    }
  }

  private func nothingOpen(_ code: ScannedCode) -> Verdict {
    if code.text.contains("/") {
      return refuse(.unknownTransfer, Messages.unknownTransfer(code.text))
    }
    let known =
      !articles(code.text).isEmpty
      || lookup.hasPackage(named: SSCC.digits(of: code) ?? code.text)
    return known
      ? refuse(.nothingOpen, Messages.nothingOpen)
      : refuse(.unknownBarcode, Messages.unknownBarcode(code.text))
  }

  /// Counts what a code stands for in the open transfer.
  private mutating func counted(_ code: ScannedCode) throws(Refusal) -> Verdict {
    guard var tally = station.tally else { throw Refusal(.nothingOpen, Messages.nothingOpen) }
    if let waiting = tally.awaitingLot,
      isLot(code.text, of: waiting.productID, in: tally)
    {
      try count(waiting.productID, waiting.quantity, lot: code.text, in: &tally)
      return finish(tally, product: waiting.productID)
    }
    if let package = packageName(code, in: tally) { return try packageScanned(package, tally) }
    if let article = try article(code.text, in: tally) {
      if article.product.tracking != .none {
        try requireRoom(for: article, in: tally)
        tally.awaitLot(
          Tally.AwaitingLot(productID: article.product.id, quantity: article.quantity)
        )
        station.tally = tally
        return accept(.scanLot, Messages.scanLot(article.product), product: article.product.id)
      }
      try count(article.product.id, article.quantity, lot: nil, in: &tally)
      return finish(tally, product: article.product.id)
    }
    if let product = try productOfLot(code.text, in: tally) {
      try count(product, .one, lot: code.text, in: &tally)
      return finish(tally, product: product)
    }
    if let waiting = tally.awaitingLot {
      throw Refusal(.wrongLot, Messages.wrongLot(code.text, productName(waiting.productID)))
    }
    if code.text.contains("/") {
      throw Refusal(.unknownTransfer, Messages.unknownTransfer(code.text))
    }
    throw Refusal(.unknownBarcode, Messages.unknownBarcode(code.text))
  }

  private mutating func finish(_ tally: Tally, product: Int) -> Verdict {
    station.tally = tally
    return tally.isComplete
      ? accept(.complete, Messages.complete(tally), product: product)
      : accept(.counted, Messages.counted(productName(product), tally, product), product: product)
  }

  private mutating func packageScanned(
    _ package: String,
    _ before: Tally
  ) throws(Refusal) -> Verdict {
    var tally = before
    if try countWhole(package, in: &tally) {
      station.tally = tally
      return tally.isComplete
        ? accept(.complete, Messages.complete(tally))
        : accept(.counted, Messages.countedPackage(package, tally))
    }
    try requireFree(package)
    if tally.lines.contains(where: { $0.package == nil }) {
      tally.pack(into: package)
      station.tally = tally
      return accept(.packed, Messages.packed(package))
    }
    tally.open(package: package)
    station.tally = tally
    return accept(.packageOpened, Messages.packageOpened(package))
  }
}
