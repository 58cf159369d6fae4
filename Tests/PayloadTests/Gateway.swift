internal import Configuration
internal import Floor
internal import Intake
internal import Journal
internal import Odoo
internal import TestKit

/// An intake as the agent makes it: profiles of the repository, journal.db and mirror.db on disk.
final class Gateway {
  let directory: TemporaryDirectory
  private let settings: IntakeSettings
  private let profiles: Profiles
  let store: MirrorStore
  private var running: Intake<MirrorReader>?
  private var packet: UInt16 = 0
  var stamp = Stamp(boot: 1, monotonic: 1_000, wall: Stock.now, synced: true)

  init(_ site: FloorSite, isFresh: Bool = true) throws {
    directory = try TemporaryDirectory()
    var devices = Payload.devices(of: "one").merging(Payload.devices(of: "two")) { $1 }
    devices["s1"] = "one"
    devices["s2"] = "two"
    settings = IntakeSettings(
      site: site,
      stationOfDevice: devices,
      unassignedDevicesAreStations: false
    )
    profiles = try Self.profiles()
    store = try MirrorStore(directory: directory.path)
    try Stock.fill(store, isFresh: isFresh, at: stamp)
    try start()
    try intake.beginSession(sessionPresent: false, interrupted: false)
  }

  var intake: Intake<MirrorReader> {
    guard let running else { preconditionFailure("the gateway is stopped") }
    return running
  }

  private func start() throws {
    let journal = try Journal(directory: directory.path)
    _ = try journal.noteBoot("test", wall: 0)
    var count = 0
    running = try Intake(
      journal: journal,
      profiles: profiles,
      settings: settings,
      mirror: MirrorReader(directory: directory.path),
      makeUUID: {
        count += 1
        return "uuid-\(journal.nextSequence)-\(count)"
      }
    )
  }

  /// The agent is started again; the broker may have been, too.
  func restart(interrupted: Bool = false) throws {
    running = nil
    try start()
    try intake.beginSession(sessionPresent: true, interrupted: interrupted)
  }

  /// A payload as the broker delivers it.
  func message(_ payload: Payload) -> InboundMessage {
    packet += 1
    return InboundMessage(
      topic: payload.topic,
      payload: payload.bytes,
      isRetained: payload.isRetained,
      packetID: packet
    )
  }

  @discardableResult
  func take(_ messages: [InboundMessage]) throws -> BatchOutcome {
    stamp.monotonic += 100
    return try intake.process(messages, at: stamp)
  }

  @discardableResult
  func take(_ payload: Payload) throws -> BatchOutcome { try take([message(payload)]) }

  /// The verdicts of all events, as another process reads them from the journal.
  func codes() throws -> [String] {
    var filter = EventFilter()
    filter.limit = 1_000
    return try JournalReader(directory: directory.path).events(filter).map {
      $0.verdict?.code.rawValue ?? ""
    }
  }

  private static func profiles() throws -> Profiles {
    let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let text = """
      site = "main"
      [profiles]
      directory = "\(root)/hardware/profiles"
      enabled = ["tallyman", "raw-text", "proglove", "tasmota-serial", "tasmota-hx711"]
      [profiles.raw-text]
      topic = "warehouse/{device}/scan"
      """
    return try Settings.parse(text, file: "\(root)/tallyman.toml", using: .process)
      .loadProfiles(using: .process)
  }
}
