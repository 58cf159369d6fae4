/// Where the demo reads what Odoo says.
protocol OdooSource: Sendable {
  /// Reads the state of all transfers that the demo looks at.
  func state() throws -> OdooState
}

/// The simulator's own account of its state, which stays readable while its Odoo is down.
struct SimulatorSource: OdooSource {
  let web: Web

  func state() throws -> OdooState {
    let json = try web.request("GET", "/simulator/state")
    var weights: [String: Double] = [:]
    for package in json["packages"]?.array ?? [] {
      if let name = package["name"]?.text, let weight = package["shipping_weight"]?.number {
        weights[name] = weight
      }
    }
    return OdooState(
      transfers: (json["transfers"]?.array ?? []).map(Self.transfer),
      weights: weights,
      orders: (json["orders"]?.array ?? []).flatMap { order in
        (order["lines"]?.array ?? []).map { line in
          OdooState.OrderLine(
            order: order["name"]?.text ?? "",
            product: line["product"]?.text ?? "",
            ordered: line["ordered"]?.number ?? 0,
            delivered: line["delivered"]?.number ?? 0
          )
        }
      }
    )
  }

  private static func transfer(_ json: Value) -> OdooTransfer {
    var demand: [String: Double] = [:]
    var lines: [OdooTransfer.Line] = []
    for move in json["moves"]?.array ?? [] where move["state"]?.text != "cancel" {
      demand[move["product"]?.text ?? "", default: 0] += move["demand"]?.number ?? 0
      for line in move["lines"]?.array ?? [] {
        lines.append(
          OdooTransfer.Line(
            product: line["product"]?.text ?? "",
            quantity: line["quantity"]?.number ?? 0,
            lot: line["lot"]?.text,
            package: line["package"]?.text,
            resultPackage: line["result_package"]?.text
          )
        )
      }
    }
    let steps: [String: OdooTransfer.Step] = [
      "IN": .receive, "PICK": .pick, "PACK": .pack, "OUT": .ship,
    ]
    return OdooTransfer(
      id: json["id"]?.int ?? 0,
      name: json["name"]?.text ?? "",
      state: json["state"]?.text ?? "",
      step: steps[json["type"]?.text ?? ""] ?? .other,
      origin: json["origin"]?.text ?? "",
      backorderOf: json["backorder_id"]?.int,
      tracking: json["tracking"]?.text,
      validations: json["validated_count"]?.int,
      editsAfterDone: json["done_edits"]?.int,
      lines: lines,
      demand: demand
    )
  }
}
