internal import Floor
internal import JSON
internal import Odoo
internal import OdooSimulator
internal import Testing

/// The refresh against a stand-in for Odoo that answers as the recordings do.
struct SimulatorRefreshTests {
  @Test(arguments: OdooSimulator.OdooVersion.allCases)
  func mirrorsMasterData(version: OdooSimulator.OdooVersion) throws {
    let site = try SimulatedSite(version)
    let summary = try site.update(.batch)
    #expect(summary.skipped.isEmpty)
    #expect(site.refresh.state.hasMasterData)
    #expect(site.mirror.products.count >= 20)
    #expect(site.mirror.products.values.contains { $0.tracking == .serial })
    #expect(site.mirror.packagings.count >= 5)
    #expect(site.mirror.locations.values.contains { $0.barcode == "WH-A-01-1" })
    #expect(!site.mirror.lots.isEmpty)
    #expect(Set(site.mirror.types.map(\.step)).isSuperset(of: [.receive, .pick, .pack, .ship]))
    let packaging = try #require(site.mirror.packagings.values.min { $0.id < $1.id })
    switch packaging.content {
    case .units(let quantity): #expect(quantity == Quantity(12))
    case .unit(let unit):
      #expect(site.mirror.units.first { $0.id == unit }?.ratio == Quantity(12))
    }
  }

  @Test(arguments: OdooSimulator.OdooVersion.allCases)
  func allStepsAndBackordersOfAnOrderShareAChain(
    version: OdooSimulator.OdooVersion
  ) throws {
    let site = try SimulatedSite(version)
    try site.server.admin.order(warehouse: "TM3", [("TM-1001", 5), ("TM-1002", 3)])
    try site.server.admin.order(warehouse: "TM3", [("TM-1001", 2)])
    try site.update()
    let steps = { site.mirror.transfers.values.filter { $0.state == .assigned } }
    #expect(steps().map(\.operation.step) == [.pick, .pick])
    let first = try #require(steps().min { $0.id < $1.id })
    #expect(first.moves.count == 2)
    #expect(first.moves.allSatisfy { !$0.lines.isEmpty })
    // A part of the first pick is done: its backorder and the pack follow.
    let line = try #require(first.moves.first?.lines.first)
    _ = try site.call(
      OdooCall(
        "stock.picking",
        "write",
        ids: [first.id],
        arguments: [
          "vals": [
            "move_line_ids": [[1, .int(line.id), ["quantity": 4, "picked": true]]]
          ]
        ],
        writes: true
      )
    ).get()
    _ = try site.call(
      OdooCall(
        "stock.picking",
        "button_validate",
        ids: [first.id],
        context: ["skip_backorder": true, "skip_sms": true],
        writes: true
      )
    ).get()
    try site.update()
    #expect(site.mirror.transfers[first.id]?.state == .done)
    let chain = site.mirror.transfers.values.filter { $0.chain == first.chain }
    #expect(chain.contains { $0.operation.step == .pack })
    #expect(chain.contains { $0.backorderOf == first.id && $0.operation.step == .pick })
    #expect(Set(site.mirror.transfers.values.map(\.chain)).count == 2)
    let again = try site.update(.transfers(.compare))
    #expect(again.missed == 0)
  }

  @Test(arguments: OdooSimulator.OdooVersion.allCases)
  func followsWhatPeopleDo(version: OdooSimulator.OdooVersion) throws {
    let site = try SimulatedSite(version)
    for _ in 0..<4 { try site.server.admin.order([("TM-1001", 5), ("TM-1002", 2)]) }
    try site.update()
    let names = site.mirror.transfers.values.map(\.name).sorted()
    #expect(names.count == 4)
    try site.server.admin.person(["do": "validate", "transfer": .string(names[0])])
    try site.server.admin.person(["do": "cancel", "transfer": .string(names[1])])
    try site.update()
    func state(_ name: String) -> Transfer.State? {
      site.mirror.transfers.values.first { $0.name == name }?.state
    }
    #expect(state(names[0]) == .done)
    #expect(state(names[1]) == .cancelled)
    #expect(state(names[2]) == .assigned)
    let compared = try site.update(.transfers(.compare))
    #expect(compared.missed == 0)
    let everything = try site.update(.transfers(.everything))
    #expect(everything.complete)
    #expect(state(names[3]) == .assigned)
  }
}
