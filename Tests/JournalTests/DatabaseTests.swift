internal import Glibc
internal import Journal
internal import Testing

struct DatabaseTests {
  let directory = ScratchDirectory()

  private func database() throws -> Database {
    let database = try Database(path: directory.file("a.db"))
    try database.execute("CREATE TABLE t (i INTEGER, d REAL, s TEXT, b BLOB)")
    return database
  }

  @Test(arguments: [(Int64.min, 0.5, 0), (0, -1e300, 1), (.max, 0, 5000)])
  func givesBackWhatWasBound(i: Int64, d: Double, copies: Int) throws {
    let s = String(repeating: "Größe \u{0} 📦", count: copies)
    let b = [UInt8](repeating: 0, count: copies) + [UInt8](repeating: 255, count: copies)
    let database = try database()
    let insert = try database.prepare("INSERT INTO t VALUES (?1, ?2, ?3, ?4)")
    try insert.bind(1, i)
    try insert.bind(2, d)
    try insert.bind(3, s)
    try insert.bind(4, b)
    try insert.run()
    let select = try database.prepare("SELECT i, d, s, b, typeof(s), typeof(b) FROM t")
    #expect(try select.step())
    #expect(select.int64(0) == i)
    #expect(select.double(1) == d)
    #expect(select.text(2) == s)
    #expect(select.bytes(3) == b)
    #expect(select.text(4) == "text")
    #expect(select.text(5) == "blob")
    #expect(try !select.step())
  }

  @Test func tellsNullFromEmpty() throws {
    let database = try database()
    let insert = try database.prepare("INSERT INTO t VALUES (?1, ?2, ?3, ?4)")
    try insert.bind(1, Int64?.none)
    try insert.bind(2, Double?.none)
    try insert.bind(3, String?.none)
    try insert.bind(4, [UInt8]?.none)
    try insert.run()
    let select = try database.prepare("SELECT i, d, s, b FROM t")
    #expect(try select.step())
    #expect(select.optionalInt64(0) == nil)
    #expect(select.optionalText(2) == nil)
    #expect(select.optionalBytes(3) == nil)
    #expect(select.text(2) == "")
  }

  @Test func takesATransactionBackOnAnError() throws {
    let database = try database()
    #expect(throws: SQLiteError.self) {
      try database.transaction { () throws(SQLiteError) in
        try database.execute("INSERT INTO t (i) VALUES (1)")
        try database.execute("INSERT INTO nowhere VALUES (1)")
      }
    }
    #expect(!database.isInTransaction)
    #expect(try database.integer("SELECT count(*) FROM t") == 0)
  }

  @Test func namesOperationPathAndHintOfAnError() throws {
    let database = try database()
    let error = #expect(throws: SQLiteError.self) {
      _ = try database.prepare("SELECT x FROM t")
    }
    #expect(error?.operation == "SELECT x FROM t")
    #expect(error?.path == directory.file("a.db"))
    #expect(error?.code == 1)
    #expect(error?.isRetryable == false)
    let missing = #expect(throws: SQLiteError.self) {
      _ = try Database(path: directory.file("none/b.db"))
    }
    #expect(missing?.isUnopenable == true)
    #expect(missing?.hint.contains("directory") == true)
  }

  @Test func saysThatABusyFileMayBeTriedAgain() throws {
    let first = try database()
    let second = try Database(
      path: directory.file("a.db"),
      mode: .readWrite,
      busyTimeout: .zero
    )
    try first.begin(.immediate)
    let error = #expect(throws: SQLiteError.self) { try second.begin(.immediate) }
    #expect(error?.code == 5)
    #expect(error?.isRetryable == true)
    first.rollback()
    try second.begin(.immediate)
    second.rollback()
  }

  @Test func refusesAPragmaThatDidNotTake() throws {
    let database = try database()
    try database.require("journal_mode", "WAL")
    try database.require("synchronous", "FULL", reads: "2")
    let error = #expect(throws: SQLiteError.self) {
      try database.require("synchronous", "FULL", reads: "3")
    }
    #expect(error?.message == "reads back as 2")
    #expect(throws: SQLiteError.self) { try database.require("no_such_pragma", "1") }
  }

  @Test func aStatementIsUsableAfterAnError() throws {
    let database = try database()
    try database.execute("CREATE UNIQUE INDEX u ON t (i)")
    let insert = try database.prepare("INSERT INTO t (i) VALUES (?1)")
    try insert.bind(1, 1)
    try insert.run()
    let error = #expect(throws: SQLiteError.self) { try insert.run() }
    #expect(error?.code == 19)
    try insert.bind(1, 2)
    try insert.run()
    #expect(try database.integer("SELECT count(*) FROM t") == 2)
  }

  @Test func knowsADamagedFile() throws {
    let path = directory.file("garbage.db")
    let file = try #require(fopen(path, "w"))
    for _ in 0..<500 { fputs("this is no database ", file) }
    fclose(file)
    let database = try Database(path: path)
    let error = #expect(throws: SQLiteError.self) { _ = try database.userVersion() }
    #expect(error?.isDamage == true)
  }
}
