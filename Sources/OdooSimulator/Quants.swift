internal import JSON

/// Stock: how much of what lies where.
extension Database {
  /// Adds to the stock; a quant may go below zero.
  func addStock(_ key: StockKey, _ quantity: Double) {
    guard quantity != 0 else { return }
    if let quant = quant(key) {
      let sum = (quant.double("quantity") + quantity).rounded2
      // A quant that somebody counts, or is to count, stays though nothing lies there.
      if sum == 0, !quant.flag("inventory_quantity_set") {
        store.remove("stock.quant", quant.id)
      } else {
        set("stock.quant", quant.id, ["quantity": .number(sum)])
      }
    } else {
      add(
        "stock.quant",
        [
          "product_id": .ref(key.product), "location_id": .ref(key.location),
          "lot_id": .ref(key.lot), "package_id": .ref(key.package),
          "quantity": .number(quantity.rounded2), "in_date": .moment(now), "company_id": .ref(1),
        ]
      )
    }
  }

  func quant(_ key: StockKey) -> Record? {
    let quants =
      key.lot.map { rows("stock.quant", where: "lot_id", is: $0) }
      ?? rows("stock.quant", where: "product_id", is: key.product)
    return quants.first { $0.stockKey == key }
  }

  /// Moves what a line says from its source to its destination; `sign` -1 takes it back.
  func moveStock(_ line: Record, sign: Double) throws {
    guard let from = line.sourceKey, let to = line.destinationKey else { return }
    let quantity = line.stockQuantity * sign
    addStock(from, -quantity)
    addStock(to, quantity)
    if sign > 0, isInternal(from.location) { try freeReservations(from, except: line) }
  }

  /// A serial number is in one place at a time.
  func checkSerials(_ lines: [Record]) throws {
    for line in lines {
      guard let lot = line.ref("lot_id"), let product = line.ref("product_id"),
        tracking(product) == "serial"
      else { continue }
      var sums: [Int: Double] = [:]
      for quant in rows("stock.quant", where: "lot_id", is: lot) {
        guard let place = quant.ref("location_id"), usage(place) != "inventory" else { continue }
        sums[place, default: 0] += quant.double("quantity")
      }
      guard sums.values.contains(where: { abs($0) > 1 }) else { continue }
      throw serialAssigned(product, store.get("stock.lot", lot)?.text("name") ?? "")
    }
  }

  func serialAssigned(_ product: Int, _ serial: String) -> OdooError {
    .validation(
      "The serial number has already been assigned: \n Product: "
        + "\(displayName("product.product", product)), Serial Number: \(serial)"
    )
  }

  /// Where more is reserved than is left, other open lines lose their reservation and their moves
  /// look for other stock, silently.
  private func freeReservations(_ key: StockKey, except line: Record) throws {
    var missing = (store.reserved[key, default: 0] - (quant(key)?.double("quantity") ?? 0)).rounded2
    guard missing > 0 else { return }
    let others = rows("stock.move.line", where: "product_id", is: key.product)
      .filter {
        $0.sourceKey == key && $0.id != line.id && !$0.flag("picked")
          && $0.ref("move_id") != line.ref("move_id")
          && ["assigned", "partially_available"].contains($0.text("state"))
      }
    var moves: [Int] = []
    for other in others.reversed() where missing > 0 {
      let taken = min(other.stockQuantity, missing)
      missing = (missing - taken).rounded2
      let rest = ((other.stockQuantity - taken) / other.ratio).rounded2
      if rest == 0 {
        store.remove("stock.move.line", other.id)
      } else {
        set("stock.move.line", other.id, ["quantity": .number(rest)])
      }
      if let move = other.ref("move_id") {
        refreshMove(move, touchTransfer: false)
        touch("stock.move", move)
        moves.append(move)
      }
    }
    assign(moves, touchTransfers: false)
  }
}
