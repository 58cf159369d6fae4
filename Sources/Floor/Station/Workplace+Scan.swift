internal import Barcodes

extension Workplace {
  /// Resolves a scanned code, in the order of `docs/flows.md`.
  mutating func scanned(_ scan: EventBody.Scan, _ question: Station.Question?) -> Verdict {
    let code = Barcode.read(scan.code, options: readingOptions)
    if let supervisor = site.supervisors[code.text] { return badge(supervisor, question) }
    do throws(Refusal) {
      switch code.content {
      case .empty: throw Refusal(.unknownBarcode, Messages.empty)
      case .tooLong: throw Refusal(.badBarcode, Messages.tooLong(code.text))
      case .command(.odoo(let command)):
        guard let basic = command.basic else {
          throw Refusal(.commandUnavailable, Messages.commandUnavailable)
        }
        return commandBarcode(basic, question)
      case .command(.station(let command)): return try stationCommand(command, question)
      case .invalidGS1(let error): throw Refusal(.badBarcode, Messages.badBarcode(error))
      case .epc where !articles(code.text).isEmpty:
        // Digits that are an article's own barcode, and by chance a tag.
        return try plain(code, scan.quantity, question)
      case .gs1, .epc: return try labelled(Label(code), code, scan.quantity)
      case .gtin where code.composite != nil:
        return try labelled(Label(code), code, scan.quantity)
      case .gtin, .sscc, .url, .text: return try plain(code, scan.quantity, question)
      }
    } catch {
      return refuse(error)
    }
  }

  private var readingOptions: Barcode.Options {
    let year = moment.wall.map { 1970 + Int($0 / 31_556_952_000) } ?? Self.usualYear
    return Barcode.Options(
      year: year,
      region: site.region.flatMap(VariableMeasure.Region.init(rawValue:))
    )
  }

  /// The year from which short dates are understood while the clock was never set.
  private static var usualYear: Int { 2026 }

  private mutating func stationCommand(
    _ command: StationCommand,
    _ question: Station.Question?
  ) throws(Refusal) -> Verdict {
    switch command {
    case .status: return commanded(.status, question)
    case .park: return commanded(.park, question)
    case .newPack: return commanded(.newPack, question)
    case .closePack: return commanded(.closePack, question)
    case .override: return commanded(.override, question)
    case .count: return try openCount()
    case .quantity(let number):
      station.keyed = Quantity(number)
      return accept(.quantityNoted, Messages.quantityNoted(Quantity(number)))
    }
  }

  /// A code that does not say what it is.
  private mutating func plain(
    _ code: Barcode,
    _ keyed: Quantity?,
    _ question: Station.Question?
  ) throws(Refusal) -> Verdict {
    let text = code.text
    if station.count != nil { return try countPlain(code, keyed) }
    if case .load = station.group?.kind { return try loadPlain(code, question) }
    if let tally = station.tally, let waiting = tally.marks.awaitingLot,
      isLot(text, of: waiting.productID, in: tally)
    {
      return try countAwaited(waiting, lot: text)
    }
    if let verdict = try opened(named: text, question) { return verdict }
    if OdooName(text) == .transfer { return try openUnknown(text) }
    if lookup.operation(barcode: text) != nil {
      throw Refusal(.operationType, Messages.operationType(text))
    }
    // A number with a right check digit is hardly ever a location; this saves two look-ups a scan.
    if code.gtin == nil, let location = lookup.location(text) { return try at(location) }
    if station.tally != nil { return try countPlain(code, keyed, in: station.group) }
    return try openBy(code, keyed)
  }

  /// A location outside of counting and loading.
  private mutating func at(_ location: Location) throws(Refusal) -> Verdict {
    guard let tally = station.tally else {
      guard role.steps.contains(.ship) else {
        throw Refusal(.nothingOpen, Messages.nothingOpen)
      }
      return openLoad(at: location)
    }
    guard tally.transfer.touches(location.id) else {
      throw Refusal(.wrongLocation, Messages.wrongLocation(location.name, tally))
    }
    return accept(.locationNoted, Messages.locationNoted(location.name))
  }

