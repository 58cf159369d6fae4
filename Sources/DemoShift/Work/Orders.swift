internal import TestKit

/// The twenty orders of the demo, and who does what for each.
struct Orders {
  private let web: Web
  private let shelf: Shelf
  private var random: SplitMix64

  /// What is decided for one order before it is worked on.
  struct Plan: Sendable {
    var style: Job.Style
    var picker: String
    var mistakes = false
    /// One unit of the first line is left for later.
    var leavesRest = false
    /// The rest is picked later in the shift.
    var comesBack = false
  }

  init(_ web: Web, _ shelf: Shelf, seed: UInt64) {
    self.web = web
    self.shelf = shelf
    random = SplitMix64(state: seed)
  }

  /// Orders of each of the two warehouses.
  static let perWarehouse = 10

  /// Makes the orders in the simulator; answers the plan of each by the order's name.
  mutating func make() throws -> [String: Plan] {
    var plans: [String: Plan] = [:]
    for number in 0..<Self.perWarehouse {
      for warehouse in ["WH", "TM3"] {
        let answer = try web.request(
          "POST",
          "/simulator/orders",
          ["warehouse": .string(warehouse), "lines": .array(lines(number))]
        )
        guard let name = answer["orders"]?.array.first?["name"]?.text else {
          throw DemoFailure("the simulator made no order: \(answer.json)")
        }
        plans[name] = warehouse == "WH" ? Self.oneStep(number) : Self.threeSteps(number)
      }
    }
    return plans
  }

  /// Transfers that the floor closes: one for an order in one step and three for one in three
  /// steps, and one for the rest that is fetched.
  static let closings = perWarehouse * 4 + 1

  private static func oneStep(_ number: Int) -> Plan {
    switch number {
    case 0...2: Plan(style: .raw, picker: "dock")
    case 3...6:
      Plan(
        style: .scan,
        picker: "bench",
        mistakes: number == 5,
        leavesRest: number == 4,
        comesBack: number == 4
      )
    default: Plan(style: .smart, picker: "aisle", leavesRest: number == 8)
    }
  }

  private static func threeSteps(_ number: Int) -> Plan {
    number % 2 == 0
      ? Plan(style: .scan, picker: "bench", mistakes: number == 2)
      : Plan(style: .smart, picker: "aisle", leavesRest: number == 5)
  }

  /// Two or three lines; every third order has a lot, every fourth a serial number.
  private mutating func lines(_ number: Int) -> [Value] {
    var picked = draw("none", 2)
    if number % 3 == 0 { picked += draw("lot", 1) }
    if number % 4 == 1 { picked += draw("serial", 1) }
    return picked.enumerated().map { index, product in
      let most = product.tracking == "none" ? 4 : 2
      let least = index == 0 ? 2 : 1
      return [
        "product": .string(product.code),
        "quantity": .number(Double(Int.random(in: least...most, using: &random))),
      ]
    }
  }

  private mutating func draw(_ tracking: String, _ count: Int) -> [Product] {
    let all = shelf.byCode.values.filter { $0.tracking == tracking }.sorted { $0.code < $1.code }
    return Array(all.shuffled(using: &random).prefix(count))
  }
}
