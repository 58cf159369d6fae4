internal import CSQLite
internal import Glibc

/// The journal: every event with its verdict, what is counted, and what Odoo has to be told.
///
/// One file, `journal.db`, written by one thread of one process.
///
/// Invariants
/// * A batch is one transaction. Events, verdicts, tallies and confirmations of a batch are all
///   there or none is; `synchronous=FULL` in WAL mode means that after `commit` returned they
///   survive a power cut. The pragmas are read back and asserted at every opening.
/// * `event.seq` grows by one per event and is the only order. It is never reused.
/// * `event.key` is unique: an event that carries an identity exists once.
/// * A confirmation is in one state; every change of state is also a row of `transition`.
/// * Nothing that is not applied is ever deleted.
///
/// A failed `commit` has an unknown outcome: the caller drops the connection to the broker
/// unacknowledged, opens the journal anew, and lets the redelivered batch meet what is on disk.
public final class Journal {
  let database: Database
  private let lock: JournalLock
  /// The next event's sequence.
  public internal(set) var nextSequence: Int64
  let statements: JournalStatements

  /// Version of the schema that this code writes.
  public static let schemaVersion = JournalSchema.versions.count

  /// Opens or creates `journal.db` in `directory`, holding its lock.
  public init(directory: String) throws(JournalError) {
    lock = try JournalLock(directory: directory)
    let path = "\(directory)/journal.db"
    do throws(SQLiteError) {
      database = try Database(path: path)
      try Self.configure(database)
    } catch {
      throw JournalError(error, path: path)
    }
    try JournalSchema.migrate(database, path: path)
    do throws(SQLiteError) {
      statements = try JournalStatements(database)
      nextSequence = (try database.integer("SELECT max(seq) FROM event") ?? 0) + 1
    } catch {
      throw JournalError(error, path: path)
    }
  }

  private static func configure(_ database: Database) throws(SQLiteError) {
    try database.require("journal_mode", "WAL")
    try database.require("synchronous", "FULL", reads: "2")
    try database.require("foreign_keys", "ON", reads: "1")
    // The log is cut back after a checkpoint, so that one busy hour does not keep its size.
    try database.require("journal_size_limit", String(walLimit))
  }

  /// Bytes that the write-ahead log keeps after a checkpoint: 16 MiB.
  private static let walLimit = 16 << 20

  /// Starts the transaction of a batch.
  public func begin() throws(SQLiteError) { try database.begin(.immediate) }

  /// Makes the batch durable: when this returns, `fdatasync` has.
  public func commit() throws(SQLiteError) { try database.commit() }

  /// Takes an uncommitted batch back.
  public func rollback() { database.rollback() }

  /// The value of a name in `meta`.
  public func meta(_ name: String) throws(SQLiteError) -> String? {
    let statement = statements.readMeta
    defer { statement.reset() }
    try statement.bind(1, name)
    return try statement.step() ? statement.text(0) : nil
  }

  /// Sets a name in `meta`.
  public func setMeta(_ name: String, _ value: String) throws(SQLiteError) {
    try statements.writeMeta.bind(1, name)
    try statements.writeMeta.bind(2, value)
    try statements.writeMeta.run()
  }

  /// Notes this boot of the machine, or finds it; returns its row.
  ///
  /// - Parameter id: The kernel's random boot id, which has no order.
  public func noteBoot(_ id: String, wall: Int64) throws(SQLiteError) -> Int64 {
    let find = try database.prepare("SELECT id FROM boot WHERE boot = ?")
    try find.bind(1, id)
    if try find.step() { return find.int64(0) }
    let add = try database.prepare("INSERT INTO boot(boot, started) VALUES(?, ?)")
    try add.bind(1, id)
    try add.bind(2, wall)
    try add.run()
    return database.lastInsertRowID
  }

  /// Notes the difference between wall and monotonic clock once the wall clock can be trusted;
  /// it dates all events of this boot, also those from before.
  public func noteClockSynced(_ stamp: Stamp) throws(SQLiteError) {
    let statement = try database.prepare(
      "UPDATE boot SET clock_offset = ? WHERE id = ? AND clock_offset IS NULL"
    )
    try statement.bind(1, stamp.wall - stamp.monotonic)
    try statement.bind(2, stamp.boot)
    try statement.run()
  }

  /// The boot in which the last event was written; nil without one.
  public func lastBoot() throws(SQLiteError) -> Int64? {
    try database.integer("SELECT boot FROM event ORDER BY seq DESC LIMIT 1")
  }

  /// SQLite's `synchronous` as it is in force: 2 is FULL.
  package func synchronous() throws(SQLiteError) -> Int64? {
    try database.integer("PRAGMA synchronous")
  }
}
