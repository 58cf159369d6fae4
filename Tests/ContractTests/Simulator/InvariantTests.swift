internal import HTTPServer
internal import JSON
internal import OdooSimulator
internal import TestKit
internal import Testing

/// What must hold whatever an agent and people do to transfers, in any order.
@Suite("Invariants")
struct InvariantTests {
  @Test("stock is conserved and nothing is validated twice", arguments: OdooVersion.allCases)
  func stockIsConserved(_ version: OdooVersion) throws {
    let world = try SimulatedOdoo(
      version: version,
      world: .bare,
      clock: { 1_700_000_000_000_000 }
    )
    try world.admin.seed(Self.seed)
    let stock = totals(world)
    #expect(throws: Never.self) {
      try check(runs: 25, seed: 1) { choices in
        let odoo = SimulatedOdoo(copying: world, clock: { 1_700_000_001_000_000 })
        for _ in 0..<choices.int(1...25) { try act(odoo, &choices) }
        let state = odoo.admin.state()
        guard totals(odoo) == stock else { throw PropertyFailure("stock is not conserved") }
        for transfer in state["transfers"]?.array ?? [] { try verify(transfer) }
      }
    }
  }

  private static let seed: JSON = [
    "products": [
      ["code": "A"], ["code": "B"], ["code": "LOT", "tracking": "lot"],
      ["code": "SERIAL", "tracking": "serial"],
    ],
    "stock": .array(
      ["WH/Stock", "TM3/Stock"].flatMap { place -> [JSON] in
        let plain: [JSON] = ["A", "B"].map {
          ["product": .string($0), "location": .string(place), "quantity": 12]
        }
        let lots: [JSON] = (1...3).map {
          [
            "product": "LOT", "location": .string(place), "quantity": 5,
            "lot": .string("L\($0)\(place)"),
          ]
        }
        let serials: [JSON] = (1...8).map {
          [
            "product": "SERIAL", "location": .string(place), "quantity": 1,
            "lot": .string("S\($0)\(place)"),
          ]
        }
        return plain + lots + serials
      }
    ),
  ]

  private func totals(_ odoo: SimulatedOdoo) -> [String: Double] {
    var sums: [String: Double] = [:]
    for quant in odoo.admin.state()["quants"]?.array ?? [] {
      sums[quant["product"]?.string ?? "", default: 0] += quant["quantity"]?.double ?? 0
    }
    return sums.mapValues { ($0 * 100).rounded() }
  }

  private func verify(_ transfer: JSON) throws {
    let name = transfer["name"]?.string ?? ""
    let state = transfer["state"]?.string ?? ""
    let count = transfer["validated_count"]?.int ?? 0
    guard count == (state == "done" ? 1 : 0) else {
      throw PropertyFailure("\(name) is \(state) and was validated \(count) times")
    }
    for move in transfer["moves"]?.array ?? [] {
      let lines = move["lines"]?.array ?? []
      let sum = lines.reduce(0) { $0 + ($1["quantity"]?.double ?? 0) }
      guard move["quantity"]?.double == sum else {
        throw PropertyFailure(
          "\(name): a move of \(move["quantity"]?.text ?? "") with lines of \(sum)"
        )
      }
      let open = !["done", "cancel"].contains(move["state"]?.string ?? "")
      guard !open || !["done", "cancel"].contains(state) else {
        throw PropertyFailure("\(name) is \(state) with an open move")
      }
    }
  }

  /// One deed; errors of Odoo are part of life.
  private func act(_ odoo: SimulatedOdoo, _ choices: inout Choices) throws {
    let products = ["A", "B", "LOT", "SERIAL"]
    let transfers = odoo.admin.state()["transfers"]?.array ?? []
    guard !transfers.isEmpty, choices.chance(75) else {
      let lines = (0..<choices.int(1...3)).map { _ in
        (product: choices.element(of: products), quantity: Double(choices.int(1...6)))
      }
      try odoo.admin.order(warehouse: choices.element(of: ["WH", "TM3"]), lines)
      return
    }
    let transfer = choices.element(of: transfers)
    let lines = (transfer["moves"]?.array ?? []).flatMap { $0["lines"]?.array ?? [] }
    switch choices.int(0...6) {
    case 0...2:
      let drop = choices.chance(30)
      _ = try? odoo.admin.person([
        "do": "validate", "transfer": transfer["name"] ?? .null, "backorder": .bool(!drop),
      ])
    case 3, 4:
      guard !lines.isEmpty, transfer["state"] != "done" else { return }
      _ = try? odoo.admin.person([
        "do": "set_line", "line": choices.element(of: lines)["id"] ?? .null,
        "quantity": .int(choices.int(0...4)), "picked": .bool(choices.chance(80)),
      ])
    case 5: _ = try? odoo.admin.person(["do": "unreserve", "transfer": transfer["name"] ?? .null])
    default: _ = try? odoo.admin.person(["do": "cancel", "transfer": transfer["name"] ?? .null])
    }
  }
}
