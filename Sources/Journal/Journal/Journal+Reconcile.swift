public import Dispatching
public import Floor
internal import JSON
public import Odoo

/// A confirmation that takes the place of an applied one, of which Odoo has lost the effect.
public struct Replacement: Sendable {
  /// The one whose place it takes.
  public var old: String
  /// What is sent now, under a new identity.
  public var confirmation: Confirmation
  /// Where it was closed.
  public var station: String
  /// The event that closed it.
  public var event: Int64
  /// Who asked for it.
  public var actor: String
  /// Why.
  public var reason: String

  /// A replacement of `old`.
  public init(
    old: String,
    confirmation: Confirmation,
    station: String,
    event: Int64,
    actor: String,
    reason: String
  ) {
    self.old = old
    self.confirmation = confirmation
    self.station = station
    self.event = event
    self.actor = actor
    self.reason = reason
  }
}

extension Journal {
  /// Reports that are kept: two months of nights.
  static let keptReports = 60

  /// Adds a confirmation in the place of another, which is done with; returns its place.
  public func add(_ replacement: Replacement, _ stamp: Stamp) throws(SQLiteError) -> OutboxEntry {
    let entry = try add(
      replacement.confirmation,
      at: replacement.station,
      by: replacement.event,
      stamp
    )
    let mark = try database.prepare("UPDATE confirmation SET replaced_by = ?2 WHERE uuid = ?1")
    try mark.bind(1, replacement.old)
    try mark.bind(2, entry.uuid)
    try mark.run()
    try apply(
      ConfirmationChange(
        uuid: replacement.old,
        state: .discarded,
        reason: "Sent again as \(entry.uuid.prefix(8)): \(replacement.reason)",
        attempts: 0,
        actor: replacement.actor
      ),
      stamp
    )
    return entry
  }

  /// Keeps what a reconciliation found, and forgets the oldest.
  public func add(_ report: ReconcileReport) throws(SQLiteError) {
    let add = try database.prepare(
      """
      INSERT INTO reconciliation(made, since, compared, unexplained, report)
      VALUES(?1, ?2, ?3, ?4, ?5)
      """
    )
    try add.bind(1, report.made)
    try add.bind(2, report.since)
    try add.bind(3, report.compared)
    try add.bind(4, report.unexplained.count)
    try add.bind(5, report.json.text)
    try add.run()
    let forget = try database.prepare(
      """
      DELETE FROM reconciliation WHERE id <=
        (SELECT id FROM reconciliation ORDER BY id DESC LIMIT 1 OFFSET ?)
      """
    )
    try forget.bind(1, Self.keptReports)
    try forget.run()
  }
}

extension JournalReader {
  /// What the last reconciliation found; nil if none was made.
  public func lastReconciliation() throws(SQLiteError) -> ReconcileReport? {
    let statement = try database.prepare(
      "SELECT report FROM reconciliation ORDER BY id DESC LIMIT 1"
    )
    guard try statement.step() else { return nil }
    return (try? JSON.parse(statement.text(0))).flatMap { ReconcileReport(json: $0) }
  }

  /// A confirmation, or the one that took its place.
  public func newest(_ uuid: String) throws(SQLiteError) -> ConfirmationRecord? {
    var found = try confirmations(of: uuid).first { $0.uuid == uuid }
    while let next = found?.replacedBy {
      found = try confirmations(of: next).first { $0.uuid == next }
    }
    return found
  }

  /// Confirmations that are to be compared with Odoo, oldest first: those that came into their
  /// state then or later, and all that are not finished; none whose place another one took.
  ///
  /// - Parameter since: Milliseconds since 1970.
  public func confirmations(
    changedSince since: Int64,
    limit: Int
  ) throws(SQLiteError) -> [ConfirmationRecord] {
    let statement = try database.prepare(
      """
      SELECT \(Self.confirmationColumns) FROM confirmation
      WHERE (changed >= ?1 OR state NOT IN \(ConfirmationState.finished)) AND replaced_by IS NULL
      ORDER BY seq LIMIT ?2
      """
    )
    try statement.bind(1, since)
    try statement.bind(2, limit)
    return try records(statement)
  }

  /// All transfers of Odoo that confirmations are or were about.
  public func knownTransfers() throws(SQLiteError) -> Set<Int> {
    let statement = try database.prepare(
      "SELECT DISTINCT transfer_id FROM confirmation WHERE transfer_id IS NOT NULL"
    )
    var found: Set<Int> = []
    while try statement.step() { found.insert(statement.int(0)) }
    return found
  }

  /// True while a call for a confirmation is under way, or its end is not known.
  public func isSending() throws(SQLiteError) -> Bool {
    let statement = try database.prepare(
      "SELECT 1 FROM confirmation WHERE state = 'sending' LIMIT 1"
    )
    return try statement.step()
  }

  /// The value of a name in `meta`.
  public func meta(_ name: String) throws(SQLiteError) -> String? {
    let statement = try database.prepare("SELECT value FROM meta WHERE name = ?")
    try statement.bind(1, name)
    return try statement.step() ? statement.text(0) : nil
  }

  /// Who brought confirmations into their present states, by confirmation.
  public func lastActors(of uuids: [String]) throws(SQLiteError) -> [String: String] {
    var found: [String: String] = [:]
    let statement = try database.prepare(
      "SELECT actor FROM transition WHERE confirmation = ? ORDER BY id DESC LIMIT 1"
    )
    for uuid in uuids {
      statement.reset()
      try statement.bind(1, uuid)
      if try statement.step() { found[uuid] = statement.text(0) }
    }
    statement.reset()
    return found
  }
}
