import JSON
import TestKit
import Testing

/// `tallyman counts`.
@Suite("Counts at the terminal")
struct CountsTests {
  private func counted() throws -> Box {
    let box = try Box()
    try box.scan("TM-COUNT", "LOC-A1", "TM-QTY-7", "4006381333931")
    try box.scan("(01)04000000000013(10)LOT-A", "LOC-STOCK", "OBTVALI")
    return box
  }

  @Test func listsWhatLiesWhere() throws {
    let box = try counted()
    let command = try Command(["counts", "--config", box.configuration])
    #expect(command.status == .exited(0), "\(command.errors)")
    let rows = command.output.split(separator: "\n").map {
      $0.split(separator: " ").map(String.init)
    }
    #expect(rows.count == 4)
    #expect(
      rows[0] == [
        "COUNTED", "LOCATION", "QUANTITY", "EXPECTED", "PRODUCT", "LOT", "STATION", "STATE", "ID",
      ]
    )
    let end = ["pack1", "pending", "uuid-1"]
    #expect(Array(rows[1].dropFirst(2)) == ["WH/Stock/A1", "7", "Bolt,", "\"M8\""] + end)
    #expect(Array(rows[2].dropFirst(2)) == ["WH/Stock/A1", "1", "Paint", "LOT-A"] + end)
    #expect(rows[3].dropFirst(2).prefix(2) == ["WH/Stock", "0"])
  }

  @Test func printsJSON() throws {
    let box = try counted()
    let command = try Command(["counts", "--config", box.configuration, "--json"])
    let counts = try #require(command.json().first?.array)
    #expect(counts.map { $0["location"]?["name"]?.string } == ["WH/Stock/A1", "WH/Stock"])
    #expect(counts.map { $0["station"]?.string } == ["pack1", "pack1"])
    let lines = try #require(counts[0]["lines"]?.array)
    #expect(lines.map { $0["product"]?.string } == ["Bolt, \"M8\"", "Paint"])
    #expect(lines.map { $0["quantity"] } == [.number("7"), .number("1")])
    #expect(lines.map { $0["lot"]?.string } == [nil, "LOT-A"])
    #expect(counts[1]["lines"]?.array?.isEmpty == true, "nothing lies there")
  }

  @Test func printsValuesForSpreadsheets() throws {
    let box = try counted()
    let command = try Command(["counts", "--config", box.configuration, "--csv"])
    let lines = command.output.split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines[0].hasPrefix("id,counted,station,location_id,location,product_id,"))
    #expect(
      lines[1].hasSuffix(
        ",pack1,9,WH/Stock/A1,1,'=BOLT,4006381333931,\"Bolt, \"\"M8\"\"\",,7,,pending"
      )
    )
    #expect(lines[3].hasSuffix(",pack1,8,WH/Stock,,,,,,0,,pending"))
  }

  @Test func listsOnlyTheNewerOnes() throws {
    let box = try counted()
    for (since, rows) in [("2026-11-23", 4), ("2026-11-26", 1), ("2026-11-23 23:59:59", 4)] {
      let command = try Command(["counts", "--config", box.configuration, "--since", since])
      #expect(command.output.split(separator: "\n").count == rows, "\(since)")
    }
    for wrong in ["yesterday", "2026-13-01", "7", "7 d", "2026-11-24 25:00"] {
      let command = try Command(["counts", "--config", box.configuration, "--since", wrong])
      #expect(command.status == .exited(64), "\(wrong)")
    }
    let both = try Command(["counts", "--config", box.configuration, "--json", "--csv"])
    #expect(both.status == .exited(64))
  }
}
