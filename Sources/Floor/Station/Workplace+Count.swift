internal import Barcodes

/// Goods that are to be counted.
struct Goods {
  var productID: Int
  /// In the product's own unit.
  var quantity: Quantity
  var lot: String?
  /// The package that they went into.
  var package: String?
  /// When they expire, as their label says, in milliseconds since 1970, UTC.
  var expires: Int64?

  init(productID: Int, quantity: Quantity, lot: String? = nil, package: String? = nil) {
    self.productID = productID
    self.quantity = quantity
    self.lot = lot
    self.package = package
  }
}

extension Workplace {
  /// The product's name, for a message.
  func productName(_ id: Int) -> String { lookup.product(id: id)?.name ?? "product \(id)" }

  /// Products and packagings under the code as it was scanned, else under another spelling of the
  /// same GTIN, else as an internal reference.
  func articles(_ code: String) -> [Article] {
    let exact = lookup.articles(spellings: [code])
    guard exact.isEmpty else { return exact }
    let others = GTIN.spellings(of: code).dropFirst()
    guard others.isEmpty else { return lookup.articles(spellings: Array(others)) }
    return lookup.products(reference: code).map { Article(product: $0) }
  }

  /// What a product or packaging barcode stands for; nil if it is neither.
  func article(_ code: String, in tally: Tally) throws(Refusal) -> Article? {
    let found = articles(code)
    guard let first = found.first else { return nil }
    if tally.isBlind { return first }
    let asked = found.filter { article in
      tally.transfer.moves.contains { $0.productID == article.product.id }
    }
    guard let match = asked.first else {
      throw Refusal(.wrongProduct, Messages.wrongProduct(first.product.name, tally))
    }
    guard asked.count == 1 else {
      throw Refusal(.ambiguousProduct, Messages.ambiguous(code))
    }
    return match
  }

  /// How many a scan stands for: once, or as often as was keyed in.
  func times(_ quantity: Quantity, _ keyed: Quantity?) -> Quantity {
    guard let number = keyed ?? station.keyed else { return quantity }
    return quantity.times(number)
  }

  /// Counts what a barcode stands for, with what its label says; a tracked product whose lot is
  /// not on the label waits for it.
  mutating func counted(
    _ article: Article,
    _ label: Label,
    _ keyed: Quantity?,
    _ before: Tally
  ) throws(Refusal) -> Verdict {
    let product = article.product
    var amount = (label.count ?? .one).times(article.quantity)
    if label.count == nil, let weight = label.weight, isWeighed(product) { amount = weight }
    var goods = Goods(
      productID: product.id,
      quantity: times(amount, keyed),
      lot: label.lotName(product.tracking)
    )
    goods.expires = label.expires
    guard product.tracking != .none, goods.lot == nil else { return try count(goods, before) }
    var tally = before
    try requireRoom(goods, product.name, in: tally)
    tally.awaitLot(
      Tally.AwaitingLot(productID: product.id, quantity: goods.quantity, expires: goods.expires)
    )
    station.tally = tally
    station.keyed = nil
    return accept(.scanLot, Messages.scanLot(product), product: product.id)
  }

  /// True if a product is kept by weight, so that a weight on a label is its quantity.
  private func isWeighed(_ product: Product) -> Bool {
    product.unitID.flatMap { lookup.unitName(id: $0) }?.lowercased() == "kg"
  }

  /// Counts the lot or serial number that was waited for.
  mutating func countAwaited(
    _ waiting: Tally.AwaitingLot,
    lot: String,
    expires: Int64? = nil
  ) throws(Refusal) -> Verdict {
    guard let tally = station.tally else { throw Refusal(.nothingOpen, Messages.nothingOpen) }
    var goods = Goods(productID: waiting.productID, quantity: waiting.quantity, lot: lot)
    goods.expires = expires ?? waiting.expires
    return try count(goods, tally)
  }

  /// Counts goods of the transfer, and answers.
  mutating func count(_ goods: Goods, _ before: Tally) throws(Refusal) -> Verdict {
    var tally = before
    try count(goods, in: &tally)
    station.keyed = nil
    return finish(tally, product: goods.productID)
  }

  /// Counts goods of the transfer, if its rules admit them.
  mutating func count(_ goods: Goods, in tally: inout Tally) throws(Refusal) {
    let product = lookup.product(id: goods.productID)
    let tracking = product?.tracking ?? .none
    let name = product?.name ?? "product \(goods.productID)"
    try requireRoom(goods, name, in: tally)
    if tracking != .none { try requireLot(goods, tracking, name, in: tally) }
    var package = goods.package ?? tally.marks.openPackage
    if breaks(.wrongPackage), goods.package == nil, package != nil,
      let first = tally.packages.first
    {
      package = first.name
    }
    let line = Confirmation.Line(
      productID: goods.productID,
      lot: tracking == .none ? nil : goods.lot,
      package: package,
      quantity: goods.quantity,
      expires: tally.transfer.operation.step == .receive && tracking != .none ? goods.expires : nil
    )
    tally.count([line], package: package, fills: true)
  }

  /// The answer after something was counted; closes what is complete where the policy says so.
  mutating func finish(_ tally: Tally, product: Int) -> Verdict {
    finish(tally, Messages.counted(productName(product), tally, product), product: product)
  }

  mutating func finish(_ tally: Tally, _ sentence: Sentence, product: Int? = nil) -> Verdict {
    station.tally = tally
    guard tally.isComplete else { return accept(.counted, sentence, product: product) }
    if station.group == nil, policy.complete == .validate, unweighed(tally) == nil {
      return close(confirmed: true)
    }
    return accept(.complete, Messages.complete(tally), product: product)
  }

  /// Refuses what would exceed the demand, unless the policy or a supervisor lets it pass.
  mutating func requireRoom(
    _ goods: Goods,
    _ name: String,
    in tally: Tally
  ) throws(Refusal) {
    try requireRoom(goods.productID, goods.quantity, name, in: tally)
  }

  mutating func requireRoom(
    _ productID: Int,
    _ quantity: Quantity,
    _ name: String,
    in tally: Tally
  ) throws(Refusal) {
    guard quantity > .zero, quantity < .limit else {
      throw Refusal(.quantityImplausible, Messages.quantityImplausible(quantity))
    }
    guard !tally.isBlind else { return }
    var demand = tally.demand(of: productID)
    if breaks(.shortPickForgotten), tally.isArrival { demand = .limit }
    guard demand > .zero else { throw Refusal(.wrongProduct, Messages.wrongProduct(name, tally)) }
    let total = tally.counted(of: productID) + quantity
    if total <= demand || breaks(.overPick) { return }
    if tally.isArrival, tally.isAll(total, of: demand, productID) { return }
    let refusal = Refusal(.tooMany, Messages.tooMany(name, demand: demand))
    // What was not picked cannot be packed: nobody can let that pass.
    guard !tally.isArrival else { throw refusal }
    let policy = policy(of: tally.transfer.operation)
    if let percent = policy.overPickPercent, policy.overPick != .refuse,
      total > demand.scaled(by: Int64(100 + percent), over: 100)
    {
      throw refusal
    }
    try require(policy.overPick, about: name, else: refusal)
  }
}
