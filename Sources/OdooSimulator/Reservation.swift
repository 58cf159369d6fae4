internal import JSON

/// Reservation: which stock an open move will take.
extension Database {
  /// Reserves what is missing, as far as there is stock.
  func assign(_ moves: [Int], touchTransfers: Bool = true) {
    for id in moves {
      guard let move = store.get("stock.move", id),
        ["waiting", "confirmed", "partially_available"].contains(move.text("state"))
      else { continue }
      let missing = (move.double("product_uom_qty") - move.double("quantity")).rounded2
      if missing > 0 { _ = reserve(move, upTo: missing) }
      refreshMove(id, touchTransfer: touchTransfers)
      reweigh(move.ref("picking_id"))
      if version.linesTouchTransfers { touch("stock.picking", move.ref("picking_id")) }
    }
  }

  /// Makes or enlarges lines for at most `wanted`; answers how much was found, both in the move's
  /// unit.
  func reserve(_ move: Record, upTo wanted: Double) -> Double {
    guard let source = move.ref("location_id"), let product = move.ref("product_id") else {
      return 0
    }
    guard isInternal(source) else {
      let key = StockKey(product: product, location: source, lot: nil, package: nil)
      take(move, key, (wanted * move.ratio).rounded2, whole: false)
      return wanted
    }
    let asked = (wanted * move.ratio).rounded2
    var missing = asked
    let broughtHere = move.refs("move_orig_ids").isEmpty ? nil : broughtByOrigins(move)
    for quant in stock(of: product, under: source) where missing > 0 {
      guard let key = quant.stockKey else { continue }
      var free = quant.double("quantity") - store.reserved[key, default: 0]
      if let broughtHere { free = min(free, broughtHere[key, default: 0]) }
      let taken = min(free.rounded2, missing)
      guard taken > 0 else { continue }
      take(move, key, taken, whole: taken == quant.double("quantity"))
      missing = (missing - taken).rounded2
    }
    return ((asked - missing) / move.ratio).rounded2
  }

  /// Quants of a product in a location and below, oldest first, without expired lots.
  private func stock(of product: Int, under location: Int) -> [Record] {
    rows("stock.quant", where: "product_id", is: product)
      .filter { quant in
        quant.double("quantity") > 0 && isUnder(quant.ref("location_id"), location)
          && !isExpired(quant.ref("lot_id"))
      }
      .sorted {
        let left = $0["in_date"].moment ?? 0
        let right = $1["in_date"].moment ?? 0
        return left == right ? $0.id < $1.id : left < right
      }
  }

  func isUnder(_ location: Int?, _ root: Int) -> Bool {
    guard let location else { return false }
    if location == root { return true }
    return isUnder(store.get("stock.location", location)?.ref("location_id"), root)
  }

  func isExpired(_ lot: Int?) -> Bool {
    guard let lot = lot.flatMap({ store.get("stock.lot", $0) }),
      let product = lot.ref("product_id").flatMap({ store.get("product.product", $0) }),
      product.flag("use_expiration_date")
    else { return false }
    let end = lot["removal_date"].moment ?? lot["expiration_date"].moment
    return end.map { $0 <= now } ?? false
  }

  /// What the done moves before this one brought, less what its siblings have taken of it.
  private func broughtByOrigins(_ move: Record) -> [StockKey: Double] {
    var pool: [StockKey: Double] = [:]
    var siblings: Set<Int> = []
    for origin in move.refs("move_orig_ids").compactMap({ store.get("stock.move", $0) }) {
      siblings.formUnion(origin.refs("move_dest_ids"))
      guard origin.text("state") == "done" else { continue }
      for line in rows("stock.move.line", where: "move_id", is: origin.id) {
        guard let key = line.destinationKey else { continue }
        pool[key, default: 0] += line.stockQuantity
      }
    }
    siblings.insert(move.id)
    for sibling in siblings {
      for line in rows("stock.move.line", where: "move_id", is: sibling) {
        guard let key = line.sourceKey else { continue }
        pool[key, default: 0] -= line.stockQuantity
      }
    }
    return pool
  }

  /// Takes `amount` of the product's unit; the line is in the move's unit where that can say it.
  private func take(_ move: Record, _ key: StockKey, _ amount: Double, whole: Bool) {
    let inMoveUnit = (amount / move.ratio).rounded2
    let fits =
      tracking(key.product) != "serial" && (inMoveUnit * move.ratio).rounded2 == amount
    let quantity = fits ? inMoveUnit : amount
    let own = store.get("product.product", key.product)?["uom_id"] ?? .ref(1)
    let package: Value = whole ? .ref(key.package) : .empty
    let values: [String: Value] = [
      "move_id": .ref(move.id), "picking_id": move["picking_id"], "product_id": .ref(key.product),
      "location_id": .ref(key.location), "location_dest_id": move["location_dest_id"],
      "lot_id": .ref(key.lot), "package_id": .ref(key.package), "result_package_id": package,
      "picked": .bool(false), "state": .text("assigned"),
      "product_uom_id": fits ? move["product_uom"] : own, "_ratio": .number(fits ? move.ratio : 1),
      "company_id": move["company_id"], "date": .moment(now),
      "expiration_date": key.lot.flatMap { store.get("stock.lot", $0) }?["expiration_date"]
        ?? .empty,
    ]
    if tracking(key.product) == "serial" {
      var rest = quantity
      while rest > 0 {
        add("stock.move.line", values.merging(["quantity": .number(min(1, rest))]) { $1 })
        rest -= 1
      }
      return
    }
    let same = rows("stock.move.line", where: "move_id", is: move.id)
      .first {
        $0.sourceKey == key && !$0.flag("picked") && $0["result_package_id"] == package
          && $0.ratio == (fits ? move.ratio : 1)
      }
    if let same {
      let sum = (same.double("quantity") + quantity).rounded2
      set("stock.move.line", same.id, ["quantity": .number(sum)])
    } else {
      add("stock.move.line", values.merging(["quantity": .number(quantity)]) { $1 })
    }
  }

  /// Gives back what open moves have reserved.
  func unreserve(_ moves: [Int], touchTransfers: Bool) {
    for id in moves {
      guard let move = store.get("stock.move", id),
        !["done", "cancel", "draft"].contains(move.text("state"))
      else { continue }
      for line in rows("stock.move.line", where: "move_id", is: id) {
        store.remove("stock.move.line", line.id)
      }
      set("stock.move", id, ["picked": .bool(false)])
      refreshMove(id, touchTransfer: touchTransfers)
      if touchTransfers { touch("stock.picking", move.ref("picking_id")) }
    }
  }
}
