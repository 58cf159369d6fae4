internal import Floor
internal import JSON

/// Goods beyond what Odoo has reserved: what was counted is the truth, but a site may want to decide
/// before Odoo's stock becomes negative.
extension ApplyPlan {
  /// Goods of a product, or of one of its lots, beyond the reservation; in the product's own unit.
  private struct Excess: Hashable {
    var productID: Int
    var lotID: Int?
    var locationID: Int
    var quantity: Quantity
  }

  /// Looks at the stock, or ends the plan; nil if the goods may be applied.
  mutating func checkStock(_ parts: [Part]) -> Step? {
    guard settings.beyondReservation != .apply, confirmation.step != .receive,
      !memory.hasCheckedStock
    else { return nil }
    let excess = excess(parts)
    guard let first = excess.first else { return nil }
    guard settings.beyondReservation == .inStock else {
      return except(
        .notInStock,
        "More was counted for transfer \(snapshot.name) than Odoo has reserved for it. Check "
          + "availability in Odoo and try again, or let it pass with [dispatch] unreserved.",
        odoo: "\(first.quantity) of product \(first.productID) are not reserved"
      )
    }
    state = .reading(.stock)
    return .call(
      search(
        "stock.quant",
        [
          ["product_id", "in", .array(Set(excess.map(\.productID)).sorted().map { .int($0) })],
          [
            "location_id", "child_of",
            .array(Set(excess.map(\.locationID)).sorted().map { .int($0) }),
          ],
        ],
        fields: ["product_id", "lot_id", "quantity", "reserved_quantity"]
      )
    )
  }

  mutating func tookStock(_ answer: JSON) throws(UnexpectedAnswer) -> Step {
    guard let rows = answer.array else { throw UnexpectedAnswer(what: "stock.quant") }
    memory.hasCheckedStock = true
    let parts = Allocation(confirmation, moves: snapshot.openMoves).parts
    for excess in excess(parts) {
      var free = Quantity.zero
      for row in rows where row["product_id"]?.reference == excess.productID {
        // Several quants of one product and bin can exist at once, even negative ones.
        guard excess.lotID == nil || row["lot_id"]?.reference == excess.lotID else { continue }
        free += row["quantity"].flatMap { Quantity($0) } ?? .zero
        free -= row["reserved_quantity"].flatMap { Quantity($0) } ?? .zero
      }
      guard free < excess.quantity else { continue }
      return except(
        .notInStock,
        "Odoo has less in stock than was counted for transfer \(snapshot.name); applied, its stock "
          + "would become negative. Count the location or correct the stock in Odoo, then try "
          + "again.",
        odoo: "\(free) of product \(excess.productID) are free, \(excess.quantity) are needed"
      )
    }
    return plan()
  }

  private func excess(_ parts: [Part]) -> [Excess] {
    var counted: [Excess: Quantity] = [:]
    for part in parts {
      guard let move = snapshot.moves.first(where: { $0.id == part.moveID }) else { continue }
      let key = Excess(
        productID: move.productID,
        lotID: lotID(for: part, on: nil),
        locationID: move.locationID,
        quantity: .zero
      )
      counted[key, default: .zero] += inOwnUnit(part.quantity, move.id)
    }
    let reserved = snapshot.lines.filter(\.isOpen)
    var found: [Excess] = []
    for (key, quantity) in counted {
      let own = reserved.filter { line in
        line.productID == key.productID && (key.lotID == nil || line.lotID == key.lotID)
      }
      let held = own.map { inOwnUnit($0.quantity, $0.moveID) }.reduce(.zero, +)
      guard quantity > held else { continue }
      var excess = key
      excess.quantity = quantity - held
      found.append(excess)
    }
    return found.sorted { ($0.productID, $0.lotID ?? 0) < ($1.productID, $1.lotID ?? 0) }
  }

  /// A quantity of a move in the unit of its product.
  private func inOwnUnit(_ quantity: Quantity, _ moveID: Int?) -> Quantity {
    confirmation.seen.first { $0.moveID == moveID }.map { quantity.times($0.factor) } ?? quantity
  }
}
