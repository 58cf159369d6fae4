internal import Floor
internal import Journal
internal import Odoo
internal import Testing

/// What a reader remembers between look-ups is never older than the mirror.
@Suite("The mirror's memory")
struct MirrorMemoryTests {
  let directory = ScratchDirectory()

  private func stamp(_ milliseconds: Int64) -> Stamp {
    Stamp(boot: 1, monotonic: milliseconds, wall: 0, synced: true)
  }

  private func product(_ name: String) -> MirrorChange {
    .products([Product(id: 1, name: name, barcode: "400")])
  }

  private func transfer(_ name: String) -> MirrorChange {
    .transfers(
      [
        Transfer(
          id: 1,
          name: name,
          state: .assigned,
          operation: Transfer.Operation(typeID: 1, step: .ship, warehouse: 1),
          locationID: 8,
          destinationID: 5,
          chain: "S1",
          moves: []
        )
      ],
      readStarted: 1
    )
  }

  @Test func forgetsWithEachChangeOfTheMirror() throws {
    let store = try MirrorStore(directory: directory.path)
    let reader = MirrorReader(directory: directory.path)
    for (round, name) in ["Bolt", "Screw", "Nail"].enumerated() {
      reader.begin(at: stamp(Int64(round)))
      let before = reader.articles(spellings: ["400"])
      #expect(reader.transfer(named: "WH/OUT/\(name)") == nil)
      #expect(reader.operation(barcode: name) == nil)
      try store.apply(product(name), at: stamp(0))
      try store.apply(transfer("WH/OUT/\(name)"), at: stamp(0))
      let operation = Mirrored.OperationType(
        id: 1,
        name: "Ship",
        barcode: name,
        step: .ship,
        warehouse: 1
      )
      try store.apply(.operationTypes([operation]), at: stamp(0))
      #expect(reader.articles(spellings: ["400"]) == before, "a batch sees one state")
      #expect(reader.transfer(named: "WH/OUT/\(name)") == nil)
      reader.end()
      reader.begin(at: stamp(Int64(round)))
      #expect(reader.articles(spellings: ["400"]).map(\.product.name) == [name])
      #expect(reader.product(id: 1)?.name == name)
      #expect(reader.transfer(named: "WH/OUT/\(name)") != nil)
      #expect(reader.operation(barcode: name)?.step == .ship)
      reader.end()
    }
  }

  @Test func remembersNothingOutsideOfABatch() throws {
    let store = try MirrorStore(directory: directory.path)
    let reader = MirrorReader(directory: directory.path)
    #expect(reader.product(id: 1) == nil)
    try store.apply(product("Bolt"), at: stamp(0))
    #expect(reader.product(id: 1)?.name == "Bolt")
    try store.apply(product("Screw"), at: stamp(0))
    #expect(reader.product(id: 1)?.name == "Screw")
  }

  @Test func holdsMoreQuestionsThanItsLimit() throws {
    let store = try MirrorStore(directory: directory.path)
    try store.apply(product("Bolt"), at: stamp(0))
    let reader = MirrorReader(directory: directory.path)
    reader.begin(at: stamp(0))
    for number in 0..<5000 { #expect(reader.articles(spellings: ["\(number + 1000)"]).isEmpty) }
    #expect(reader.articles(spellings: ["400"]).count == 1)
    reader.end()
  }
}