  /// Counts what a code stands for in the open transfer, or in the first of the open batch that
  /// asks for it.
  private mutating func countPlain(
    _ code: Barcode,
    _ keyed: Quantity?,
    in group: Station.Group?
  ) throws(Refusal) -> Verdict {
    guard let group else { return try resolve(code, keyed) }
    return try inGroup(group) { (work) throws(Refusal) in try work.resolve(code, keyed) }
  }

  /// What a code stands for in the open transfer.
  mutating func resolve(_ code: Barcode, _ keyed: Quantity?) throws(Refusal) -> Verdict {
    guard let tally = station.tally else { throw Refusal(.nothingOpen, Messages.nothingOpen) }
    let text = code.text
    if let package = packageName(code, in: tally) { return try packageScanned(package, tally) }
    if let article = try article(text, in: tally) {
      return try counted(article, Label(), keyed, tally)
    }
    // Eight digits may be an EAN-8 or a UPC-E, whose long form is stored.
    for candidate in code.gtinCandidates where candidate != code.gtin {
      if let article = try article(candidate, in: tally) {
        return try counted(article, Label(), keyed, tally)
      }
    }
    if let product = try productOfLot(text, in: tally) {
      return try count(Goods(productID: product, quantity: times(.one, keyed), lot: text), tally)
    }
    if let type = lookup.packageType(barcode: text) { return try packageTyped(type, tally) }
    if site.trackingPrefixes.contains(where: { text.hasPrefix($0) }) {
      return tracked(text, tally)
    }
    if let message = code.unmarkedGS1 {
      return try labelled(Label(message), code, keyed)
    }
    if let verdict = try variableMeasure(code, tally) { return verdict }
    if let verdict = try byRule(code, tally) { return verdict }
    if let waiting = tally.marks.awaitingLot {
      throw Refusal(.wrongLot, Messages.wrongLot(text, productName(waiting.productID)))
    }
    if text.contains("/") { throw Refusal(.unknownTransfer, Messages.unknownTransfer(text)) }
    if let lot = lookup.lots(named: text).first {
      let name = productName(lot.productID)
      throw tally.products.contains(lot.productID)
        ? Refusal(.wrongLot, Messages.wrongLot(text, name))
        : Refusal(.wrongProduct, Messages.wrongProduct(name, tally))
    }
    throw Refusal(.unknownBarcode, Messages.unknownBarcode(text))
  }

  private mutating func tracked(_ reference: String, _ before: Tally) -> Verdict {
    var tally = before
    tally.track(reference)
    station.tally = tally
    return accept(.tracked, Messages.tracked(tally))
  }

  /// What one of Odoo's barcode rules makes of a code; nil if none makes anything new of it.
  private mutating func byRule(_ code: Barcode, _ tally: Tally) throws(Refusal) -> Verdict? {
    guard let match = lookup.nomenclature?.plainMatch(code.text) else { return nil }
    switch match.rule.type {
    case "package": return try packageScanned(match.code, tally)
    case "weight", "price", "discount", "product":
      guard match.baseCode != code.text, let article = try article(match.baseCode, in: tally)
      else { return nil }
      var label = Label()
      if match.rule.type == "weight" {
        label.weight = match.value.flatMap { Quantity($0.description) }
      }
      return try counted(article, label, nil, tally)
    default: return nil
    }
  }

  /// A variable-measure EAN: the product is under the code with its measure zeroed.
  private mutating func variableMeasure(
    _ code: Barcode,
    _ tally: Tally
  ) throws(Refusal) -> Verdict? {
    guard let measure = code.variableMeasure, let article = try article(measure.baseCode, in: tally)
    else { return nil }
    var label = Label()
    switch measure.kind {
    case .weight: label.weight = Quantity(measure.amount.description)
    case .count: label.count = Quantity(measure.amount.description)
    case .price: break
    }
    return try counted(article, label, nil, tally)
  }
}

extension Transfer {
  /// True if goods of the transfer lie at a location, or go there.
  func touches(_ location: Int) -> Bool {
    locationID == location || destinationID == location
      || moves.contains { move in
        move.lines.contains { $0.locationID == location || $0.destinationID == location }
      }
  }
}
