import Floor
import Testing

/// Hazard `chain-binding`, as far as the floor has a part in it: the next step is split, grown or
/// made late in Odoo, while the floor picks in parts and packs in any order.
@Suite("Hazard chain-binding")
struct ChainBindingTests {
  private static let bolt = "4006381333931"

  /// TM/PICK/00008 asks for 2 bolts; pick one, pack what is there.
  private enum Part: String { case pick, pack }

  private static func bench() -> Workbench {
    let mirror = MemoryMirror.warehouse()
    mirror.route = Route(delivery: [.pick, .pack, .ship])
    let site = FloorSite(
      stations: ["pick": StationRole(steps: [.pick]), "pack": StationRole(steps: [.pack])]
    )
    return Workbench(mirror, site: site)
  }

  private static func close(_ part: Part, _ bolts: Int, _ bench: inout Workbench) {
    let place = part.rawValue
    bench.scan("TM/PICK/00008", at: place)
    for _ in 0..<bolts { bench.scan(bolt, at: place) }
    // An incomplete one asks first.
    if bench.scan("OBTVALI", at: place).signal == .confirm { bench.scan("OBTVALI", at: place) }
  }

  @Test(arguments: [
    [(0, 1), (0, 1), (1, 2)], [(0, 1), (1, 1), (0, 1), (1, 1)], [(0, 2), (1, 1), (1, 1)],
    [(0, 1), (0, 1), (1, 1), (1, 1)], [(0, 2), (1, 2)],
  ])
  func chainBinding(_ order: [(Int, Int)]) throws {
    var bench = Self.bench()
    for (part, bolts) in order { Self.close(part == 0 ? .pick : .pack, bolts, &bench) }
    let picks = bench.confirmations.filter { $0.step == .pick }
    let packs = bench.confirmations.filter { $0.step == .pack }
    #expect(picks.count + packs.count == order.count)
    let packed = packs.flatMap(\.lines).reduce(into: Quantity.zero) { $0 += $1.quantity }
    #expect(packed == Quantity(2), "all that was picked, and no more")
    let targets = bench.confirmations.map(\.target)
    #expect(Set(targets).count == targets.count)
    let known = Set(bench.confirmations.map(\.uuid))
    for pack in packs {
      switch pack.target {
      case .next(let uuid, .pack), .remainder(let uuid): #expect(known.contains(uuid))
      default: Issue.record("\(pack.target)")
      }
    }
    #expect(bench.scan("TM/PICK/00008", at: "pack").code == .alreadyClosed)
  }

  /// Odoo has made the next transfer meanwhile: that one is packed.
  @Test func chainBindingTakesOdoosOwnTransferOnceItIsThere() {
    var bench = Self.bench()
    Self.close(.pick, 2, &bench)
    var made = MemoryMirror.transfer(80, "TM/PACK/00080", .pack, [(801, 1, 2)])
    made.chain = "S8"
    bench.mirror.transfers.append(made)
    Self.close(.pack, 2, &bench)
    #expect(bench.confirmations.last?.target == .transfer(80))
    #expect(bench.scan("TM/PACK/00080", at: "pack").code == .alreadyClosed)
  }

  /// It was packed before Odoo made the transfer: what Odoo shows then is that one.
  @Test func chainBindingDoesNotPackAgainWhatOdooShowsLater() {
    var bench = Self.bench()
    Self.close(.pick, 2, &bench)
    bench.scan("TM/PICK/00008", at: "pack")
    var made = MemoryMirror.transfer(80, "TM/PACK/00080", .pack, [(801, 1, 2)])
    made.chain = "S8"
    bench.mirror.transfers.append(made)
    #expect(bench.scan("TM/PACK/00080", at: "pack").code == .status, "it is the open one")
    for _ in 0..<2 { bench.scan(Self.bolt, at: "pack") }
    #expect(bench.scan("OBTVALI", at: "pack").code == .confirmed)
    #expect(bench.scan("TM/PACK/00080", at: "pack").code == .alreadyClosed)
  }

  /// Split in Odoo: which of the two is meant, only a scan of it can tell.
  @Test func chainBindingAsksWhichPartOfASplitTransfer() {
    var bench = Self.bench()
    Self.close(.pick, 2, &bench)
    for id in [80, 81] {
      var made = MemoryMirror.transfer(id, "TM/PACK/000\(id)", .pack, [(id * 10, 1, 1)])
      made.chain = "S8"
      bench.mirror.transfers.append(made)
    }
    #expect(bench.scan("TM/PICK/00008", at: "pack").code == .ambiguousTransfer)
    #expect(bench.scan("TM/PACK/00081", at: "pack").code == .opened)
  }

  /// Growth in Odoo while it is worked: what was seen at opening is what is confirmed.
  @Test func chainBindingSeesTheDemandOfItsOpening() {
    var bench = Self.bench()
    bench.scan("TM/PICK/00008", at: "pick")
    for index in bench.mirror.transfers.indices where bench.mirror.transfers[index].id == 8 {
      bench.mirror.transfers[index].moves[0].demand = Quantity(9)
    }
    Self.close(.pick, 2, &bench)
    #expect(bench.confirmations.map { $0.seen.map(\.demand) } == [[Quantity(2)]])
  }
}
