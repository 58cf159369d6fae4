/// The statements of the batch loop, prepared once.
struct JournalStatements {
  let readMeta: Statement
  let writeMeta: Statement
  let findKey: Statement
  let addEvent: Statement
  let addRepeat: Statement
  let openTally: Statement
  let updateTally: Statement
  let closeTally: Statement
  let moveTally: Statement
  let addName: Statement
  let findNamed: Statement
  let addStockCount: Statement
  let putStation: Statement
  let addConfirmation: Statement
  let findClosure: Statement
  let findBinding: Statement
  let closuresOfChain: Statement
  let addTransition: Statement
  let addCall: Statement
  let setState: Statement

  /// The columns of a `KnownEvent`.
  static let known = "seq, hash, verdict, id, station, device, profile"

  init(_ database: Database) throws(SQLiteError) {
    readMeta = try database.prepare("SELECT value FROM meta WHERE name = ?")
    writeMeta = try database.prepare(
      "INSERT INTO meta(name, value) VALUES(?1, ?2) ON CONFLICT(name) DO UPDATE SET value = ?2"
    )
    findKey = try database.prepare(
      "SELECT \(Self.known) FROM event WHERE key = ?"
    )
    addEvent = try database.prepare(
      """
      INSERT INTO event(seq, id, key, hash, boot, mono, wall, synced, topic, device, station,
        profile, kind, device_time, payload, size, generation, packet, transfer, code, verdict)
      VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19,
        ?20, ?21)
      """
    )
    addRepeat = try database.prepare("UPDATE event SET repeats = repeats + 1 WHERE seq = ?")
    openTally = try database.prepare(
      """
      INSERT INTO tally(station, target, transfer, snapshot, counts, opened)
      VALUES(?1, ?2, ?3, ?4, ?5, ?6)
      """
    )
    updateTally = try database.prepare("UPDATE tally SET counts = ?2 WHERE id = ?1")
    closeTally = try database.prepare(
      "UPDATE tally SET counts = ?2, closed = ?3, outcome = ?4 WHERE id = ?1"
    )
    moveTally = try database.prepare("UPDATE tally SET station = ?2 WHERE id = ?1")
    putStation = try database.prepare(
      """
      INSERT INTO station(name, tally, last_closed, resync, state) VALUES(?1, ?2, ?3, ?4, ?5)
      ON CONFLICT(name) DO UPDATE SET tally = ?2, last_closed = ?3, resync = ?4, state = ?5
      """
    )
    addName = try database.prepare(
      "INSERT OR IGNORE INTO confirmation_name(name, confirmation) VALUES(?1, ?2)"
    )
    findNamed = try database.prepare(
      """
      SELECT content, state, backorders FROM confirmation_name
      JOIN confirmation ON seq = confirmation_name.confirmation
      WHERE name = ? AND state <> 'discarded' ORDER BY seq
      """
    )
    addStockCount = try database.prepare(
      """
      INSERT INTO stock_count(uuid, location, place, content, event, station, counted, state, held,
        proven, changed)
      VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, 'pending', ?8, ?9, ?7)
      """
    )
    addConfirmation = try database.prepare(
      """
      INSERT INTO confirmation(uuid, target, transfer, transfer_id, warehouse, chain, step, content,
        event, station, state, closed, changed)
      VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 'pending', ?11, ?11)
      """
    )
    findClosure = try database.prepare(
      """
      SELECT content, state, backorders FROM confirmation
      WHERE target = ? AND state <> 'discarded' ORDER BY seq DESC LIMIT 1
      """
    )
    findBinding = try database.prepare(
      """
      SELECT content, state, backorders FROM confirmation
      WHERE transfer_id = ? AND state <> 'discarded' ORDER BY seq DESC LIMIT 1
      """
    )
    closuresOfChain = try database.prepare(
      """
      SELECT content, state, backorders FROM confirmation
      WHERE chain = ? AND state <> 'discarded' ORDER BY seq
      """
    )
    addTransition = try database.prepare(
      """
      INSERT INTO transition(confirmation, at, state, reason, actor) VALUES(?1, ?2, ?3, ?4, ?5)
      """
    )
    addCall = try database.prepare(
      """
      INSERT INTO call(confirmation, at, attempt, model, method, ids, micros, outcome, detail)
      VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
      """
    )
    setState = try database.prepare(
      """
      UPDATE confirmation SET state = ?2, category = ?3, reason = ?4, detail = ?5, attempts = ?6,
        changed = ?7, transfer_id = coalesce(?8, transfer_id), backorders = coalesce(?9, backorders),
        next_moves = coalesce(?10, next_moves)
      WHERE uuid = ?1
      """
    )
  }
}
