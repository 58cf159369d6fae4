import Desk
import Floor
import JSON
import Odoo
import Testing

@Suite("Correcting a count") struct EditTests {
  static let counted = Counted(
    uuid: "uuid-1",
    target: .transfer(7),
    transferName: "WH/OUT/00007",
    warehouse: 1,
    chain: "S7",
    step: .ship,
    lines: [
      .init(productID: 1, package: "P1", quantity: Quantity(3)),
      .init(productID: 2, lot: "L1", quantity: Quantity(2)),
      .init(productID: 3, lot: "SN1", quantity: .one),
    ],
    packages: [.init(name: "P1", weight: Quantity("4.5"))],
    rest: .backorder,
    seen: [
      .init(moveID: 70, productID: 1, demand: Quantity(5)),
      .init(moveID: 71, productID: 2, demand: Quantity(2)),
      .init(moveID: 72, productID: 3, demand: .one),
    ]
  )

  static func asked(_ quantities: [Int: Int]) -> ApplyException.Versions {
    .init(
      basis: .asked,
      lines: quantities.sorted { $0.key < $1.key }.map { product, quantity in
        .init(
          productID: product,
          odoo: Quantity(quantity),
          floor: counted.lines.first { $0.productID == product }?.quantity
        )
      }
    )
  }

  static let tracking: [Int: Product.Tracking] = [1: .none, 2: .lot, 3: .serial]

  static func apply(
    _ text: String,
    _ versions: ApplyException.Versions? = nil,
    to confirmation: Counted = counted
  ) throws -> Counted {
    try Edit(json: try JSON.parse(text)).applied(
      to: confirmation,
      key: "key-2",
      knowing: .init(versions: versions, tracking: tracking)
    )
  }

  /// Hazard `replayed-key`: what an earlier content has sent must never be taken for this one.
  @Test func replayedKey() throws {
    let edited = try Self.apply(#"{"lines": [{"line": 1, "quantity": 2}]}"#)
    #expect(edited.uuid == "uuid-1", "it keeps its place in the chain")
    #expect(edited.key == "key-2" && Self.counted.key == "uuid-1")
    #expect(edited.lines[0].quantity == Quantity(2))
    #expect(edited.edition?.packages == ["P1"], "what may have been written is remembered")
    #expect(Counted(json: try JSON.parse(edited.json.text)) == edited)
    let again = try Edit(lines: [.init(number: 1, quantity: .one)]).applied(
      to: edited,
      key: "key-3",
      knowing: .init(versions: nil)
    )
    #expect(again.key == "key-3")
  }

  @Test func isComparedWithWhatOdooAskedForLast() throws {
    let edited = try Self.apply(
      #"{"lines": [{"line": 1, "quantity": 2}]}"#,
      Self.asked([1: 2, 2: 2, 3: 1])
    )
    #expect(edited.seen.map(\.demand) == [Quantity(2), Quantity(2), .one])
    #expect(edited.seen.allSatisfy { $0.moveID == nil })
  }

  @Test func aRenamedPackageKeepsItsWeight() throws {
    let edited = try Self.apply(#"{"lines": [{"line": 1, "package": "P2"}]}"#)
    #expect(edited.packages == [.init(name: "P2", weight: Quantity("4.5"))])
    let unpacked = try Self.apply(#"{"lines": [{"line": 1, "package": null}]}"#)
    #expect(unpacked.lines[0].package == nil && unpacked.packages.isEmpty)
  }

  @Test func takesLinesOutAndAddsOthers() throws {
    let edited = try Self.apply(
      """
      {"lines": [{"line": 3, "quantity": 0}, {"product": 1, "quantity": "1.5"}],
       "tracking": "1Z9", "rest": "drop"}
      """
    )
    #expect(edited.lines.map(\.productID) == [1, 2, 1])
    #expect(edited.lines[2].quantity == Quantity("1.5"))
    #expect(edited.tracking == "1Z9" && edited.rest == .drop)
  }

  @Test(
    "an edit that cannot be is refused with what to do",
    arguments: [
      (#"{"lines": [{"line": 4, "quantity": 1}]}"#, "lines 1 to 3"),
      (#"{"lines": [{"line": 1, "quantity": -1}]}"#, "from 0"),
      (#"{"lines": [{"line": 1, "quantity": 6}]}"#, "more than the 5"),
      (#"{"lines": [{"line": 1, "quantity": 3}]}"#, "changes nothing"),
      (#"{"lines": [{"product": 9, "quantity": 1}]}"#, "does not belong"),
      (#"{"lines": [{"line": 1, "lot": "L9"}]}"#, "has no lots"),
      (#"{"lines": [{"line": 2, "lot": null}]}"#, "needs a lot"),
      (#"{"lines": [{"line": 3, "lot": null}]}"#, "needs a serial number"),
      (#"{"lines": [{"product": 3, "lot": "SN2", "quantity": 1}]}"#, "more than the 1"),
      (#"{"lines": [{"line": 2, "lot": ""}]}"#, "1 to 128 bytes"),
      (#"{"lines": [{"line": 2, "lot": "a\u0007"}]}"#, "control characters"),
      (#"{"lines": [{"line": 2, "colour": "red"}]}"#, "colour is not known"),
      (#"{"tracking": null}"#, "not taken away"),
      (#"{"rest": "later"}"#, "backorder or drop"),
      (#"{"quantity": 4}"#, "quantity is not known"),
      (#"[]"#, "JSON object"),
      (
        #"{"lines": [{"line": 1, "quantity": 0}, {"line": 2, "quantity": 0}, {"line": 3, "quantity": 0}]}"#,
        "drop it"
      ),
    ]
  )
  func refuses(_ text: String, _ expected: String) {
    do {
      let edited = try Self.apply(text)
      Issue.record("was taken: \(edited)")
    } catch let problem as DecisionProblem {
      #expect(problem.description.contains(expected), "\(problem)")
    } catch {
      Issue.record("\(error)")
    }
  }

  @Test func aSerialNumberIsOneUnitOnOneLine() throws {
    #expect(throws: DecisionProblem.self) {
      try Self.apply(
        #"{"lines": [{"product": 3, "lot": "SN1", "quantity": 1}]}"#,
        Self.asked([1: 5, 2: 2, 3: 2])
      )
    }
    _ = try Self.apply(
      #"{"lines": [{"product": 3, "lot": "SN2", "quantity": 1}]}"#,
      Self.asked([1: 5, 2: 2, 3: 2])
    )
  }

  @Test func splitsByWhatOdooAsksFor() throws {
    let split = try Split(Self.counted, by: Self.asked([1: 1, 2: 2]), key: "key-2")
    #expect(split.fitting.lines.map(\.quantity) == [.one, Quantity(2)])
    #expect(split.rest.map(\.productID) == [1, 3])
    #expect(split.rest[0].quantity == Quantity(2) && split.rest[1].lot == "SN1")
    #expect(split.fitting.key == "key-2" && split.fitting.uuid == "uuid-1")
    var all: [Int: Quantity] = [:]
    for line in split.fitting.lines + split.rest {
      all[line.productID, default: .zero] += line.quantity
    }
    #expect(all == [1: Quantity(3), 2: Quantity(2), 3: .one], "nothing is lost, nothing is added")
  }

  @Test func doesNotSplitWhatFitsOrWhatNothingFitsOf() {
    for versions in [
      Self.asked([1: 5, 2: 2, 3: 1]), Self.asked([:]), nil,
      ApplyException.Versions(basis: .done, lines: []),
    ] {
      #expect(throws: DecisionProblem.self) {
        try Split(Self.counted, by: versions, key: "key-2")
      }
    }
  }
}
