import Dispatching
import Floor
import Intake
import Journal
import TestKit

/// A mirror in memory: WH/OUT/00001 asks for 5 bolts.
final class SmallMirror: IntakeMirror {
  var transfers = [
    Transfer(
      id: 1,
      name: "WH/OUT/00001",
      state: .assigned,
      operation: Transfer.Operation(typeID: 1, step: .ship, warehouse: 1),
      locationID: 8,
      destinationID: 5,
      chain: "S1",
      moves: [Move(id: 11, productID: 1, demand: Quantity(5), lines: [])]
    )
  ]
  private let bolt = Product(id: 1, name: "Bolt", barcode: "BOLT")

  func begin(at stamp: Stamp) {}
  func end() {}
  var mirrorAge: Int64? { 1 }
  func transfer(named name: String) -> Transfer? { transfers.first { $0.name == name } }
  func transfer(id: Int) -> Transfer? { transfers.first { $0.id == id } }
  func articles(spellings: [String]) -> [Article] {
    spellings.contains("BOLT") ? [Article(product: bolt)] : []
  }
  func product(id: Int) -> Product? { id == 1 ? bolt : nil }
  func lots(named name: String) -> [Lot] { [] }
  func package(named name: String) -> Package? { nil }
  func location(_ code: String) -> Location? { nil }
  func products(reference: String) -> [Product] { [] }
  func packageType(id: Int) -> PackageType? { nil }
  func packageType(barcode: String) -> PackageType? { nil }
  func operation(barcode: String) -> Transfer.Operation? { nil }
  func batch(named name: String) -> Batch? { nil }
  func transfers(ofChain chain: String) -> [Transfer] { transfers.filter { $0.chain == chain } }
  func openTransfers(asking product: Int, limit: Int) -> [Transfer] { [] }
  func openTransfers(holding package: String, limit: Int) -> [Transfer] { [] }
  func unitName(id: Int) -> String? { nil }
  func route(ofWarehouse id: Int) -> Route { Route() }
}

/// An intake with a real journal in a directory of its own, that can be stopped and started.
final class Dock {
  let directory: TemporaryDirectory
  let mirror = SmallMirror()
  var settings: IntakeSettings
  private var running: Intake<SmallMirror>?
  var intake: Intake<SmallMirror> {
    guard let running else { preconditionFailure("the dock is stopped") }
    return running
  }
  var stamp = Stamp(boot: 1, monotonic: 1_000, wall: 1_700_000_000_000, synced: true)
  var packet: UInt16 = 0
  private var uuids = 0

  init(_ settings: IntakeSettings = IntakeSettings()) throws {
    directory = try TemporaryDirectory()
    self.settings = settings
    running = try Self.open(directory.path, settings, mirror)
    try intake.beginSession(sessionPresent: false, interrupted: false)
  }

  private static func open(
    _ path: String,
    _ settings: IntakeSettings,
    _ mirror: SmallMirror
  ) throws -> Intake<SmallMirror> {
    let journal = try Journal(directory: path)
    _ = try journal.noteBoot("test", wall: 0)
    let profiles = try Profiles([Profile.tallyman(site: "main")])
    var count = 0
    return try Intake(
      journal: journal,
      profiles: profiles,
      settings: settings,
      mirror: mirror,
      makeUUID: {
        count += 1
        return "uuid-\(journal.nextSequence)-\(count)"
      }
    )
  }

  /// Ends the process, as far as the journal can tell, and starts it again.
  func restart(sessionPresent: Bool = true, interrupted: Bool = false) throws {
    try reopen()
    try intake.beginSession(sessionPresent: sessionPresent, interrupted: interrupted)
  }

  func reopen() throws {
    // The lock is the old journal's until it is gone.
    running = nil
    running = try Self.open(directory.path, settings, mirror)
  }

  func message(
    _ payload: String,
    kind: String = "scan",
    device: String = "s1",
    packet: UInt16? = nil,
    retained: Bool = false
  ) -> InboundMessage {
    self.packet += 1
    return InboundMessage(
      topic: "tallyman/main/\(device)/\(kind)",
      payload: Array(payload.utf8),
      isRetained: retained,
      packetID: packet ?? self.packet
    )
  }

  @discardableResult
  func take(_ messages: InboundMessage...) throws -> BatchOutcome {
    stamp.monotonic += 100
    return try intake.process(messages, at: stamp)
  }

  /// The verdict codes of the answers to one message.
  func codes(
    _ payload: String,
    kind: String = "scan",
    device: String = "s1"
  ) throws
    -> [VerdictCode]
  {
    try take(message(payload, kind: kind, device: device)).answers.map(\.verdict.code)
  }

  func reader() throws -> JournalReader { try JournalReader(directory: directory.path) }

  /// Units counted at a station, as the journal has them after a restart.
  func counted(at station: String = "s1") throws -> Quantity? {
    try intake.journal.stations()[station]?.station.tally?.counted
  }
}
