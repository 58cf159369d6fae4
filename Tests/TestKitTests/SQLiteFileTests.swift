import CSQLite
import TestKit
import Testing

@Suite("SQLiteFile")
struct SQLiteFileTests {
  private let directory: TemporaryDirectory
  private let path: String

  init() throws {
    directory = try TemporaryDirectory()
    path = directory.path("journal.db")
  }

  @Test func readsWhatAnOpenWriterHasCommittedToItsWAL() throws {
    let writer = try Writer(path)
    try writer.run("PRAGMA journal_mode=WAL")
    try writer.run("CREATE TABLE event (id TEXT, weight REAL, raw BLOB, note TEXT)")
    try writer.run("INSERT INTO event VALUES ('é-1', 1.5, x'616200', NULL), ('2', 7, x'', '')")
    let file = try SQLiteFile(path)
    let rows = try file.rows("SELECT * FROM event ORDER BY rowid")
    #expect(rows.map(\.columns) == Array(repeating: ["id", "weight", "raw", "note"], count: 2))
    #expect(rows[0].values == ["é-1", "1.5", "ab\0", nil])
    #expect(rows[1].values == ["2", "7.0", "", ""])
    #expect(rows[0]["weight"] == "1.5")
    #expect(rows[0]["absent"] == nil)
    #expect(try file.rows("SELECT note FROM event WHERE id = ?", "2").count == 1)
    #expect(try file.value("SELECT count(*) FROM event") == "2")
    try file.checkIntegrity()

    // An open transaction does not show, and does not block.
    try writer.run("BEGIN; DELETE FROM event")
    #expect(try file.value("SELECT count(*) FROM event") == "2")
  }

  @Test func cannotWriteAndNamesItsErrors() throws {
    try Writer(path).run("CREATE TABLE event (id)")
    let file = try SQLiteFile(path)
    #expect(throws: TestKitError.self) { try file.rows("INSERT INTO event VALUES (1)") }
    #expect(throws: TestKitError.self) { try file.rows("SELECT nothing FROM event") }
    #expect(throws: TestKitError.self) { try SQLiteFile(directory.path("absent.db")) }
  }

  @Test func findsDamage() throws {
    let writer = try Writer(path)
    try writer.run("CREATE TABLE event (id); CREATE INDEX by_id ON event (id)")
    try writer.run("INSERT INTO event VALUES (1), (2)")
    try writer.run("PRAGMA writable_schema=ON; DELETE FROM sqlite_schema WHERE name='by_id'")
    #expect(throws: TestKitError.self) { try SQLiteFile(path).checkIntegrity() }
  }
}

/// A connection that writes.
private final class Writer {
  private let database: OpaquePointer

  init(_ path: String) throws {
    var opened: OpaquePointer?
    guard sqlite3_open(path, &opened) == SQLITE_OK, let opened else {
      throw PropertyFailure("cannot open \(path)")
    }
    database = opened
  }

  deinit {
    sqlite3_close_v2(database)
  }

  func run(_ sql: String) throws {
    guard sqlite3_exec(database, sql, nil, nil, nil) == SQLITE_OK else {
      throw PropertyFailure(String(cString: sqlite3_errmsg(database)))
    }
  }
}
