/// The tables of `journal.db`, by version; each entry brings a file from the version before it.
///
/// An entry is never changed once released: a change is a new entry.
enum JournalSchema {
  static let versions: [String] = [
    version1, stationStates, followers, reconciliations, countStates, desk,
  ]

  /// Brings the file to the newest version in one transaction; refuses a newer file untouched.
  static func migrate(_ database: Database, path: String) throws(JournalError) {
    do throws(SQLiteError) {
      let found = try database.userVersion()
      guard found <= versions.count else {
        throw SQLiteError(
          extendedCode: newerFile,
          operation: "migrate",
          path: path,
          message: "written by a newer version (schema \(found), known is \(versions.count))",
          hint: "Install the newer tallyman again; this file was not touched."
        )
      }
      guard found < versions.count else { return }
      try database.transaction { () throws(SQLiteError) in
        for sql in versions[found...] { try database.execute(sql) }
        try database.setUserVersion(versions.count)
      }
    } catch {
      var failure = JournalError(error, path: path)
      if error.extendedCode == newerFile { failure.kind = .newer }
      throw failure
    }
  }

  /// Not a code of SQLite's; marks the refusal on its way through `SQLiteError`.
  private static let newerFile: Int32 = -1

  private static let version1 = """
    CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE boot(
      id INTEGER PRIMARY KEY, boot TEXT NOT NULL UNIQUE, started INTEGER NOT NULL,
      clock_offset INTEGER);
    CREATE TABLE event(
      seq INTEGER PRIMARY KEY, id TEXT, key TEXT, hash INTEGER NOT NULL,
      boot INTEGER NOT NULL, mono INTEGER NOT NULL, wall INTEGER NOT NULL, synced INTEGER NOT NULL,
      topic TEXT NOT NULL, device TEXT, station TEXT, profile TEXT, kind TEXT, device_time INTEGER,
      payload BLOB NOT NULL, size INTEGER NOT NULL, generation INTEGER NOT NULL,
      packet INTEGER NOT NULL, transfer TEXT, code TEXT NOT NULL, verdict TEXT NOT NULL,
      repeats INTEGER NOT NULL DEFAULT 0);
    CREATE UNIQUE INDEX event_key ON event(key) WHERE key IS NOT NULL;
    CREATE TABLE tally(
      id INTEGER PRIMARY KEY, station TEXT NOT NULL, target TEXT NOT NULL, transfer TEXT NOT NULL,
      snapshot TEXT NOT NULL, counts TEXT NOT NULL, opened INTEGER NOT NULL, closed INTEGER,
      outcome TEXT);
    CREATE TABLE station(
      name TEXT PRIMARY KEY, tally INTEGER REFERENCES tally(id), last_closed TEXT,
      resync INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
    CREATE TABLE confirmation(
      seq INTEGER PRIMARY KEY AUTOINCREMENT, uuid TEXT NOT NULL UNIQUE, target TEXT NOT NULL,
      transfer TEXT NOT NULL, transfer_id INTEGER, warehouse INTEGER NOT NULL, chain TEXT NOT NULL,
      step TEXT NOT NULL, content TEXT NOT NULL, event INTEGER NOT NULL REFERENCES event(seq),
      station TEXT NOT NULL, state TEXT NOT NULL, category TEXT, reason TEXT, detail TEXT,
      attempts INTEGER NOT NULL DEFAULT 0, closed INTEGER NOT NULL, changed INTEGER NOT NULL,
      backorders TEXT NOT NULL DEFAULT '[]');
    CREATE INDEX confirmation_target ON confirmation(target);
    CREATE INDEX confirmation_open ON confirmation(state)
      WHERE state NOT IN ('applied', 'discarded');
    CREATE TABLE transition(
      id INTEGER PRIMARY KEY, confirmation TEXT NOT NULL, at INTEGER NOT NULL, state TEXT NOT NULL,
      reason TEXT, actor TEXT NOT NULL);
    CREATE INDEX transition_confirmation ON transition(confirmation);
    CREATE TABLE call(
      id INTEGER PRIMARY KEY, confirmation TEXT NOT NULL, at INTEGER NOT NULL,
      attempt INTEGER NOT NULL, model TEXT NOT NULL, method TEXT NOT NULL, ids TEXT NOT NULL,
      micros INTEGER NOT NULL, outcome TEXT NOT NULL, detail TEXT);
    CREATE INDEX call_confirmation ON call(confirmation);
    CREATE TABLE request(
      id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, actor TEXT NOT NULL,
      action TEXT NOT NULL, confirmation TEXT NOT NULL, reason TEXT, handled TEXT);
    CREATE TABLE audit(
      id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, actor TEXT NOT NULL,
      action TEXT NOT NULL, subject TEXT NOT NULL, reason TEXT);
    """

