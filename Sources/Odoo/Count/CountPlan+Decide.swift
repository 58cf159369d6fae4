internal import Floor
internal import JSON

/// Deciding: what to do next follows from what was just read.
extension CountPlan {
  /// Goods that were counted, as Odoo has them.
  struct Goods {
    var productID: Int
    var lotID: Int?
    var lot: String?
    var counted: Quantity
    var quants: [Quant]
    /// What was done since, of those that count.
    var since: Quantity
    /// True once the adjustment of this count is there.
    var isDone: Bool

    var stock: Quantity { quants.map(\.quantity).reduce(.zero, +) }
    /// By how much Odoo's stock has to change now.
    var difference: Quantity { counted + since - stock }
    var summary: CountedGoods {
      CountedGoods(productID: productID, lot: lot, counted: counted, expected: stock - since)
    }
  }

  mutating func decide() -> Step {
    let unknown = count.lines.filter { line in
      guard let lot = line.lot else { return false }
      return lotID(lot, line.productID) == nil
    }
    guard unknown.isEmpty else {
      let names = unknown.compactMap(\.lot).joined(separator: ", ")
      return except(
        .lotUnknown,
        "Odoo does not know the lot or serial number \(names), which lies at "
          + "\(count.location.name). Receive or make it in Odoo, then try again."
      )
    }
    let all = goods()
    if let step = decideElsewhere(all) ?? decideTrouble(all) { return step }
    let open = all.filter { !$0.isDone && $0.difference != .zero }
    guard !open.isEmpty else { return finish(.applied(all.map { finished($0) })) }
    if let limit = settings.limit, !open.allSatisfy({ limit.admits($0.summary) }) {
      return except(
        .overLimit,
        "More differs at \(count.location.name) than is corrected without a person. Count again, "
          + "or apply it as it is.",
        open.map(\.summary)
      )
    }
    if settings.unsettledFor > .zero {
      isUnsettled = true
      return finish(.later(.unsettled(for: settings.unsettledFor)))
    }
    return plan(open)
  }

  /// What a person did in Odoo at the same goods, or what cannot be put before or after the count.
  private mutating func decideElsewhere(_ all: [Goods]) -> Step? {
    let open = Set(all.filter { !$0.isDone }.map { Key($0.productID, $0.lotID) })
    let others = moves.filter { line in
      open.contains(Key(line.productID, line.lotID)) && !isOwn(line)
        && !(line.transferID.map { moment.before.contains($0) || moment.after.contains($0) }
          ?? false)
    }
    if others.contains(where: { $0.isInventory && $0.at >= moment.counted }) {
      return except(
        .countedElsewhere,
        "The same goods at \(count.location.name) were adjusted in Odoo after they were counted "
          + "here. Count again.",
        all.map(\.summary)
      )
    }
    guard moment.isProven || others.isEmpty else {
      return except(
        .uncertain,
        "The box's clock was not set when \(count.location.name) was counted, and others moved the "
          + "same goods in Odoo on that day. Count again.",
        all.map(\.summary)
      )
    }
    return nil
  }

  private struct Key: Hashable {
    var productID: Int
    var lotID: Int?
    init(_ productID: Int, _ lotID: Int?) {
      self.productID = productID
      self.lotID = lotID
    }
  }

  private func isOwn(_ line: DoneLine) -> Bool { line.reference.hasPrefix(Self.namePrefix) }

  private func lotID(_ name: String, _ product: Int) -> Int? {
    lots?.first { $0.name == name && $0.productID == product }?.id
  }

  private func goods() -> [Goods] {
    guard count.lines.isEmpty else {
      return count.lines.map { line in
        goods(
          line.productID,
          line.lot.flatMap { lotID($0, line.productID) },
          line.lot,
          line.quantity
        )
      }
    }
    var keys: [Key] = []
    let found =
      quants.map { Key($0.productID, $0.lotID) } + moves.map { Key($0.productID, $0.lotID) }
    for key in found where !keys.contains(key) { keys.append(key) }
    return keys.map { goods($0.productID, $0.lotID, nil, .zero) }
  }

  private func goods(
    _ product: Int,
    _ lotID: Int?,
    _ lot: String?,
    _ counted: Quantity
  ) -> Goods {
    let name = Self.name(of: count.uuid)
    let own = moves.filter { $0.productID == product && $0.lotID == lotID }
    let since = own.filter { line in
      guard !isOwn(line), !settings.ignoresWhatCameAfter else { return false }
      if let transfer = line.transferID {
        if moment.before.contains(transfer) { return false }
        if moment.after.contains(transfer) { return true }
      }
      return line.at >= moment.counted
    }
    return Goods(
      productID: product,
      lotID: lotID,
      lot: lot,
      counted: counted,
      quants: quants.filter { $0.productID == product && $0.lotID == lotID },
      since: since.map(\.change).reduce(.zero, +),
      isDone: own.contains { $0.reference.hasPrefix(name) }
    )
  }

  /// The goods with what was expected before the adjustment.
  private func finished(_ goods: Goods) -> CountedGoods {
    let name = Self.name(of: count.uuid)
    let adjusted = moves.filter {
      $0.productID == goods.productID && $0.lotID == goods.lotID && $0.reference.hasPrefix(name)
    }.map(\.change).reduce(.zero, +)
    var summary = goods.summary
    summary.expected -= adjusted
    return summary
  }
}
