public import Floor
public import Journal

/// The batch loop's heart: messages in, one transaction, answers out.
///
/// For each message: decode by its profile, tell a redelivery from a new event, judge it at its
/// station, and write event, verdict, tally and confirmation. `process` returns only after COMMIT,
/// so whatever it returns may be told to the world: acknowledgements, answers, work for dispatch.
///
/// After `process` has thrown, this object is worthless: its stations are ahead of the journal, and
/// a failed COMMIT may still have reached the disk. The caller drops the broker's connection
/// without sending what is queued, opens the journal anew, and makes another intake from it.
///
/// It has no clock, no socket and no thread of its own.
public final class Intake<Mirror: IntakeMirror> {
  /// The journal that it writes.
  public let journal: Journal
  let settings: IntakeSettings
  let profiles: Profiles
  let mirror: Mirror
  let makeUUID: () -> String
  var floor: Floor
  /// Rows of the open tallies; a target is held by one station at most.
  var tallyRows: [Confirmation.Target: Int64] = [:]
  /// Tallies whose counts are not stored yet, with the stations that hold them.
  var dirtyTallies: [Confirmation.Target: String] = [:]
  var dirtyStations: Set<String> = []
  /// Devices that were seen and have no station in the configuration.
  var unassigned: Set<String> = []

  /// A negative control of the tests: takes repeats for new events.
  package var forgetsEvents = false

  /// Generation of the broker's session: grows when the broker has forgotten it.
  public internal(set) var generation: Int64
  var generationIsStored = true
  /// Deliveries that may come again, from before the connection.
  var window: [Delivery: Int64] = [:]
  var deliveriesUnderWindow = 0
  /// True while events without identity may be old ones again.
  public internal(set) var isDoubtful = false

  /// All events up to this one have been answered, or never will be.
  var answeredThrough: Int64
  var answeredIsStored = true
  var storedNextPackage: Int64?
  /// The boot in which a time server has set the clock.
  var provenBoot: Int64?
  var storedProvenBoot: Int64?

  /// An intake that goes on where the journal ends.
  public init(
    journal: Journal,
    profiles: Profiles,
    settings: IntakeSettings,
    mirror: Mirror,
    makeUUID: @escaping () -> String
  ) throws(SQLiteError) {
    self.journal = journal
    self.profiles = profiles
    self.settings = settings
    self.mirror = mirror
    self.makeUUID = makeUUID
    let stored = try journal.stations()
    for station in stored.values { tallyRows.merge(station.rows) { $1 } }
    floor = Floor(
      site: settings.site,
      stations: stored.mapValues(\.station),
      nextPackage: Int64(try journal.meta(Meta.nextPackage) ?? "")
    )
    storedNextPackage = floor.nextPackage
    provenBoot = Int64(try journal.meta(Meta.provenBoot) ?? "")
    storedProvenBoot = provenBoot
    generation = Int64(try journal.meta(Meta.generation) ?? "") ?? 0
    answeredThrough = Int64(try journal.meta(Meta.answered) ?? "") ?? 0
  }

  /// Names in the journal's `meta`.
  enum Meta {
    static var generation: String { "session_generation" }
    static var answered: String { "answered_through" }
    static var provenBoot: String { "clock_proven_boot" }
    static var nextPackage: String { "next_package" }
  }

  /// Journals and judges a batch together with the outbox's changes; durable when it returns.
  public func process(
    _ messages: [InboundMessage],
    work: [OutboxWork] = [],
    at stamp: Stamp
  ) throws(SQLiteError) -> BatchOutcome {
    var outcome = BatchOutcome()
    do throws(SQLiteError) {
      try journal.begin()
      mirror.begin(at: stamp)
      defer { mirror.end() }
      let lookup = FloorLookup(mirror: mirror, journal: journal)
      for item in work { try write(item, stamp, &outcome) }
      for message in messages { try take(message, lookup, stamp, &outcome) }
      if let failure = lookup.failure { throw failure }
      try storeStations()
      try storeMarks()
      try journal.commit()
    } catch {
      journal.rollback()
      throw error
    }
    dirtyTallies.removeAll(keepingCapacity: true)
    dirtyStations.removeAll(keepingCapacity: true)
    return outcome
  }

  /// True if something waits to be written although no message came.
  public var hasUnstoredMarks: Bool {
    !answeredIsStored || !generationIsStored || !dirtyStations.isEmpty
  }

  private func write(
    _ work: OutboxWork,
    _ stamp: Stamp,
    _ outcome: inout BatchOutcome
  ) throws(SQLiteError) {
    switch work {
    case .change(let change): try journal.apply(change, stamp)
    case .call(let call): try journal.add(call, stamp)
    case .revised(let revision): try journal.apply(revision, stamp)
    case .finding(let change): try journal.apply(change, stamp)
    case .request(let draft): try journal.add(draft, stamp)
    case .audit(let actor, let action, let subject, let reason, let content):
      try journal.audit(
        actor: actor,
        action: action,
        subject: subject,
        reason: reason,
        content: content,
        stamp
      )
    case .meta(let name, let value): try journal.setMeta(name, value)
    case .handled(let request, let text): try journal.handled(request, text, stamp)
    case .again(let replacement): outcome.closed.append(try journal.add(replacement, stamp))
    case .reconciled(let report): try journal.add(report)
    case .count(let change): try journal.apply(change, stamp)
    }
  }

  private func storeMarks() throws(SQLiteError) {
    if !answeredIsStored {
      try journal.setMeta(Meta.answered, String(answeredThrough))
      answeredIsStored = true
    }
    if !generationIsStored {
      try journal.setMeta(Meta.generation, String(generation))
      generationIsStored = true
    }
    if provenBoot != storedProvenBoot, let boot = provenBoot {
      try journal.setMeta(Meta.provenBoot, String(boot))
      storedProvenBoot = boot
    }
    if floor.nextPackage != storedNextPackage, let next = floor.nextPackage {
      try journal.setMeta(Meta.nextPackage, String(next))
      storedNextPackage = next
    }
  }

  private func storeStations() throws(SQLiteError) {
    for (target, name) in dirtyTallies {
      if let row = tallyRows[target],
        let tally = floor.stations[name]?.tallies.first(where: { $0.target == target })
      {
        try journal.update(row, tally)
      }
    }
    for name in dirtyStations {
      guard let station = floor.stations[name] else { continue }
      try journal.put(station, named: name, tally: station.active.flatMap { tallyRows[$0] })
    }
  }
}
