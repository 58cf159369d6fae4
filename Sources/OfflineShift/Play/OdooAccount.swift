internal import DemoShift

/// What the simulator's own account of its state says, in the checker's words.
struct OdooAccount {
  private let state: Value

  init(_ web: Web) throws { state = try web.request("GET", "/simulator/state") }

  /// The kind of work of a transfer; nil for one that the shift does not know.
  static func step(_ transfer: Value) -> Step? {
    let steps: [String: Step] = ["IN": .receive, "PICK": .pick, "PACK": .pack, "OUT": .ship]
    return transfer["type"]?.text.flatMap { steps[$0] }
  }

  /// Reserved or done goods of a transfer.
  static func goods(_ transfer: Value) -> [Goods: Double] {
    var goods: [Goods: Double] = [:]
    for move in transfer["moves"]?.array ?? [] where move["state"]?.text != "cancel" {
      for line in move["lines"]?.array ?? [] {
        let item = Goods(
          line["product"]?.text ?? "",
          lot: line["lot"]?.text,
          source: line["package"]?.text,
          package: line["result_package"]?.text
        )
        goods[item, default: 0] += (line["quantity"]?.number ?? 0) * units(line)
      }
    }
    return goods
  }

  /// Units of what the quantity of a move or line is in.
  private static func units(_ line: Value) -> Double { line["unit"]?.text == "Dozens" ? 12 : 1 }

  /// All transfers; `validations` says where among all calls each was validated.
  func transfers(_ validations: [Int: Int]) -> [Account.Transfer] {
    (state["transfers"]?.array ?? []).compactMap { transfer in
      guard let step = Self.step(transfer) else { return nil }
      var demand: [String: Double] = [:]
      for move in transfer["moves"]?.array ?? [] where move["state"]?.text != "cancel" {
        demand[move["product"]?.text ?? "", default: 0] +=
          (move["demand"]?.number ?? 0) * Self.units(move)
      }
      return Account.Transfer(
        name: transfer["name"]?.text ?? "",
        order: transfer["origin"]?.text ?? "",
        step: step,
        state: transfer["state"]?.text ?? "",
        validations: transfer["validated_count"]?.int ?? 0,
        edits: transfer["done_edits"]?.int ?? 0,
        validatedAt: transfer["id"]?.int.flatMap { validations[$0] },
        demand: demand,
        goods: Self.goods(transfer)
      )
    }
  }

  /// Stock by place, without bins.
  var stock: [Account.Spot: Double] {
    var stock: [Account.Spot: Double] = [:]
    for quant in state["quants"]?.array ?? [] {
      let goods = Goods(
        quant["product"]?.text ?? "",
        lot: quant["lot"]?.text,
        package: quant["package"]?.text
      )
      let spot = Account.Spot(Self.place(quant["location"]?.text ?? ""), goods)
      stock[spot, default: 0] += quant["quantity"]?.number ?? 0
    }
    return stock
  }

  /// `TM3/Stock` for `TM3/Stock/A-1`, `Customers` for `Partners/Customers`.
  private static func place(_ location: String) -> String {
    let parts = location.split(separator: "/").map(String.init)
    guard let first = parts.first, Stock.warehouses.contains(first) else { return parts.last ?? "" }
    return parts.prefix(2).joined(separator: "/")
  }

  /// Gross weights of packages in kilograms.
  var kilograms: [String: Double] {
    var weights: [String: Double] = [:]
    for package in state["packages"]?.array ?? [] {
      if let name = package["name"]?.text, let weight = package["shipping_weight"]?.number {
        weights[name] = weight
      }
    }
    return weights
  }
}

/// Which transfers were validated when, gathered from the simulator's log while it forgets.
struct ValidationLog {
  private(set) var places: [Int: Int] = [:]
  private var read = 0

  /// Reads what is new; throws where the log has forgotten calls that were not read yet.
  mutating func read(_ web: Web) throws {
    let log = try web.request("GET", "/simulator/log")
    let calls = log["calls"]?.array ?? []
    if let first = calls.first?["seq"]?.int, first > read {
      throw DemoFailure("the simulator's log has forgotten calls \(read) to \(first)")
    }
    for call in calls {
      guard let place = call["seq"]?.int, place >= read else { continue }
      guard call["method"]?.text == "button_validate", call["outcome"]?.text == "ok" else {
        continue
      }
      for id in call["ids"]?.array ?? [] {
        if let id = id.int, places[id] == nil { places[id] = place }
      }
    }
    read = log["total"]?.int ?? read
  }
}
