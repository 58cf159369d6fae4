internal import Barcodes

extension Workplace {
  /// The product's name, for a message.
  func productName(_ id: Int) -> String { lookup.product(id: id)?.name ?? "product \(id)" }

  /// Products and packagings under the code as it was scanned, else under another spelling of the
  /// same GTIN.
  func articles(_ code: String) -> [Article] {
    let exact = lookup.articles(spellings: [code])
    guard exact.isEmpty else { return exact }
    let others = GTIN.spellings(of: code).dropFirst()
    return others.isEmpty ? [] : lookup.articles(spellings: Array(others))
  }

  /// What a product or packaging barcode stands for; nil if it is neither.
  func article(_ code: String, in tally: Tally) throws(Refusal) -> Article? {
    let found = articles(code)
    guard let first = found.first else { return nil }
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

  /// The one product of the transfer that has a lot of this name; nil if none has.
  func productOfLot(_ lot: String, in tally: Tally) throws(Refusal) -> Int? {
    var products: [Int] = []
    for move in tally.transfer.moves where !products.contains(move.productID) {
      if move.lines.contains(where: { $0.lot?.name == lot }) { products.append(move.productID) }
    }
    if products.isEmpty {
      let known = lookup.productsWithLot(named: lot)
      for move in tally.transfer.moves
      where known.contains(move.productID) && !products.contains(move.productID) {
        products.append(move.productID)
      }
    }
    guard products.count < 2 else { throw Refusal(.ambiguousProduct, Messages.ambiguous(lot)) }
    return products.first
  }

  /// True if `text` can be the lot that a tracked product waits for: a receipt may bring a new one.
  func isLot(_ text: String, of product: Int, in tally: Tally) -> Bool {
    if tally.transfer.moves.contains(where: { move in
      move.productID == product && move.lines.contains { $0.lot?.name == text }
    }) {
      return true
    }
    if lookup.productsWithLot(named: text).contains(product) { return true }
    guard tally.transfer.operation.step == .receive else { return false }
    return articles(text).isEmpty
      && !text.contains("/") && text.utf8.count <= Self.longestLot
  }

  /// Longest lot name in bytes; GS1 allows 20 characters, Odoo more.
  static var longestLot: Int { 128 }

  /// Counts `quantity` of a product of the transfer.
  func count(
    _ productID: Int,
    _ quantity: Quantity,
    lot: String?,
    package: String? = nil,
    in tally: inout Tally
  ) throws(Refusal) {
    let product = lookup.product(id: productID)
    let name = product?.name ?? "product \(productID)"
    switch product?.tracking ?? .none {
    case .none: break
    case .lot:
      guard let lot else { throw Refusal(.lotMissing, Messages.lotMissing(name)) }
      guard isLot(lot, of: productID, in: tally) else {
        throw Refusal(.wrongLot, Messages.wrongLot(lot, name))
      }
    case .serial:
      guard let lot else { throw Refusal(.lotMissing, Messages.lotMissing(name)) }
      guard isLot(lot, of: productID, in: tally) else {
        throw Refusal(.wrongLot, Messages.wrongLot(lot, name))
      }
      guard quantity == .one else {
        throw Refusal(.serialQuantity, Messages.serialQuantity(lot))
      }
      guard !tally.lines.contains(where: { $0.productID == productID && $0.lot == lot }) else {
        throw Refusal(.serialTwice, Messages.serialTwice(lot))
      }
    }
    try requireRoom(productID, quantity, name, in: tally)
    let package = package ?? tally.openPackage
    let line = Confirmation.Line(
      productID: productID,
      lot: product?.tracking == Product.Tracking.none ? nil : lot,
      package: package,
      quantity: quantity
    )
    tally.count([line], package: package, fills: true)
  }

  /// Refuses what would exceed the demand.
  func requireRoom(for article: Article, in tally: Tally) throws(Refusal) {
    try requireRoom(article.product.id, article.quantity, article.product.name, in: tally)
  }

  private func requireRoom(
    _ productID: Int,
    _ quantity: Quantity,
    _ name: String,
    in tally: Tally
  ) throws(Refusal) {
    let demand = tally.demand(of: productID)
    guard demand > .zero else { throw Refusal(.wrongProduct, Messages.wrongProduct(name, tally)) }
    guard tally.counted(of: productID) + quantity <= demand else {
      throw Refusal(.tooMany, Messages.tooMany(name, demand: demand))
    }
  }
}
