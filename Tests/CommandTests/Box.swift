import Floor
import Intake
import Journal
import Odoo
import TestKit

/// A box with a configuration, a mirror and a journal, on which nothing runs.
final class Box {
  let directory: TemporaryDirectory
  var configuration: String { directory.path + "/tallyman.toml" }
  private let intake: Intake<MirrorReader>
  private var packet: UInt16 = 0
  /// 24 November 2026, 10:00 UTC.
  private var stamp = Stamp(
    boot: 1,
    monotonic: 1_000,
    wall: 1_795_514_400_000,
    synced: true
  )

  /// WH/OUT/00001 asks for 5 bolts; the box has the station pack1 with the device s1.
  init() throws {
    directory = try TemporaryDirectory()
    let path = directory.path
    try File.write(
      """
      [storage]
      directory = "\(path)"
      [[station]]
      name = "pack1"
      devices = ["s1"]
      """,
      to: path + "/tallyman.toml"
    )
    let store = try MirrorStore(directory: path)
    try Self.fill(store, stamp)
    let journal = try Journal(directory: path)
    _ = try journal.noteBoot("test", wall: 0)
    var count = 0
    intake = try Intake(
      journal: journal,
      profiles: Profiles([Profile.tallyman(site: "main")]),
      settings: IntakeSettings(stationOfDevice: ["s1": "pack1"]),
      mirror: MirrorReader(directory: path),
      makeUUID: {
        count += 1
        return "uuid-\(count)"
      }
    )
    try intake.beginSession(sessionPresent: false, interrupted: false)
  }

  private static func fill(_ store: MirrorStore, _ stamp: Stamp) throws {
    let bolt = Product(
      id: 1,
      name: "Bolt, \"M8\"",
      reference: "=BOLT",
      barcode: "4006381333931"
    )
    let paint = Product(id: 2, name: "Paint", barcode: "4000000000013", tracking: .lot)
    try store.apply(.products([bolt, paint]), at: stamp)
    try store.apply(.lots([Lot(id: 1, name: "LOT-A", productID: 2)]), at: stamp)
    try store.apply(
      .locations([
        Location(id: 8, name: "WH/Stock", barcode: "LOC-STOCK"),
        Location(id: 9, name: "WH/Stock/A1", barcode: "LOC-A1"),
      ]),
      at: stamp
    )
    let line = MoveLine(id: 110, quantity: Quantity(5), locationID: 8, destinationID: 5)
    let transfer = Transfer(
      id: 1,
      name: "WH/OUT/00001",
      state: .assigned,
      operation: Transfer.Operation(typeID: 1, step: .ship, warehouse: 1),
      locationID: 8,
      destinationID: 5,
      chain: "S1",
      moves: [Move(id: 11, productID: 1, demand: Quantity(5), lines: [line])]
    )
    try store.apply(.transfers([transfer], readStarted: 1), at: stamp)
  }

  /// Scans codes at the device; what they do is in the journal when this returns.
  func scan(_ codes: String...) throws {
    for code in codes {
      packet += 1
      stamp.monotonic += 1000
      stamp.wall += 1000
      let message = InboundMessage(
        topic: "tallyman/main/s1/scan",
        payload: Array(code.utf8),
        isRetained: false,
        packetID: packet
      )
      _ = try intake.process([message], at: stamp)
    }
  }
}
