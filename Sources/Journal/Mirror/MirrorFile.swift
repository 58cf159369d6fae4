internal import Glibc

/// The files of the mirror in the agent's directory, and the schema that they hold.
///
/// * `mirror.db` is written by one thread (`MirrorStore`) and read by another (`MirrorReader`),
///   each with a connection of its own. WAL and `synchronous=NORMAL`: a power cut may lose the last
///   changes, which the next refresh brings again, and never the file.
/// * `mirror.db.good` is a whole copy from the end of a complete refresh; it is replaced by an
///   atomic rename after it has been synced, so there is always one that is whole.
/// * `mirror.db.damaged-1`, `-2` are what a damaged file became; nothing reads them.
///
/// Neither of the first two is ever deleted: without the mirror the floor is blind until Odoo
/// answers again (hazard `mirror-lost`).
enum MirrorFile {
  static func main(_ directory: String) -> String { "\(directory)/mirror.db" }
  static func good(_ directory: String) -> String { "\(directory)/mirror.db.good" }

  /// Most damaged files that are kept.
  private static let damagedLimit = 2

  /// The tables by version; each entry brings a file from the version before it.
  ///
  /// An entry is never changed once released. An older file goes on serving the floor: what can be
  /// told from its transfers is filled in here, and the next refresh reads everything again.
  static let versions = [version1, version2]

  private static let version1 = """
    CREATE TABLE meta(name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE refresh(
      kind TEXT PRIMARY KEY, read_started INTEGER NOT NULL, boot INTEGER NOT NULL,
      mono INTEGER NOT NULL, wall INTEGER NOT NULL, synced INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE transfer(
      id INTEGER PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE, open INTEGER NOT NULL,
      chain TEXT NOT NULL, backorder_of INTEGER, read_started INTEGER NOT NULL,
      content BLOB NOT NULL);
    CREATE INDEX transfer_name ON transfer(name);
    CREATE INDEX transfer_open ON transfer(open, read_started);
    CREATE INDEX transfer_chain ON transfer(chain);
    CREATE INDEX transfer_backorder ON transfer(backorder_of) WHERE backorder_of IS NOT NULL;
    CREATE TABLE product(
      id INTEGER PRIMARY KEY, name TEXT NOT NULL, reference TEXT, barcode TEXT,
      tracking TEXT NOT NULL, weight INTEGER NOT NULL, unit INTEGER);
    CREATE INDEX product_barcode ON product(barcode) WHERE barcode IS NOT NULL;
    CREATE INDEX product_reference ON product(reference) WHERE reference IS NOT NULL;
    CREATE TABLE packaging(
      id INTEGER PRIMARY KEY, barcode TEXT NOT NULL, product INTEGER NOT NULL, quantity INTEGER,
      unit INTEGER);
    CREATE INDEX packaging_barcode ON packaging(barcode);
    CREATE TABLE unit(id INTEGER PRIMARY KEY, name TEXT NOT NULL, ratio INTEGER NOT NULL);
    CREATE TABLE location(id INTEGER PRIMARY KEY, name TEXT NOT NULL, barcode TEXT);
    CREATE INDEX location_barcode ON location(barcode) WHERE barcode IS NOT NULL;
    CREATE INDEX location_name ON location(name);
    CREATE TABLE lot(
      id INTEGER PRIMARY KEY, name TEXT NOT NULL, product INTEGER NOT NULL, expires INTEGER);
    CREATE INDEX lot_name ON lot(name, product);
    CREATE TABLE package(id INTEGER PRIMARY KEY, name TEXT NOT NULL, location INTEGER);
    CREATE INDEX package_name ON package(name);
    CREATE TABLE operation_type(
      id INTEGER PRIMARY KEY, name TEXT NOT NULL, barcode TEXT, step TEXT NOT NULL,
      warehouse INTEGER NOT NULL);
    CREATE INDEX operation_type_barcode ON operation_type(barcode) WHERE barcode IS NOT NULL;
    """

  /// Tables for what the floor looks up; `asking` and `holding` are indices of the open transfers,
  /// kept in step with `transfer` by `MirrorStore` and the trigger.
  private static let version2 = """
    ALTER TABLE transfer ADD COLUMN batch INTEGER;
    CREATE INDEX transfer_batch ON transfer(batch) WHERE batch IS NOT NULL;
    CREATE TABLE asking(product INTEGER NOT NULL, transfer INTEGER NOT NULL,
      PRIMARY KEY(product, transfer)) WITHOUT ROWID;
    CREATE INDEX asking_transfer ON asking(transfer);
    CREATE TABLE holding(package TEXT NOT NULL, transfer INTEGER NOT NULL,
      PRIMARY KEY(package, transfer)) WITHOUT ROWID;
    CREATE INDEX holding_transfer ON holding(transfer);
    CREATE TRIGGER transfer_gone AFTER DELETE ON transfer BEGIN
      DELETE FROM asking WHERE transfer = old.id;
      DELETE FROM holding WHERE transfer = old.id;
    END;
    INSERT OR IGNORE INTO asking
      SELECT json_extract(m.value, '$.product'), t.id
      FROM transfer t, json_each(CAST(t.content AS TEXT), '$.moves') m
      WHERE t.open = 1 AND CAST(json_extract(m.value, '$.demand') AS REAL) > 0;
    INSERT OR IGNORE INTO holding
      SELECT json_extract(l.value, p.value), t.id
      FROM transfer t, json_each(CAST(t.content AS TEXT), '$.moves') m,
        json_each(m.value, '$.lines') l, json_each('["$.package[1]", "$.result_package[1]"]') p
      WHERE t.open = 1 AND json_extract(l.value, p.value) IS NOT NULL;
    CREATE TABLE batch(id INTEGER PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE);
    CREATE INDEX batch_name ON batch(name);
    CREATE TABLE package_type(
      id INTEGER PRIMARY KEY, name TEXT NOT NULL, barcode TEXT, tare INTEGER NOT NULL,
      heaviest INTEGER NOT NULL, carrier TEXT);
    CREATE INDEX package_type_barcode ON package_type(barcode) WHERE barcode IS NOT NULL;
    ALTER TABLE package ADD COLUMN type INTEGER;
    ALTER TABLE unit ADD COLUMN rounding INTEGER;
    CREATE TABLE warehouse(
      id INTEGER PRIMARY KEY, code TEXT NOT NULL, delivery TEXT NOT NULL, reception TEXT NOT NULL);
    DROP INDEX operation_type_barcode;
    CREATE INDEX operation_type_barcode ON operation_type(barcode COLLATE NOCASE)
      WHERE barcode IS NOT NULL;
    """

