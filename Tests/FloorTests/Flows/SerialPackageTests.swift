import Floor
import Testing

@Suite("Serial numbers in packages")
struct SerialPackageTests {
  /// A pump that stands in the package was scanned by itself before: the package is no second one.
  @Test func countsAPieceOnceThoughItsPackageIsScannedToo() {
    let mirror = MemoryMirror.warehouse()
    var transfer = MemoryMirror.transfer(9, "WH/OUT/00009", .ship, [(91, 3, 2)])
    let package = Reference(id: 9, name: "PACK0000019")
    transfer.moves[0].lines = [
      MoveLine(
        id: 910,
        quantity: .one,
        lot: Reference(id: 1, name: "SN1"),
        package: package,
        resultPackage: package,
        locationID: 8,
        destinationID: 5
      )
    ]
    mirror.transfers.append(transfer)
    mirror.packages = ["PACK0000019"]
    var bench = Workbench(mirror)
    #expect(bench.codes("WH/OUT/00009", "SN1") == [.opened, .counted])
    #expect(bench.codes("PACK0000019") == [.serialTwice])
    #expect(bench.counted(3) == .one)
  }
}
