import Floor
import Testing

/// A move in dozens, scanned piece by piece: 1 piece is 0.08 dozens, which is 0.96 pieces.
@Suite("Steps in other units")
struct DozenTests {
  @Test(arguments: 1...12)
  func whatWasPickedByThePieceCanBePacked(_ pieces: Int) throws {
    let mirror = MemoryMirror.warehouse()
    mirror.route = Route(delivery: [.pick, .pack, .ship])
    var pick = MemoryMirror.transfer(9, "TM/PICK/00009", .pick, [(91, 1, 1)])
    pick.moves[0].factor = Quantity(12)
    mirror.transfers.append(pick)
    let site = FloorSite(
      stations: ["pick": StationRole(steps: [.pick]), "pack": StationRole(steps: [.pack])]
    )
    var bench = Workbench(mirror, site: site)
    for station in ["pick", "pack"] {
      bench.scan("TM/PICK/00009", at: station)
      for _ in 0..<pieces { bench.scan("4006381333931", at: station) }
      if station == "pack" {
        #expect(bench.scan("4006381333931", at: station).code == .tooMany)
      }
      if bench.scan("OBTVALI", at: station).signal == .confirm {
        bench.scan("OBTVALI", at: station)
      }
    }
    let quantities = bench.confirmations.map { $0.lines.map(\.quantity) }
    #expect(quantities.count == 2 && quantities[0] == quantities[1])
  }
}
