internal import Floor

/// Random orders for round trips; deterministic for a seed.
struct RandomOrders {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func number(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    z ^= z >> 31
    return Int(z % UInt64(bound))
  }

  mutating func id() -> Int { number(4) == 0 ? number(1 << 40) : number(50) }

  mutating func text() -> String {
    let alphabet: [Character] = [
      "a", "Z", "0", "/", " ", "\"", "\\", "\n", "\t", "\u{0}", "\u{1F}", "\u{7F}", "ü", "字", "📦",
    ]
    return String((0..<number(12)).map { _ in alphabet[number(alphabet.count)] })
  }

  mutating func quantity() -> Quantity {
    let magnitude = [1, 1000, 1_000_000, 1_000_000_000_000_000][number(4)]
    return Quantity(millionths: Int64(number(2 * magnitude) - magnitude))
  }

  mutating func maybe<Value>(_ make: (inout RandomOrders) -> Value) -> Value? {
    number(2) == 0 ? nil : make(&self)
  }

  mutating func some<Value>(_ make: (inout RandomOrders) -> Value) -> [Value] {
    (0..<number(4)).map { _ in make(&self) }
  }

  mutating func one<Value>(of values: Value...) -> Value { values[number(values.count)] }

  mutating func step() -> Transfer.Step { one(of: .receive, .pick, .pack, .ship, .move) }

  mutating func reference() -> Reference { Reference(id: id(), name: text()) }

  mutating func line() -> MoveLine {
    MoveLine(
      id: id(),
      quantity: quantity(),
      picked: number(2) == 0,
      lot: maybe { $0.reference() },
      package: maybe { $0.reference() },
      resultPackage: maybe { $0.reference() },
      locationID: id(),
      destinationID: id()
    )
  }

  mutating func move() -> Move {
    Move(
      id: id(),
      productID: id(),
      demand: quantity(),
      unitID: maybe { $0.id() },
      lines: some { $0.line() }
    )
  }

  mutating func transfer() -> Transfer {
    Transfer(
      id: id(),
      name: text(),
      state: one(of: .draft, .waiting, .confirmed, .assigned, .done, .cancelled),
      operation: Transfer.Operation(typeID: id(), step: step(), warehouse: id()),
      locationID: id(),
      destinationID: id(),
      partner: maybe { $0.text() },
      origin: maybe { $0.text() },
      scheduled: maybe { Int64($0.number(1 << 50)) - 1 << 49 },
      chain: text(),
      backorderOf: maybe { $0.id() },
      moves: some { $0.move() }
    )
  }

  mutating func product() -> Product {
    Product(
      id: id(),
      name: text(),
      reference: maybe { $0.text() },
      barcode: maybe { $0.text() },
      tracking: one(of: .none, .lot, .serial),
      weight: quantity(),
      unitID: maybe { $0.id() }
    )
  }

  mutating func confirmation() -> Confirmation {
    Confirmation(
      uuid: text(),
      target: number(2) == 0 ? .transfer(id()) : .remainder(of: text()),
      transferName: text(),
      warehouse: id(),
      chain: text(),
      step: step(),
      operation: maybe { $0.text() },
      scheduled: maybe { Int64($0.id()) },
      lines: some {
        Confirmation.Line(
          productID: $0.id(),
          lot: $0.maybe { $0.text() },
          sourcePackage: $0.maybe { $0.text() },
          package: $0.maybe { $0.text() },
          quantity: $0.quantity()
        )
      },
      packages: some {
        Confirmation.Package(name: $0.text(), weight: $0.maybe { $0.quantity() })
      },
      tracking: maybe { $0.text() },
      rest: one(of: .backorder, .drop),
      seen: some {
        Confirmation.SeenMove(
          moveID: $0.maybe { $0.id() },
          productID: $0.id(),
          demand: $0.quantity()
        )
      }
    )
  }
}
