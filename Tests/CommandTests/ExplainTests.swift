import JSON
import TestKit
import Testing

/// `tallyman explain`.
@Suite("Explaining codes")
struct ExplainTests {
  /// A code, and what is said of it.
  struct Case: Sendable, CustomTestStringConvertible {
    let code: String
    let kind: String
    let taken: String?
    let reason: String?
    var testDescription: String { code }

    init(_ code: String, _ kind: String, taken: String? = nil, damage: String? = nil) {
      self.code = code
      self.kind = kind
      self.taken = taken
      reason = damage
    }
  }

  @Test(
    arguments: [
      Case("4006381333931", "gtin", taken: "product"),
      Case("14006381333938", "gtin", taken: "packaging"),
      Case("BOLT-M8", "text", taken: "product"),
      Case("]C1010400000000001310LOT-A^372", "gs1", taken: "product"),
      Case("(00)340123450000009010", "gs1"),
      Case("340123450000009010", "sscc"),
      Case("https://id.gs1.org/01/04006381333931", "gs1", taken: "product"),
      Case("https://example.com/", "url"),
      Case("WH/OUT/00001", "text", taken: "transfer"),
      Case("BATCH/00001", "text", taken: "batch"),
      Case("WHOUT", "text", taken: "operation_type"),
      Case("LOC-A1", "text", taken: "location"),
      Case("PACK0000009", "text", taken: "package"),
      Case("LOT-A", "text", taken: "lot"),
      Case("10LOT-A", "text", taken: "lot"),
      Case("CARTON-S", "text", taken: "package_type"),
      Case("1Z999AA10123456784", "text", taken: "tracking"),
      Case("2812349007507", "gtin", taken: "product"),
      Case("OBTVALI", "command", taken: "command"),
      Case("TM-QTY-12", "command", taken: "command"),
      Case("SUPER-1", "text", taken: "badge"),
      Case("XYZ", "text"),
      Case("4006381333932", "text", taken: "gs1", damage: "wrong_check_digit"),
      Case("(01)04006381333932", "damaged_gs1", damage: "wrong_check_digit"),
      Case("]C10104006381333931172713311", "damaged_gs1", damage: "invalid_date"),
      Case("]C101040063", "damaged_gs1", damage: "value_too_short"),
      Case("]C1X", "damaged_gs1", damage: "unknown_ai"),
      Case(" ", "empty", damage: "empty"),
    ]
  )
  func saysHowItIsReadAndTaken(example: Case) throws {
    let command = try Command(["explain", "--demo", "--json", example.code])
    #expect(command.status == .exited(0))
    let json = try #require(command.json().first)
    #expect(json["kind"]?.string == example.kind)
    #expect(json["taken_for"]?["kind"]?.string == example.taken)
    #expect(json["damage"]?["reason"]?.string == example.reason)
    let text = try Command(["explain", "--demo", example.code])
    #expect(text.status == .exited(0))
    #expect(text.output.contains("How it is read"))
  }

  @Test func showsElementsWithTheirMeaning() throws {
    let code = "]C1010281234000000217271231310300075010LOT-A"
    let json = try #require(try Command(["explain", "--demo", "--json", code]).json().first)
    let elements = try #require(json["elements"]?.array)
    #expect(elements.map { $0["ai"]?.string } == ["01", "17", "3103", "10"])
    #expect(elements[1]["date"]?.string == "2027-12-31")
    #expect(elements[2]["number"]?.string == "0.750")
    #expect(elements[2]["unit"]?.string == "kg")
    let text = try Command(["explain", "--demo", code]).output
    #expect(text.contains("check digit 2 is right"))
    #expect(text.contains("2027-12-31"))
    #expect(text.contains("0.750 kg"))
  }

  @Test func saysWhichSpellingsItReplaced() throws {
    let code = "]C110LOT^21A{GS}21A"
    let json = try #require(try Command(["explain", "--json", "--demo", code]).json().first)
    #expect(json["replaced"]?.array?.map { $0["spelling"]?.string } == ["^", "{GS}"])
    #expect(json["replaced"]?.array?.map { $0["position"] } == [.number("8"), .number("12")])
    let raw = try Command(["explain", "--json", "--demo", "--raw", "A^B"]).json().first
    #expect(raw?["text"]?.string == "A^B")
  }

  @Test func pointsAtTheDamage() throws {
    let text = try Command(["explain", "--demo", "]C10104006381333931172713311"]).output
    #expect(text.contains("  0104006381333931172713311\n                    ^"))
    #expect(text.contains("a scan is refused"))
    #expect(text.contains("Correct the label, or scan another one."))
    let plain = try Command(["explain", "--demo", "4006381333932"]).output
    #expect(plain.contains("an EAN-13, whose last digit would be 1; 2 came"))
  }

  @Test func asksTheBox() throws {
    let box = try Box()
    try box.scan("WH/OUT/00001", "4006381333931")
    let arguments = ["explain", "--config", box.configuration]
    let product = try #require(try Command(arguments + ["--json", "4006381333931"]).json().first)
    #expect(product["taken_for"]?["name"]?.string == "Bolt, \"M8\"")
    #expect(product["taken_for"]?["stations"]?.array == [.string("pack1")])
    let text = try Command(arguments + ["wh/out/00001"]).output
    #expect(text.contains("It is taken for transfer WH/OUT/00001"))
    #expect(text.contains("open at pack1"))
  }

  @Test func worksWithoutABox() throws {
    let missing = try Command(["explain", "--config", "/nowhere/tallyman.toml", "4006381333931"])
    #expect(missing.status == .exited(78))
    let box = try TemporaryDirectory()
    let file = box.path + "/tallyman.toml"
    try File.write("[storage]\ndirectory = \"\(box.path)\"\n", to: file)
    let command = try Command(["explain", "--config", file, "4006381333931"])
    #expect(command.status == .exited(0))
    #expect(command.output.contains("There is no copy of Odoo's data"))
  }
}
