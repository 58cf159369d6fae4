internal import JSON

/// Odoo at the end of a history, read from the simulator's own state.
struct EndState {
  struct Transfer {
    var id: Int
    var name: String
    var state: String
    var validations: Int
    var doneEdits: Int
    var tracking: String
    var backorderOf: Int?
    /// What its lines moved, if it is done.
    var moved: [GoodsKey: Int]
    /// What its open moves ask for, by product.
    var asked: [String: Int]

    /// What was moved, as far as a count can tell it: whoever counted loose pieces said nothing of
    /// a package that they came in.
    func moved(as closing: Closing) -> [GoodsKey: Int] {
      let named = Set(closing.goods.compactMap(\.package))
      var out: [GoodsKey: Int] = [:]
      for (key, quantity) in moved {
        var key = key
        if !named.contains(key.package) { key.package = "-" }
        out[key, default: 0] += quantity
      }
      return out
    }
  }

  /// Goods regardless of where they came from.
  struct GoodsKey: Hashable {
    var product: String
    var lot: String
    var package: String
  }

  struct StockKey: Hashable {
    var product: String
    var lot: String
    var place: String
  }

  private(set) var transfers: [Int: Transfer] = [:]
  private(set) var stock: [StockKey: Int] = [:]
  /// Weights of the packages of each name.
  private(set) var packages: [String: [Int]] = [:]

  init(_ state: JSON) {
    for row in state["transfers"]?.array ?? [] {
      let transfer = Self.transfer(row)
      transfers[transfer.id] = transfer
    }
    for row in state["quants"]?.array ?? [] {
      let key = StockKey(
        product: row["product"]?.string ?? "",
        lot: row["lot"]?.string ?? "-",
        place: row["location"]?.string ?? ""
      )
      stock[key, default: 0] += whole(row["quantity"])
    }
    for row in state["packages"]?.array ?? [] {
      packages[row["name"]?.string ?? "", default: []].append(whole(row["shipping_weight"]))
    }
  }

  private static func transfer(_ row: JSON) -> Transfer {
    var moved: [GoodsKey: Int] = [:]
    var asked: [String: Int] = [:]
    for move in row["moves"]?.array ?? [] {
      let state = move["state"]?.string
      if state == "done" {
        for line in move["lines"]?.array ?? [] where whole(line["quantity"]) != 0 {
          let key = GoodsKey(
            product: line["product"]?.string ?? "",
            lot: line["lot"]?.string ?? line["lot_name"]?.string ?? "-",
            package: line["result_package"]?.string ?? "-"
          )
          moved[key, default: 0] += whole(line["quantity"])
        }
      } else if state != "cancel" {
        asked[move["product"]?.string ?? "", default: 0] += whole(move["demand"])
      }
    }
    return Transfer(
      id: row["id"]?.int ?? 0,
      name: row["name"]?.string ?? "",
      state: row["state"]?.string ?? "",
      validations: row["validated_count"]?.int ?? 0,
      doneEdits: row["done_edits"]?.int ?? 0,
      tracking: row["tracking"]?.string ?? "",
      backorderOf: row["backorder_id"]?.int,
      moved: moved,
      asked: asked
    )
  }
}

/// A quantity in thousandths, so that no fraction is lost.
private func whole(_ json: JSON?) -> Int { Int(((json?.double ?? 0) * 1000).rounded()) }

extension Closing {
  /// What the floor counted, as Odoo must have it.
  var expected: [EndState.GoodsKey: Int] {
    var all: [EndState.GoodsKey: Int] = [:]
    for one in goods {
      let key = EndState.GoodsKey(
        product: one.product,
        lot: one.lot ?? "-",
        package: one.package ?? "-"
      )
      all[key, default: 0] += one.quantity * 1000
    }
    return all
  }
}
