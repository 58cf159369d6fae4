internal import Floor
internal import JSON
public import Odoo

/// Writes the mirror: each change of a refresh in one transaction.
///
/// Confined to the thread that refreshes; the intake reads through a `MirrorReader` of its own and
/// is never held up by a write (WAL).
public final class MirrorStore {
  /// How the file was found.
  public let opening: Opening
  let directory: String
  let database: Database
  let statements: MirrorWriting
  /// Monotonic milliseconds of the last good copy of this run.
  var lastGoodCopy: Int64?

  /// How a mirror was found at its opening.
  public enum Opening: Hashable, Sendable {
    /// As it was left.
    case intact
    /// There was none.
    case new
    /// It was damaged; the last good copy took its place, and the damaged file went to `aside`.
    case restored(aside: String)
    /// It was damaged and there was no good copy: the floor is blind until Odoo has answered.
    case lost(aside: String)
  }

  /// Closed transfers that are kept, so that a scan of one is answered with what became of it.
  public static let closedLimit = 5000

  /// Opens or creates the mirror in `directory`.
  ///
  /// A damaged file is set aside and replaced by the last good copy. A newer one is refused.
  public init(directory: String) throws(JournalError) {
    self.directory = directory
    let path = MirrorFile.main(directory)
    let isNew = !MirrorFile.exists(path)
    // With the file gone, as after a cleaning of the disk, the copy is better than nothing.
    if isNew, MirrorFile.exists(MirrorFile.good(directory)) {
      try Self.restore(directory)
    }
    do {
      // An emptied file would pass for a new one and leave the floor blind.
      (database, statements) = try Self.open(
        path,
        mustHold: MirrorFile.exists(MirrorFile.good(directory))
      )
      opening = isNew ? .new : .intact
    } catch {
      guard error.kind == .damaged else { throw error }
      (database, statements, opening) = try Self.replace(directory)
    }
  }

  /// Sets the damaged file aside and opens the good copy in its place, or an empty mirror.
  private static func replace(
    _ directory: String
  ) throws(JournalError) -> (Database, MirrorWriting, Opening) {
    let path = MirrorFile.main(directory)
    let aside = try MirrorFile.setAside(directory)
    if MirrorFile.exists(MirrorFile.good(directory)) {
      try restore(directory)
      do {
        let (database, statements) = try open(path)
        return (database, statements, .restored(aside: aside))
      } catch {
        guard error.kind == .damaged else { throw error }
        // The copy is damaged too; it stays where it is, for whoever wants to look.
        _ = try MirrorFile.setAside(directory)
      }
    }
    let (database, statements) = try open(path)
    return (database, statements, .lost(aside: aside))
  }

  private static func restore(_ directory: String) throws(JournalError) {
    let path = MirrorFile.main(directory)
    let temporary = path + ".new"
    try MirrorFile.copy(MirrorFile.good(directory), to: temporary)
    try MirrorFile.publish(temporary, as: path)
  }

  private static func open(
    _ path: String,
    mustHold: Bool = false
  ) throws(JournalError) -> (Database, MirrorWriting) {
    let database: Database
    do throws(SQLiteError) {
      database = try Database(path: path)
      let version = try database.userVersion()
      guard version > 0 || !mustHold else {
        throw SQLiteError(
          extendedCode: damaged,
          operation: "open",
          path: path,
          message: "is empty though a copy of it is not"
        )
      }
    } catch {
      throw JournalError(error, path: path)
    }
    // Before anything is changed, the journal mode included: a newer file is refused untouched.
    try MirrorFile.migrate(database, path: path)
    do throws(SQLiteError) {
      try database.require("journal_mode", "WAL")
      try database.require("synchronous", "NORMAL", reads: "1")
      try database.require("journal_size_limit", String(walLimit))
      let health = try database.text("PRAGMA quick_check(1)")
      guard health == "ok" else {
        throw SQLiteError(
          extendedCode: damaged,
          operation: "quick_check",
          path: path,
          message: health ?? "gave no answer"
        )
      }
      return (database, try MirrorWriting(database))
    } catch {
      throw JournalError(error, path: path)
    }
  }

  /// SQLITE_CORRUPT.
  private static let damaged: Int32 = 11

  /// Bytes that the write-ahead log keeps after a checkpoint: 4 MiB.
  private static let walLimit = 4 << 20

  /// Where the next refresh goes on; nil for a full load.
  public func state() throws(SQLiteError) -> MirrorState? {
    let select = try database.prepare("SELECT value FROM meta WHERE name = 'state'")
    guard try select.step() else { return nil }
    guard let json = try? JSON.parse(select.bytes(0)) else { return nil }
    return MirrorState(json: json)
  }

  /// Keeps where the next refresh goes on, as after a first load that broke off.
  public func keep(_ state: MirrorState) throws(SQLiteError) {
    try database.transaction { () throws(SQLiteError) in try write(state) }
  }

  func write(_ state: MirrorState) throws(SQLiteError) {
    try statements.meta.bind(1, "state")
    try statements.meta.bind(2, state.json.bytes)
    try statements.meta.run()
  }
}
