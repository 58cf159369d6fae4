import Floor
import Testing

/// Pick, pack and ship while Odoo is away.
@Suite struct ChainFlowTests {
  static let site = FloorSite(
    stations: [
      "pick1": StationRole(steps: [.pick]), "pack1": StationRole(steps: [.pack]),
      "dock1": StationRole(steps: [.ship]),
    ]
  )

  /// An order for 5 bolts and 4 paints in three steps; on 17 the later steps wait in Odoo.
  static func mirror(_ version: Int) -> MemoryMirror {
    let mirror = MemoryMirror.warehouse()
    mirror.route = Route(delivery: [.pick, .pack, .ship])
    mirror.locations = [Location(id: 90, name: "WH/Dock", barcode: "DOCK-1")]
    func order(
      _ id: Int,
      _ name: String,
      _ step: Transfer.Step,
      _ state: Transfer.State
    ) -> Transfer {
      var transfer = MemoryMirror.transfer(id, name, step, [(id * 10, 1, 5), (id * 10 + 1, 4, 4)])
      transfer.state = state
      transfer.chain = "group:77"
      if state == .waiting {
        for move in transfer.moves.indices { transfer.moves[move].lines = [] }
      }
      return transfer
    }
    mirror.transfers = [order(30, "WH/PICK/00030", .pick, .assigned)]
    if version == 17 {
      mirror.transfers.append(order(31, "WH/PACK/00031", .pack, .waiting))
      mirror.transfers.append(order(32, "WH/OUT/00032", .ship, .waiting))
    }
    return mirror
  }

