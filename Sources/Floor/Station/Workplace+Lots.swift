extension Workplace {
  /// Longest lot name in bytes; GS1 allows 20 characters, Odoo more.
  static var longestLot: Int { 128 }

  /// The one product of the transfer that has a lot of this name; nil if none has.
  func productOfLot(_ lot: String, in tally: Tally) throws(Refusal) -> Int? {
    var products: [Int] = []
    for move in tally.transfer.moves where !products.contains(move.productID) {
      if move.lines.contains(where: { $0.lot?.name == lot }) { products.append(move.productID) }
    }
    if products.isEmpty, !tally.isArrival {
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
    if tally.transfer.hasLot(text, of: product) { return true }
    if tally.isArrival { return false }
    if lookup.productsWithLot(named: text).contains(product) { return true }
    guard tally.transfer.operation.step == .receive else { return false }
    // A label of another product in the same receipt is hardly a new number of this one.
    let others = lookup.productsWithLot(named: text)
    guard !others.contains(where: tally.products.contains) else { return false }
    return !text.isEmpty && text.utf8.count <= Self.longestLot && !text.contains("/")
      && articles(text).isEmpty
  }

  /// Refuses a lot or serial number that is missing, unknown, counted, expired or not the reserved
  /// one.
  mutating func requireLot(
    _ goods: Goods,
    _ tracking: Product.Tracking,
    _ name: String,
    in tally: Tally
  ) throws(Refusal) {
    guard let lot = goods.lot else { throw Refusal(.lotMissing, Messages.lotMissing(name)) }
    guard isLot(lot, of: goods.productID, in: tally) else {
      throw Refusal(.wrongLot, Messages.wrongLot(lot, name))
    }
    if tracking == .serial { try requireFree(goods, serial: lot, in: tally) }
    if tally.isArrival { try requireArrived(goods, lot, name, in: tally) }
    let policy = policy(of: tally.transfer.operation)
    if !tally.transfer.hasLot(lot, of: goods.productID),
      tally.transfer.hasLots(of: goods.productID)
    {
      try require(
        policy.otherLot,
        about: "\(name) \(lot)",
        else: Refusal(.otherLot, Messages.otherLot(lot, name))
      )
    }
    try requireFresh(goods, lot, name, policy)
  }

  /// Refuses a serial number that is not one piece, or is counted already, here or elsewhere.
  func requireFree(_ goods: Goods, serial: String, in tally: Tally) throws(Refusal) {
    guard goods.quantity == .one else {
      throw Refusal(.serialQuantity, Messages.serialQuantity(serial))
    }
    let isCounted = tally.lines.contains { $0.productID == goods.productID && $0.lot == serial }
    guard !isCounted || breaks(.serialTwice) else {
      throw Refusal(.serialTwice, Messages.serialTwice(serial))
    }
    if let other = others.station(using: serial, of: goods.productID, except: name) {
      throw Refusal(.serialElsewhere, Messages.serialElsewhere(serial, station: other))
    }
    if let other = closure(using: serial, of: goods.productID, in: tally) {
      throw Refusal(.serialElsewhere, Messages.serialElsewhere(serial, station: other))
    }
  }

  /// The transfer of this step that was closed with a serial number and is not in Odoo yet.
  private func closure(using serial: String, of product: Int, in tally: Tally) -> String? {
    guard !breaks(.serialTwice) else { return nil }
    return lookup.closures(naming: serial).first { closure in
      !closure.applied && closure.confirmation.step == tally.transfer.operation.step
        && closure.confirmation.lines.contains { $0.productID == product && $0.lot == serial }
    }?.confirmation.transferName
  }

  private mutating func requireFresh(
    _ goods: Goods,
    _ lot: String,
    _ name: String,
    _ policy: FloorPolicy
  ) throws(Refusal) {
    let known = lookup.lots(named: lot).first { $0.productID == goods.productID }
    guard let expires = goods.expires ?? known?.expires else { return }
    guard let now = moment.wall else {
      // Hazard `clock`: nobody knows the date.
      remarks.append(Sentence(.expiryUnchecked))
      return
    }
    guard expires < now else { return }
    try require(
      policy.expiredLot,
      about: "\(name) \(lot)",
      else: Refusal(.expiredLot, Messages.expiredLot(lot, name))
    )
  }

  /// No more of a lot than the step before has brought.
  func requireArrived(
    _ goods: Goods,
    _ lot: String,
    _ name: String,
    in tally: Tally
  ) throws(Refusal) {
    guard !breaks(.shortPickForgotten) else { return }
    var arrived = Quantity.zero
    for move in tally.transfer.moves where move.productID == goods.productID {
      for line in move.lines where line.lot?.name == lot {
        arrived += move.inProductUnits(line.quantity)
      }
    }
    let counted = tally.lines.reduce(into: Quantity.zero) { sum, line in
      if line.productID == goods.productID, line.lot == lot { sum += line.quantity }
    }
    let total = counted + goods.quantity
    guard total <= arrived || tally.isAll(total, of: arrived, goods.productID) else {
      throw Refusal(.tooMany, Messages.tooMany("\(name) \(lot)", demand: arrived))
    }
  }
}

extension Transfer {
  /// True if goods of a lot are reserved, or have arrived.
  func hasLot(_ lot: String, of product: Int) -> Bool {
    moves.contains { $0.productID == product && $0.lines.contains { $0.lot?.name == lot } }
  }

  /// True if lots of a product are reserved.
  func hasLots(of product: Int) -> Bool {
    moves.contains { $0.productID == product && $0.lines.contains { $0.lot != nil } }
  }
}

extension Move {
  /// A quantity of this move in the product's own unit.
  public func inProductUnits(_ quantity: Quantity) -> Quantity {
    guard factor != .one else { return quantity }
    return quantity.times(factor).rounded(to: Self.usualRounding)
  }

  /// A quantity in the product's own unit in the unit of this move, rounded as Odoo rounds.
  func inMoveUnits(_ quantity: Quantity) -> Quantity {
    guard factor != .one, factor > .zero else { return quantity }
    return quantity.scaled(by: 1_000_000, over: factor.millionths).rounded(to: rounding)
  }
}

extension Floor {
  /// The station whose open transfers hold a serial number of a product.
  func station(using serial: String, of product: Int, except name: String) -> String? {
    stations.filter { entry in
      entry.key != name
        && entry.value.tallies.contains { tally in
          tally.lines.contains { $0.productID == product && $0.lot == serial }
        }
    }.keys.min()
  }
}
