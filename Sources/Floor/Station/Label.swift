internal import Barcodes

/// What a GS1 label says, as far as the floor uses it.
struct Label {
  /// The logistic unit's 18 digits.
  var sscc: String?
  /// The article's 14 digits.
  var gtin: String?
  /// The article inside the logistic unit, 14 digits.
  var contentGTIN: String?
  var lot: String?
  var serial: String?
  /// The last millisecond of the day on which the goods expire, since 1970, UTC.
  var expires: Int64?
  var count: Quantity?
  /// Net weight in kilograms.
  var weight: Quantity?
  /// The location's 13 digits.
  var location: String?

  init() {}

  init(_ message: GS1Message) {
    sscc = message.sscc
    gtin = message.gtin
    contentGTIN = message.contentGTIN
    lot = message.lot
    serial = message.serial
    expires = message.expiry?.endOfDay
    count = message.count.map { Quantity($0) }
    weight = message.netWeight.flatMap { Quantity($0.description) }
    location = message.locationGLN ?? message.shipToGLN
  }

  init(_ code: Barcode) {
    if let message = code.message { self.init(message) } else { self.init() }
    sscc = code.sscc
    gtin = code.gtin
    lot = code.lot
    serial = code.serial
  }

  /// The lot or serial number of a product; labels use both words for both.
  func lotName(_ tracking: Product.Tracking) -> String? {
    switch tracking {
    case .none: nil
    case .lot: lot ?? serial
    case .serial: serial ?? lot
    }
  }
}

extension CalendarDate {
  /// The last millisecond of the day, since 1970, UTC.
  fileprivate var endOfDay: Int64 {
    // Days from the civil date, with years that begin in March.
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    let days = era * 146_097 + dayOfEra - 719_468
    return Int64(days + 1) * 86_400_000 - 1
  }
}

extension Workplace {
  /// What a label stands for: a package, a product with its lot, a lot, a location.
  mutating func labelled(
    _ label: Label,
    _ code: Barcode,
    _ keyed: Quantity?
  ) throws(Refusal) -> Verdict {
    if let number = label.location, label.sscc == nil, label.gtin == nil {
      return try locationLabelled(number)
    }
    if station.count != nil { return try countLabelled(label, code, keyed) }
    if case .load = station.group?.kind {
      guard let sscc = label.sscc else { throw Refusal(.scanParcel, Sentence(.scanParcel)) }
      return try load(sscc)
    }
    guard station.tally != nil else { return try openBy(label, code, keyed) }
    guard let group = station.group else { return try resolve(label, code, keyed) }
    return try inGroup(group) { (work) throws(Refusal) in try work.resolve(label, code, keyed) }
  }

  private mutating func locationLabelled(_ number: String) throws(Refusal) -> Verdict {
    guard let location = lookup.location(number) ?? lookup.location("414" + number) else {
      throw Refusal(.unknownBarcode, Messages.unknownBarcode(number))
    }
    if station.count != nil { return countAt(location) }
    if case .load = station.group?.kind { return try loadAt(location, nil) }
    guard let tally = station.tally else {
      guard role.steps.contains(.ship) else { throw Refusal(.nothingOpen, Messages.nothingOpen) }
      return openLoad(at: location)
    }
    guard tally.transfer.touches(location.id) else {
      throw Refusal(.wrongLocation, Messages.wrongLocation(location.name, tally))
    }
    return accept(.locationNoted, Messages.locationNoted(location.name))
  }

  /// What a label stands for in the open transfer.
  mutating func resolve(
    _ label: Label,
    _ code: Barcode,
    _ keyed: Quantity?
  ) throws(Refusal) -> Verdict {
    guard let tally = station.tally else { throw Refusal(.nothingOpen, Messages.nothingOpen) }
    if let gtin = label.gtin {
      guard let article = try article(gtin, in: tally) else {
        throw Refusal(.unknownBarcode, Messages.unknownBarcode(gtin))
      }
      return try counted(article, label, keyed, tally)
    }
    if let sscc = label.sscc {
      return try unit(sscc, label, tally)
    }
    guard let lot = label.lot ?? label.serial else {
      throw Refusal(.unknownBarcode, Messages.unknownBarcode(code.text))
    }
    if let waiting = tally.marks.awaitingLot, isLot(lot, of: waiting.productID, in: tally) {
      return try countAwaited(waiting, lot: lot, expires: label.expires)
    }
    guard let product = try productOfLot(lot, in: tally) else {
      if let waiting = tally.marks.awaitingLot {
        throw Refusal(.wrongLot, Messages.wrongLot(lot, productName(waiting.productID)))
      }
      throw Refusal(.unknownBarcode, Messages.unknownBarcode(lot))
    }
    var goods = Goods(productID: product, quantity: times(label.count ?? .one, keyed), lot: lot)
    goods.expires = label.expires
    return try count(goods, tally)
  }

  /// A logistic unit: taken whole where the transfer expects it, else counted by what its label
  /// says is in it.
  private mutating func unit(
    _ sscc: String,
    _ label: Label,
    _ tally: Tally
  ) throws(Refusal) -> Verdict {
    let isExpected = tally.transfer.moves.contains { move in
      move.lines.contains { $0.package?.name == sscc }
    }
    guard !isExpected, let content = label.contentGTIN,
      let article = try article(content, in: tally)
    else { return try packageScanned(sscc, tally) }
    var goods = Goods(
      productID: article.product.id,
      quantity: (label.count ?? .one).times(article.quantity),
      lot: label.lotName(article.product.tracking)
    )
    goods.package = sscc
    goods.expires = label.expires
    return try count(goods, tally)
  }
}