  private func pickShort(_ bench: inout Workbench) {
    #expect(
      bench.codes(
        at: "pick1",
        "WH/PICK/00030",
        "4006381333931",
        "4006381333931",
        "4006381333931",
        "PAINT",
        "LOT-A",
        "OBTVALI",
        "OBTVALI"
      ) == [
        .opened, .counted, .counted, .counted, .scanLot, .counted, .confirmIncomplete, .confirmed,
      ]
    )
  }

  @Test(arguments: [17, 18, 19])
  func aShortPickIsAShortPack(version: Int) {
    var bench = Workbench(Self.mirror(version), site: Self.site)
    pickShort(&bench)
    #expect(bench.scan("WH/PICK/00030", at: "pack1").code == .opened)
    #expect(bench.tally("pack1")?.demand == Quantity(4))
    #expect(
      bench.codes(
        at: "pack1",
        "4006381333931",
        "4006381333931",
        "4006381333931",
        "4006381333931",
        "PAINT",
        "LOT-B",
        "LOT-A",
        "PACK0000100",
        "OBTVALI"
      ) == [
        .counted, .counted, .counted, .tooMany, .scanLot, .wrongLot, .complete, .packed, .confirmed,
      ]
    )
    let pack = bench.confirmations[1]
    #expect(pack.chain == "group:77")
    #expect(pack.step == .pack)
    #expect(pack.rest == .backorder)
    if version == 17 {
      #expect(pack.target == .transfer(31))
      #expect(pack.seen.map(\.demand) == [Quantity(5), Quantity(4)])
    } else {
      #expect(pack.target == .next(of: bench.confirmations[0].uuid, .pack))
      #expect(pack.seen.map(\.moveID) == [nil, nil])
    }
  }

  @Test(arguments: [17, 18, 19])
  func parcelsArePackedAndLoaded(version: Int) {
    var bench = Workbench(Self.mirror(version), site: Self.site)
    pickShort(&bench)
    _ = bench.codes(
      at: "pack1",
      "WH/PICK/00030",
      "4006381333931",
      "4006381333931",
      "4006381333931",
      "PACK0000100",
      "PAINT",
      "LOT-A",
      "PACK0000101",
      "OBTVALI"
    )
    #expect(
      bench.codes(
        at: "dock1",
        "DOCK-1",
        "PACK0000100",
        "PACK0000100",
        "PACK0000999",
        "DOCK-1",
        "PACK0000101",
        "DOCK-1"
      ) == [
        .loadOpened, .loaded, .packageTwice, .packageUnknown, .confirmIncomplete,
        .loaded, .loadClosed,
      ]
    )
    let ship = bench.confirmations[2]
    #expect(
      ship.target == (version == 17 ? .transfer(32) : .next(of: bench.confirmations[1].uuid, .ship))
    )
    #expect(
      ship.lines.map(\.sourcePackage) == ["PACK0000100", "PACK0000101"]
        && ship.lines.map(\.package) == ["PACK0000100", "PACK0000101"]
    )
    #expect(bench.scan("DOCK-1", at: "dock1").code == .loadOpened)
    #expect(bench.scan("PACK0000100", at: "dock1").code == .packageTwice)
  }

  @Test(arguments: [17, 18])
  func aParcelThatWasPackedHereOpensItsDelivery(version: Int) {
    var bench = Workbench(Self.mirror(version), site: Self.site)
    pickShort(&bench)
    _ = bench.codes(
      at: "pack1",
      "WH/PICK/00030",
      "4006381333931",
      "4006381333931",
      "4006381333931",
      "PACK0000100",
      "OBTVALI",
      "OBTVALI"
    )
    #expect(bench.scan("PACK0000100", at: "pick1").code == .unknownBarcode)
    #expect(bench.scan("PACK0000100", at: "dock1").code == .complete)
    #expect(bench.scan("OBTVALI", at: "dock1").code == .confirmed)
    #expect(bench.confirmations[2].lines.map(\.quantity) == [Quantity(3)])
  }

  /// What is picked later is packed later: P1, PACK, P2, PACK.
  @Test(arguments: [17, 18, 19])
  func theRestIsPickedAndPackedLater(version: Int) {
    var bench = Workbench(Self.mirror(version), site: Self.site)
    pickShort(&bench)
    _ = bench.codes(
      at: "pack1",
      "WH/PICK/00030",
      "4006381333931",
      "4006381333931",
      "4006381333931",
      "PAINT",
      "LOT-A",
      "OBTVALI"
    )
    #expect(bench.scan("WH/PICK/00030", at: "pack1").code == .alreadyClosed)
    #expect(bench.scan("WH/PICK/00030", at: "pick1").code == .opened)
    #expect(bench.tally("pick1")?.demand == Quantity(5))
    #expect(
      bench.codes(at: "pick1", "4006381333931", "4006381333931", "OBTVALI", "OBTVALI")
        == [.counted, .counted, .confirmIncomplete, .confirmed]
    )
    #expect(bench.scan("WH/PICK/00030", at: "pack1").code == .opened)
    #expect(bench.tally("pack1")?.demand == Quantity(2))
    #expect(
      bench.codes(at: "pack1", "4006381333931", "4006381333931", "4006381333931", "OBTVALI")
        == [.counted, .complete, .tooMany, .confirmed]
    )
    #expect(Set(bench.confirmations.map(\.target)).count == 4)
  }

  /// A parcel that was packed first and is shipped last belongs to what follows the first pack; the
  /// moves behind the second one know nothing of its goods.
  @Test(arguments: [17, 18, 19])
  func aParcelThatIsShippedLastFollowsTheOneThatPackedIt(version: Int) {
    var bench = Workbench(Self.mirror(version), site: Self.site)
    pickShort(&bench)
    let bolt = "4006381333931"
    _ = bench.codes(
      at: "pack1",
      "WH/PICK/00030",
      bolt,
      bolt,
      bolt,
      "PACK0000100",
      "PAINT",
      "LOT-A",
      "PACK0000101",
      "OBTVALI"
    )
    let first = bench.confirmations[1].uuid
    _ = bench.codes(at: "pick1", "WH/PICK/00030", bolt, bolt, "OBTVALI", "OBTVALI")
    _ = bench.codes(at: "pack1", "WH/PICK/00030", bolt, bolt, "PACK0000102", "OBTVALI")
    #expect(
      bench.codes(at: "dock1", "DOCK-1", "PACK0000100", "PACK0000102", "DOCK-1", "DOCK-1")
        == [.loadOpened, .loaded, .loaded, .confirmIncomplete, .loadClosed]
    )
    #expect(
      bench.codes(at: "dock1", "DOCK-1", "PACK0000101", "DOCK-1")
        == [.loadOpened, .loaded, .loadClosed]
    )
    #expect(bench.confirmations.last?.target == .next(of: first, .ship))
  }

  @Test func whatWasNotPickedCannotBePacked() {
    for version in [17, 18] {
      var bench = Workbench(Self.mirror(version), site: Self.site)
      let code = bench.scan(version == 17 ? "WH/PACK/00031" : "WH/PICK/00030", at: "pack1").code
      #expect(code == (version == 17 ? .notReady : .wrongStation))
    }
  }

  /// Odoo has made the transfer while the pick's own name was being worked on.
  @Test func odoosTransferIsTheOneThatIsOpen() {
    let mirror = Self.mirror(18)
    var bench = Workbench(mirror, site: Self.site)
    pickShort(&bench)
    bench.scan("WH/PICK/00030", at: "pack1")
    bench.scan("4006381333931", at: "pack1")
    var made = MemoryMirror.transfer(40, "WH/PACK/00040", .pack, [(400, 1, 3), (401, 4, 1)])
    made.chain = "group:77"
    mirror.transfers.append(made)
    #expect(bench.scan("WH/PACK/00040", at: "pack1").code == .status)
    #expect(bench.scan("WH/PACK/00040", at: "pack2").code == .openElsewhere)
    _ = bench.codes(at: "pack1", "OBTVALI", "OBTVALI")
    #expect(bench.scan("WH/PACK/00040", at: "pack2").code == .alreadyClosed)
  }

  /// A receipt in two steps: what came in is put away.
  @Test func aReceiptIsPutAway() {
    let mirror = MemoryMirror.warehouse()
    mirror.route = Route(delivery: [.ship], reception: [.receive, .move])
    var bench = Workbench(mirror)
    #expect(
      bench.codes("WH/IN/00004", "PUMP", "SN-NEW", "OBTVALI", "OBTVALI")
        == [.opened, .scanLot, .counted, .confirmIncomplete, .confirmed]
    )
    #expect(bench.scan("WH/IN/00004").code == .opened, "the rest of the receipt comes first")
    bench.scan("OCDDISC")
    var put = Workbench(mirror, site: FloorSite(stations: ["pack1": StationRole(steps: [.move])]))
    #expect(put.scan("WH/IN/00004").code == .opened)
    #expect(put.codes("SN1", "SN-NEW") == [.wrongLot, .complete])
    put.scan("OBTVALI")
    #expect(put.confirmations[0].target == .next(of: bench.confirmations[0].uuid, .move))
  }
}