  /// Refuses a file of a newer version; brings an older one up to date.
  static func migrate(_ database: Database, path: String) throws(JournalError) {
    do throws(SQLiteError) {
      let found = try database.userVersion()
      guard found <= versions.count else { throw newer(found, path) }
      guard found < versions.count else { return }
      try database.transaction { () throws(SQLiteError) in
        for sql in versions[found...] { try database.execute(sql) }
        try database.setUserVersion(versions.count)
      }
    } catch {
      throw failure(error, path)
    }
  }

  /// Refuses a file of any other version; the reader never changes one.
  static func requireVersion(_ database: Database, path: String) throws(JournalError) {
    do throws(SQLiteError) {
      let found = try database.userVersion()
      guard found <= versions.count else { throw newer(found, path) }
      guard found == versions.count else {
        throw SQLiteError(
          extendedCode: olderFile,
          operation: "open",
          path: path,
          message: "holds schema \(found), needed is \(versions.count)",
          hint: "Wait until the agent has brought it up to date."
        )
      }
    } catch {
      throw failure(error, path)
    }
  }

  /// Codes that mark a refusal on its way through `SQLiteError`; not SQLite's own.
  private static let newerFile: Int32 = -1
  private static let olderFile: Int32 = -2

  private static func newer(_ found: Int, _ path: String) -> SQLiteError {
    SQLiteError(
      extendedCode: newerFile,
      operation: "open",
      path: path,
      message: "written by a newer version (schema \(found), known is \(versions.count))",
      hint: "Install the newer tallyman again; this file was not touched."
    )
  }

  private static func failure(_ error: SQLiteError, _ path: String) -> JournalError {
    var failure = JournalError(error, path: path)
    if error.extendedCode == newerFile { failure.kind = .newer }
    if error.extendedCode == olderFile { failure.kind = .unusable }
    return failure
  }

  /// Moves a damaged file out of the way; says where it went.
  static func setAside(_ directory: String) throws(JournalError) -> String {
    let path = main(directory)
    var name = "\(path).damaged-\(damagedLimit)"
    for number in 1..<damagedLimit where access("\(path).damaged-\(number)", F_OK) != 0 {
      name = "\(path).damaged-\(number)"
      break
    }
    try move(path, name)
    // The log belongs to the file that went; a new file must not be read together with it.
    for end in ["-wal", "-shm"] where access(path + end, F_OK) == 0 {
      try move(path + end, name + end)
    }
    return name
  }

  /// Syncs a file that is complete, then gives it its name.
  static func publish(_ temporary: String, as path: String) throws(JournalError) {
    try sync(temporary, O_RDONLY)
    try move(temporary, path)
    let directory = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    try sync(directory, O_RDONLY | O_DIRECTORY)
  }

  /// Makes a copy of a file that nobody writes.
  static func copy(_ source: String, to target: String) throws(JournalError) {
    let input = open(source, O_RDONLY | O_CLOEXEC)
    guard input >= 0 else { throw failure("open", source) }
    defer { close(input) }
    let output = open(target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
    guard output >= 0 else { throw failure("open", target) }
    defer { close(output) }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(input, &buffer, buffer.count)
      guard count >= 0 else { throw failure("read", source) }
      if count == 0 { return }
      var done = 0
      while done < count {
        let written = buffer.withUnsafeBytes { bytes in
          write(output, bytes.baseAddress.map { $0 + done }, count - done)
        }
        guard written > 0 else { throw failure("write", target) }
        done += written
      }
    }
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// What tells one file from another that later has its name.
  static func identity(_ path: String) -> UInt64? {
    var status = stat()
    return stat(path, &status) == 0 ? UInt64(status.st_ino) : nil
  }

  private static func move(_ from: String, _ to: String) throws(JournalError) {
    guard rename(from, to) == 0 else { throw failure("rename to \(to)", from) }
  }

  private static func sync(_ path: String, _ flags: Int32) throws(JournalError) {
    let descriptor = open(path, flags | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("open", path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure("fsync", path) }
  }

  private static func failure(_ operation: String, _ path: String) -> JournalError {
    JournalError(
      kind: .unusable,
      path: path,
      message: "\(operation): errno \(errno)",
      hint: "check free space, permissions and the health of the storage"
    )
  }
}
