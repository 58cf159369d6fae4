internal import JSON
internal import OdooSimulator
internal import TestKit
internal import Testing

/// Counts of stock on a box: scanned at a station, corrected in Odoo.
@Suite struct CountTests {
  /// A box whose login may apply counts, with the stock of one product at one place.
  private func counting(
    _ lines: [String] = []
  ) throws -> (box: Box, place: String, product: JSON) {
    var settings = BoxSettings()
    settings.more = ["[counts]"] + lines
    let box = try Box(.v18, settings: settings)
    try box.start()
    let quant = try #require(
      box.odoo.admin.state()["quants"]?.array?.first {
        $0["product"]?.string == "TM-1001" && ($0["quantity"]?.double ?? 0) > 10
      }
    )
    let name = try #require(quant["location"]?.string)
    let path = box.directory.path("state/mirror.db")
    // The mirror reads one table after the other.
    try eventually("the place and the product in the mirror", within: .seconds(15)) {
      guard File.exists(path), let mirror = try? SQLiteFile(path) else { return false }
      let found = try? mirror.rows(
        "SELECT 1 FROM location, product WHERE location.name = ? AND product.barcode = ?",
        name,
        Code.product(1)
      )
      return found?.isEmpty == false
    }
    return (box, name, quant)
  }

  private func stock(_ box: Box, _ place: String) -> Double {
    let quants = box.odoo.admin.state()["quants"]?.array ?? []
    return quants.filter {
      $0["product"]?.string == "TM-1001" && $0["location"]?.string == place
    }.reduce(0) { $0 + ($1["quantity"]?.double ?? 0) }
  }

  private func wait(_ box: Box, _ state: String) throws {
    let journal = try box.journal()
    try eventually("the count is \(state)", within: .seconds(20)) {
      let rows = try journal.rows("SELECT state, reason FROM stock_count")
      return rows.contains { $0["state"] == state }
    }
  }

  @Test("a count that differs little is corrected; one that differs much waits for a person")
  func correctsAndAsks() throws {
    let (box, place, quant) = try counting()
    let had = Int(quant["quantity"]?.double ?? 0)
    let scanner = Scanner("s1", box)
    for code in ["TM-COUNT", place, "TM-QTY-\(had - 1)", Code.product(1), Code.validate] {
      _ = try scanner.scan(code)
    }
    try wait(box, "applied")
    #expect(stock(box, place) == Double(had - 1))

    for code in ["TM-COUNT", place, "TM-QTY-\(had / 2)", Code.product(1), Code.validate] {
      _ = try scanner.scan(code)
    }
    try wait(box, "parked")
    #expect(stock(box, place) == Double(had - 1))
    let list = try box.tallyman("counts")
    #expect(list.output.contains("parked") && list.output.contains("applied"), "\(list.output)")
    #expect(list.output.contains("More differs at \(place)"))
    let wrong = try box.tallyman("counts", "--mismatches", "--json").json()
    #expect(wrong[0]?["counts"] == 2 && wrong[0]?["wrong"] == 2, "\(wrong.text)")

    let id = try #require(
      box.journal().rows("SELECT uuid FROM stock_count WHERE state = 'parked'").first?["uuid"]
    )
    func isOnTheDesk() throws -> Bool {
      let all = try box.tallyman("exceptions", "list", "--json").json().array ?? []
      return all.contains { $0["code"] == "count_waits" }
    }
    try eventually("it is on the desk", within: .seconds(15)) { try isOnTheDesk() }
    #expect(try box.tallyman("counts", "apply", id).code == 64, "without a reason")
    let answer = try box.tallyman("counts", "apply", id, "--reason", "counted twice")
    #expect(answer.code == 0, "\(answer.error)")
    try eventually("half of it is gone", within: .seconds(20)) {
      stock(box, place) == Double(had / 2)
    }
    // Nothing else happens on this box, so the desk looks again within a minute.
    _ = try scanner.scan("NO-SUCH-CODE")
    try eventually("it is not on the desk any more", within: .seconds(15)) { try !isOnTheDesk() }
    let audit = try box.journal().rows("SELECT reason FROM audit WHERE action LIKE 'approve%'")
    #expect(audit.map { $0["reason"] } == ["counted twice"])
  }

  @Test("who counts again means the new count")
  func countsAgain() throws {
    let (box, place, quant) = try counting()
    let had = Int(quant["quantity"]?.double ?? 0)
    let scanner = Scanner("s1", box)
    for code in ["TM-COUNT", place, "TM-QTY-\(had / 2)", Code.product(1), Code.validate] {
      _ = try scanner.scan(code)
    }
    try wait(box, "parked")
    for code in ["TM-COUNT", place, "TM-QTY-\(had - 1)", Code.product(1), Code.validate] {
      _ = try scanner.scan(code)
    }
    try wait(box, "applied")
    #expect(stock(box, place) == Double(had - 1))
    #expect(try box.count("SELECT count(*) FROM stock_count WHERE state = 'discarded'") == 1)
  }

  @Test("late-count: counted while Odoo is away, with shipments before and after")
  func lateCountOverAnOutage() throws {
    let (box, place, quant) = try counting(["apply = \"always\""])
    let had = Int(quant["quantity"]?.double ?? 0)
    let before = try box.order([("TM-1001", 2)])
    let after = try box.order([("TM-1001", 3)])
    box.odoo.admin.goDown()
    let scanner = Scanner("s1", box)
    try scanner.work(before, Array(repeating: Code.product(1), count: 2))
    // One is missing beside the two that were shipped.
    for code in ["TM-COUNT", place, "TM-QTY-\(had - 3)", Code.product(1), Code.validate] {
      _ = try scanner.scan(code)
    }
    try scanner.work(after, Array(repeating: Code.product(1), count: 3))
    try box.odoo.admin.comeUp()
    try box.waitFor("applied", of: before)
    try box.waitFor("applied", of: after)
    try wait(box, "applied")
    #expect(stock(box, place) == Double(had - 3 - 3))
  }

  @Test("counts are only kept where the site wants it so")
  func onlyKept() throws {
    let (box, place, quant) = try counting(["apply = \"never\""])
    let had = Int(quant["quantity"]?.double ?? 0)
    let scanner = Scanner("s1", box)
    for code in ["TM-COUNT", place, "TM-QTY-1", Code.product(1), Code.validate] {
      _ = try scanner.scan(code)
    }
    // A shipment that is closed after it goes through.
    let name = try box.order([("TM-1001", 1)])
    try scanner.work(name, [Code.product(1)])
    try box.waitFor("applied", of: name)
    #expect(stock(box, place) == Double(had - 1))
    #expect(try box.count("SELECT count(*) FROM stock_count WHERE state = 'pending'") == 1)
  }
}
