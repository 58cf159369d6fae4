internal import Barcodes

/// Opening a transfer by what it asks for.
extension Workplace {
  /// Open transfers that are looked at for the one that a product or package belongs to.
  private static var candidates: Int { 50 }

  /// A code while nothing is open: a product or package that exactly one transfer asks for opens
  /// it and is counted.
  mutating func openBy(_ code: Barcode, _ keyed: Quantity?) throws(Refusal) -> Verdict {
    let text = code.text
    let package = code.sscc ?? text
    if let transfer = try only(lookup.openTransfers(holding: package, limit: Self.candidates)) {
      return try openAnd(transfer) { (work) throws(Refusal) in try work.resolve(code, keyed) }
    }
    if let tally = try packedHere(package) {
      return try openAnd(tally) { (work) throws(Refusal) in try work.resolve(code, keyed) }
    }
    let found = articles(text)
    if let article = found.first {
      guard let transfer = try only(asking(article)) else {
        throw Refusal(.nothingOpen, Messages.nothingOpen)
      }
      return try openAnd(transfer) { (work) throws(Refusal) in try work.resolve(code, keyed) }
    }
    if let message = code.unmarkedGS1 { return try openBy(Label(message), code, keyed) }
    if text.contains("/") { throw Refusal(.unknownTransfer, Messages.unknownTransfer(text)) }
    let isKnown =
      lookup.hasPackage(named: package) || !lookup.lots(named: text).isEmpty
      || lookup.packageType(barcode: text) != nil
    throw isKnown
      ? Refusal(.nothingOpen, Messages.nothingOpen)
      : Refusal(.unknownBarcode, Messages.unknownBarcode(text))
  }

  /// A label while nothing is open.
  mutating func openBy(
    _ label: Label,
    _ code: Barcode,
    _ keyed: Quantity?
  ) throws(Refusal) -> Verdict {
    var transfer: Transfer?
    if let sscc = label.sscc {
      transfer = try only(lookup.openTransfers(holding: sscc, limit: Self.candidates))
    } else if let gtin = label.gtin {
      guard let article = articles(gtin).first else {
        throw Refusal(.unknownBarcode, Messages.unknownBarcode(gtin))
      }
      transfer = try only(asking(article))
    }
    if transfer == nil, let sscc = label.sscc, let tally = try packedHere(sscc) {
      return try openAnd(tally) { (work) throws(Refusal) in
        try work.resolve(label, code, keyed)
      }
    }
    guard let transfer else { throw Refusal(.nothingOpen, Messages.nothingOpen) }
    return try openAnd(transfer) { (work) throws(Refusal) in
      try work.resolve(label, code, keyed)
    }
  }

  /// The step after the one that was closed here with a package; nil where it is not worked at
  /// this station, or no such package is known.
  private mutating func packedHere(_ package: String) throws(Refusal) -> Tally? {
    guard
      let closure = lookup.closures(naming: package).last(where: { closure in
        closure.confirmation.lines.contains { $0.package == package }
      })
    else { return nil }
    let done = closure.confirmation
    guard let next = lookup.route(ofWarehouse: done.warehouse).next(after: done.step),
      role.steps.isEmpty || role.steps.contains(next)
    else { return nil }
    return try successor(of: closure, named: done.transferName)
  }

  private func asking(_ article: Article) -> [Transfer] {
    lookup.openTransfers(asking: article.product.id, limit: Self.candidates)
  }

  /// The one transfer of several that can be worked at this station; nil if none can.
  private func only(_ found: [Transfer]) throws(Refusal) -> Transfer? {
    let own = found.filter { transfer in
      let target = Confirmation.Target.transfer(transfer.id)
      return transfer.state == .assigned && role.does(transfer.operation)
        && lookup.closure(of: target) == nil && others.holder(of: target, except: name) == nil
    }
    guard own.count < 2 else {
      throw Refusal(.ambiguousTransfer, Messages.severalTransfers(own.prefix(3).map(\.name)))
    }
    return own.first
  }

  private mutating func openAnd(
    _ transfer: Transfer,
    _ body: (inout Workplace) throws(Refusal) -> Verdict
  ) throws(Refusal) -> Verdict {
    try openAnd(try tally(for: transfer), body)
  }

  private mutating func openAnd(
    _ tally: Tally,
    _ body: (inout Workplace) throws(Refusal) -> Verdict
  ) throws(Refusal) -> Verdict {
    let before = station
    do throws(Refusal) {
      station.tally = tally
      return try body(&self)
    } catch {
      station = before
      throw error
    }
  }
}
