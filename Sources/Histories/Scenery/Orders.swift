internal import Floor
internal import JSON
internal import OdooSimulator
internal import TestKit

/// An order or a receipt of a history: what one chain of confirmations is about.
struct OrderPlan {
  let chain: String
  let house: Scenery.House
  let legs: [Scenery.Leg]
  let isReceipt: Bool
  /// Name of the order in Odoo; empty for a receipt.
  var origin = ""
  /// The transfer that there is from the start.
  var first = 0
  var firstName = ""
}

extension History {
  /// Draws an order or a receipt and makes it in Odoo.
  func makeOrder(_ number: Int) throws -> OrderPlan {
    // Dull first: a delivery in one step.
    let kind = wishes.chains ? choices.int(4...6) : wishes.twins ? 0 : choices.int(0...9)
    let houses = scenery.houses
    let (house, isReceipt) =
      switch kind {
      case 0...3: (houses[0], false)
      case 4...5: (houses[1], false)
      case 6: (houses[2], false)
      case 7, 8: (houses[choices.int(0...2)], true)
      default: (houses[3], true)
      }
    var plan = OrderPlan(
      chain: "chain \(number)",
      house: house,
      legs: isReceipt ? house.incoming : house.outgoing,
      isReceipt: isReceipt
    )
    let usable = scenery.articles.filter { !isReceipt || !$0.isPacked }
    let wanted = [wishes.serials ? "DRILL" : nil, wishes.lots ? "RESIN" : nil].compactMap(\.self)
    let lines =
      wanted.map { (product: $0, quantity: 1.0) }
      + choices.array(1...3) { choices -> (product: String, quantity: Double) in
        let article = choices.element(of: usable)
        let most = article.tracking == .serial ? 2 : article.isPacked ? 2 : 5
        let quantity = choices.int(1...most)
        return (article.code, Double(article.isPacked ? quantity * 2 : quantity))
      }
    let transfer: JSON
    if isReceipt {
      transfer = try odoo.admin.receipt(warehouse: house.code, lines)
    } else {
      let order = try odoo.admin.order(warehouse: house.code, lines)
      plan.origin = order["name"]?.string ?? ""
      let all = order["transfers"]?.array ?? []
      transfer = all.first { $0["type"]?.string == plan.legs[0].type } ?? .null
    }
    plan.first = transfer["id"]?.int ?? 0
    plan.firstName = transfer["name"]?.string ?? ""
    return plan
  }
}
