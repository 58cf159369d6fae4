internal import Floor
internal import JSON
internal import Odoo
internal import OdooSimulator
internal import Testing

/// Hazard `chain-binding`: steps that were closed offline in a row find their transfers.
@Suite("Chain binding")
struct ChainBindingTests {
  typealias Version = OdooSimulator.OdooVersion

  /// An order of five bolts in three steps; answers its pick and the product.
  private func order(_ chain: ChainBench) throws -> (pick: Int, product: Int) {
    let order = try chain.admin.order(warehouse: "TM3", [("TM-1001", 5)])
    let pick = try #require(order["transfers"]?.array?.first { $0["type"] == "PICK" })
    return (
      try #require(pick["id"]?.int), try #require(pick.at(pointer: "/moves/0/product_id")?.int)
    )
  }

  private func isApplied(_ outcome: ApplyOutcome) -> Bool {
    if case .applied = outcome { true } else { false }
  }

  @Test("pick, pack and ship in full", arguments: Setup.all)
  func allThreeInFull(_ setup: Setup) throws {
    let chain = try ChainBench(setup)
    let (id, product) = try order(chain)
    let pick = chain.closed(.transfer(id), .pick, [(product, 5)], seen: try chain.seen(id))
    let pack = chain.closed(.next(of: pick.uuid, .pack), .pack, [(product, 5)])
    let ship = chain.closed(.next(of: pack.uuid, .ship), .ship, [(product, 5)])
    for one in [pick, pack, ship] { #expect(isApplied(try chain.apply(one)), "\(chain.outcomes)") }
    let (done, wrongs) = chain.summary()
    #expect(done == ["PICK": [5], "PACK": [5], "OUT": [5]])
    #expect(wrongs.isEmpty)
    #expect(chain.admin.state().at(pointer: "/orders/0/lines/0/delivered")?.double == 5)
  }

  /// In which order a short pick, its rest, and the steps behind them are closed.
  enum Course: CaseIterable {
    /// Each part goes all the way before the rest is picked.
    case partByPart
    /// Both parts are picked, then packed and shipped together.
    case together
    /// Both parts are picked and packed apart, and shipped together.
    case packedApart
    /// The rest is picked while the first part is packed, and packed as the rest of it.
    case packedAsRest
  }

  @Test("a short pick and its rest, in every order", arguments: Setup.all, Course.allCases)
  func shortPick(_ setup: Setup, _ course: Course) throws {
    let chain = try ChainBench(setup)
    #expect(try run(course, chain))
    let (done, wrongs) = chain.summary()
    #expect(wrongs.isEmpty, "\(course)")
    #expect(done["PICK"] == [3, 2])
    #expect(done["PACK"]?.reduce(0, +) == 5)
    #expect(done["OUT"]?.reduce(0, +) == 5)
    #expect(chain.admin.state().at(pointer: "/orders/0/lines/0/delivered")?.double == 5)
  }

  /// Closes and applies a course; true if all of it was applied.
  private func run(_ course: Course, _ chain: ChainBench) throws -> Bool {
    let (id, product) = try order(chain)
    let p1 = chain.closed(.transfer(id), .pick, [(product, 3)], seen: try chain.seen(id))
    let p2 = chain.closed(.remainder(of: p1.uuid), .pick, [(product, 2)])
    func pack(_ after: Closed, _ quantity: Int) -> Closed {
      chain.closed(.next(of: after.uuid, .pack), .pack, [(product, quantity)])
    }
    func ship(_ after: Closed, _ quantity: Int) -> Closed {
      chain.closed(.next(of: after.uuid, .ship), .ship, [(product, quantity)])
    }
    let all: [Closed]
    switch course {
    case .partByPart:
      let (k1, k2) = (pack(p1, 3), pack(p2, 2))
      all = [p1, k1, ship(k1, 3), p2, k2, ship(k2, 2)]
    case .together:
      let k = pack(p2, 5)
      all = [p1, p2, k, ship(k, 5)]
    case .packedApart:
      let (k1, k2) = (pack(p1, 3), pack(p2, 2))
      all = [p1, k1, p2, k2, ship(k2, 5)]
    case .packedAsRest:
      let k1 = pack(p2, 3)
      let k2 = chain.closed(.remainder(of: k1.uuid), .pack, [(product, 2)])
      all = [p1, p2, k1, k2, ship(k2, 5)]
    }
    for one in all where !isApplied(try chain.apply(one)) { return false }
    return true
  }

  @Test("negative control: who takes the first that follows is caught")
  func takingTheFirstIsCaught() throws {
    var isCaught = false
    for setup in Setup.all {
      for course in Course.allCases {
        let chain = try ChainBench(setup)
        chain.takesTheFirst = true
        if try !run(course, chain) || !chain.summary().wrongs.isEmpty { isCaught = true }
      }
    }
    #expect(isCaught)
  }

  @Test(
    "receipts in two and three steps, in full and short",
    arguments: Setup.all,
    ["two_steps", "three_steps"]
  )
  func receipts(_ setup: Setup, _ steps: String) throws {
    for quantity in [5, 3] {
      let chain = try ChainBench(
        setup,
        seed: ["warehouses": [["code": "RC", "reception": .string(steps)]]]
      )
      let receipt = try chain.admin.receipt(warehouse: "RC", [("TM-1001", 5)])
      let id = try #require(receipt["id"]?.int)
      let product = try #require(receipt.at(pointer: "/moves/0/product_id")?.int)
      var last = chain.closed(
        .transfer(id),
        .receive,
        [(product, quantity)],
        seen: try chain.seen(id)
      )
      #expect(isApplied(try chain.apply(last)))
      for _ in 0..<(steps == "two_steps" ? 1 : 2) {
        last = chain.closed(.next(of: last.uuid, .move), .move, [(product, quantity)])
        #expect(isApplied(try chain.apply(last)), "\(chain.outcomes)")
      }
      let stock = chain.admin.state()["quants"]?.array?.filter { $0["location"] == "RC/Stock" }
      #expect(stock?.map { $0["quantity"]?.double } == [Double(quantity)])
    }
  }

  /// A pick of two products whose pack Odoo's users divided over two transfers.
  private func divided(_ chain: ChainBench) throws -> (Closed, [Int]) {
    let order = try chain.admin.order(warehouse: "TM3", [("TM-1001", 5), ("TM-1002", 2)])
    let pick = try #require(order["transfers"]?.array?.first { $0["type"] == "PICK" })
    let id = try #require(pick["id"]?.int)
    let products = (pick["moves"]?.array ?? []).compactMap { $0["product_id"]?.int }
    let first = chain.closed(
      .transfer(id),
      .pick,
      [(products[0], 5), (products[1], 2)],
      seen: try chain.seen(id)
    )
    #expect(isApplied(try chain.apply(first)))
    let pack = try #require(
      chain.admin.state()["transfers"]?.array?.first { $0["type"] == "PACK" }?["id"]?.int
    )
    let row = try chain.admin.call(
      "stock.picking",
      "read",
      [.int(pack)],
      ["picking_type_id", "location_id", "location_dest_id"]
    )?[0]
    let other = try chain.admin.call(
      "stock.picking",
      "create",
      [
        "picking_type_id": row?["picking_type_id"]?[0] ?? .null,
        "location_id": row?["location_id"]?[0] ?? .null,
        "location_dest_id": row?["location_dest_id"]?[0] ?? .null,
      ]
    )?.int
    let moves = try chain.bench.transfer(pack)["moves"]?.array ?? []
    let moved = try #require(moves.first { $0["product_id"]?.int == products[1] })
    let new = try #require(other)
    _ = try chain.admin.call(
      "stock.move",
      "write",
      [moved["id"] ?? .null],
      ["picking_id": .int(new)]
    )
    for line in moved["lines"]?.array ?? [] {
      _ = try chain.admin.call(
        "stock.move.line",
        "write",
        [line["id"] ?? .null],
        ["picking_id": .int(new)]
      )
    }
    return (first, products)
  }