  /// Several tallies at a station, counts of stock, and what confirmations name.
  private static let stationStates = """
    ALTER TABLE station ADD COLUMN state TEXT NOT NULL DEFAULT '{}';
    CREATE INDEX tally_open ON tally(station) WHERE closed IS NULL;
    CREATE TABLE stock_count(
      id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE, location INTEGER NOT NULL,
      place TEXT NOT NULL, content TEXT NOT NULL, event INTEGER NOT NULL REFERENCES event(seq),
      station TEXT NOT NULL, counted INTEGER NOT NULL);
    CREATE TABLE confirmation_name(
      name TEXT NOT NULL, confirmation INTEGER NOT NULL REFERENCES confirmation(seq),
      PRIMARY KEY(name, confirmation)) WITHOUT ROWID;
    INSERT OR IGNORE INTO confirmation_name
      SELECT json_extract(line.value, '$.lot'), seq
      FROM confirmation, json_each(content, '$.lines') AS line
      WHERE json_extract(line.value, '$.lot') IS NOT NULL;
    INSERT OR IGNORE INTO confirmation_name
      SELECT json_extract(line.value, '$.package'), seq
      FROM confirmation, json_each(content, '$.lines') AS line
      WHERE json_extract(line.value, '$.package') IS NOT NULL;
    """

  /// What follows a confirmation in Odoo, and the ways to find it by its order and its transfer.
  private static let followers = """
    ALTER TABLE confirmation ADD COLUMN next_moves TEXT NOT NULL DEFAULT '[]';
    CREATE INDEX confirmation_chain ON confirmation(chain);
    CREATE INDEX confirmation_transfer ON confirmation(transfer_id) WHERE transfer_id IS NOT NULL;
    """

  /// What comparisons with Odoo found, and which confirmation took the place of another.
  private static let reconciliations = """
    CREATE TABLE reconciliation(
      id INTEGER PRIMARY KEY, made INTEGER NOT NULL, since INTEGER NOT NULL,
      compared INTEGER NOT NULL, unexplained INTEGER NOT NULL, report TEXT NOT NULL);
    ALTER TABLE confirmation ADD COLUMN replaced_by TEXT;
    """

  /// What becomes of counts in Odoo; those from before stay as they are.
  private static let countStates = """
    ALTER TABLE stock_count ADD COLUMN state TEXT NOT NULL DEFAULT 'kept';
    ALTER TABLE stock_count ADD COLUMN category TEXT;
    ALTER TABLE stock_count ADD COLUMN reason TEXT;
    ALTER TABLE stock_count ADD COLUMN goods TEXT NOT NULL DEFAULT '[]';
    ALTER TABLE stock_count ADD COLUMN held TEXT NOT NULL DEFAULT '[]';
    ALTER TABLE stock_count ADD COLUMN proven INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE stock_count ADD COLUMN approved INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE stock_count ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE stock_count ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX stock_count_open ON stock_count(state)
      WHERE state NOT IN ('applied', 'discarded', 'kept');
    """

  /// What people decide about: exceptions that are no confirmation, decisions with their content, and
  /// confirmations that end as Odoo has them.
  private static let desk = """
    CREATE TABLE finding(
      id INTEGER PRIMARY KEY AUTOINCREMENT, identity TEXT NOT NULL, code TEXT NOT NULL,
      transfer TEXT, sentence TEXT NOT NULL, detail TEXT NOT NULL, state TEXT NOT NULL,
      since INTEGER NOT NULL, changed INTEGER NOT NULL, actor TEXT NOT NULL, reason TEXT);
    CREATE UNIQUE INDEX finding_identity ON finding(identity) WHERE state <> 'gone';
    ALTER TABLE request ADD COLUMN content TEXT;
    ALTER TABLE request ADD COLUMN token TEXT;
    CREATE INDEX request_open ON request(id) WHERE handled IS NULL;
    ALTER TABLE audit ADD COLUMN content TEXT;
    CREATE INDEX audit_subject ON audit(subject);
    DROP INDEX confirmation_open;
    CREATE INDEX confirmation_open ON confirmation(state)
      WHERE state NOT IN ('applied', 'discarded', 'accepted');
    """
}
