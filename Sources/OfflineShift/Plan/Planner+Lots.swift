/// Mistakes while a lot or serial number is awaited.
extension Planner {
  func awaiting(_ article: Article, _ tally: Tally, _ desk: Int) -> [Slip] {
    var slips = [Slip(.lotMissing, "OBTVALI", .bad("lot_missing"))]
    let warehouse = orders[tally.task.order].order.route.warehouse
    if article.tracking == .serial,
      let serial = tally.now.goods.keys.filter({ $0.article == article.code }).min()?.lot
    {
      slips.append(Slip(.serialTwice, serial, .bad("serial_twice")))
    }
    // A receipt takes a lot that nobody has seen before.
    guard tally.task.step != .receive else { return slips }
    slips.append(Slip(.wrongLot, "NO-SUCH-LOT", .bad("wrong_lot")))
    if let other = Catalog.articles.first(where: { other in
      other.tracking == .lot && other.code != article.code && tally.task.wanted[other.code] == nil
    }) {
      let lot = Stock.spareLot(other.code, warehouse)
      slips.append(Slip(.lotOfOtherProduct, lot, .bad("wrong_lot")))
    }
    if tally.task.isArrival {
      let spare = Stock.spareLot(article.code, warehouse)
      let isPicked = tally.task.expected.keys.contains { $0.lot == spare }
      if article.tracking == .lot, !isPicked {
        slips.append(Slip(.lotNotPicked, spare, .bad("wrong_lot")))
      }
      return slips
    }
    if article.expires {
      slips.append(
        Slip(.expiredLot, Stock.expiredLot(article.code, warehouse), .bad("expired_lot"))
      )
    }
    if article.tracking == .serial, let serial = serialElsewhere(article.code, desk) {
      slips.append(Slip(.serialElsewhere, serial, .bad("serial_elsewhere")))
    }
    return slips
  }

  /// A serial number that is counted at another station, and that Odoo knows.
  private func serialElsewhere(_ code: String, _ desk: Int) -> String? {
    for other in desks where other.place.name != desks[desk].place.name {
      guard let tally = other.open, tally.task.step != .receive else { continue }
      if let goods = tally.now.goods.keys.filter({ $0.article == code }).min() { return goods.lot }
    }
    return nil
  }
}