  @Test("of several that follow, the one that asks for what was counted", arguments: [18, 19])
  func choosesByProduct(_ major: Int) throws {
    let chain = try ChainBench(Setup(try #require(Version(rawValue: major))))
    let (pick, products) = try divided(chain)
    let nuts = chain.closed(.next(of: pick.uuid, .pack), .pack, [(products[1], 2)])
    let bolts = chain.closed(.next(of: pick.uuid, .pack), .pack, [(products[0], 5)])
    #expect(isApplied(try chain.apply(nuts)), "\(chain.outcomes)")
    #expect(isApplied(try chain.apply(bolts)), "\(chain.outcomes)")
    #expect(chain.bound[nuts.uuid] != chain.bound[bolts.uuid])
  }

  @Test("what several share is for a person, with their names", arguments: [18, 19])
  func severalAreForAPerson(_ major: Int) throws {
    let chain = try ChainBench(Setup(try #require(Version(rawValue: major))))
    let (pick, products) = try divided(chain)
    let both = chain.closed(
      .next(of: pick.uuid, .pack),
      .pack,
      [(products[0], 5), (products[1], 2)]
    )
    guard case .exception(let exception) = try chain.apply(both) else {
      Issue.record("\(chain.outcomes)")
      return
    }
    #expect(exception.category == .severalNext)
    #expect(exception.sentence.contains("TM3/PACK/00001, TM3/PACK/00002"))
  }

  @Test("nothing follows the last step: it waits, then a person is asked")
  func nothingFollows() throws {
    let chain = try ChainBench(Setup(.v18))
    let order = try chain.admin.order([("TM-1001", 2)])
    let id = try #require(order.at(pointer: "/transfers/0/id")?.int)
    let product = try #require(order.at(pointer: "/transfers/0/moves/0/product_id")?.int)
    let ship = chain.closed(.transfer(id), .ship, [(product, 2)], seen: try chain.seen(id))
    #expect(isApplied(try chain.apply(ship)))
    let next = chain.closed(.next(of: ship.uuid, .move), .move, [(product, 2)])
    guard case .later(let later) = try chain.apply(next) else {
      Issue.record("\(chain.outcomes)")
      return
    }
    #expect(later.kind == nil && later.retryAfter == .seconds(60))
    guard case .exception(let exception) = try chain.apply(next, missedBefore: 10) else {
      Issue.record("\(chain.outcomes)")
      return
    }
    #expect(exception.category == .noNext)
  }
}
