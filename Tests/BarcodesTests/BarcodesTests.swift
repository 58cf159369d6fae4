import Barcodes
import Testing

@Suite("Barcodes")
struct BarcodesTests {
  @Test(arguments: [
    ("O-BTN.validate", CommandBarcode.validate), ("obtvali", .validate), ("OBTVALI", .validate),
    ("O-CMD.cancel", .cancel), ("OCDCANC", .cancel), ("O-CMD.DISCARD", .discard),
    ("OCDDISC", .discard), ("O-BTN.pack", .putInPack), ("OBTPACK", .putInPack),
    ("O-CMD.MAIN-MENU", .mainMenu),
  ])
  func knowsTheCommandsOfAllVersionsInAnyCase(code: String, command: CommandBarcode) {
    #expect(CommandBarcode(code) == command)
  }

  @Test(arguments: ["", "OBTVALIX", "VALIDATE", "O-BTN.", "4006381333931"])
  func takesNothingElseForACommand(code: String) {
    #expect(CommandBarcode(code) == nil)
  }

  @Test(arguments: [
    ("4006381333931", true), ("4006381333930", false), ("012345678905", true),
    ("00614141123452", true), ("96385074", true), ("96385075", false), ("1", false),
    ("12a4", false),
  ])
  func checksGTINs(code: String, valid: Bool) {
    #expect(GTIN.hasValidCheckDigit(code) == valid)
  }

  @Test func treatsAllLengthsOfAGTINAsOne() {
    let spellings = GTIN.spellings(of: "012345678905")
    #expect(spellings.first == "012345678905")
    #expect(Set(spellings) == ["012345678905", "0012345678905", "00012345678905"])
    #expect(GTIN.spellings(of: "00012345678905").contains("012345678905"))
    #expect(GTIN.spellings(of: "SHELF-1") == ["SHELF-1"])
    #expect(GTIN.spellings(of: "4006381333930") == ["4006381333930"])
  }

  @Test(arguments: [
    "(00)006141411234567890", "00006141411234567890", "]C100006141411234567890",
    "006141411234567890", "\u{1D}00006141411234567890",
  ])
  func findsAnSSCC(code: String) {
    #expect(SSCC.digits(of: ScannedCode(code)) == "006141411234567890")
  }

  @Test(arguments: ["(00)006141411234567891", "0061414112345678", "PACK0000001", ""])
  func takesNothingElseForAnSSCC(code: String) {
    #expect(SSCC.digits(of: ScannedCode(code)) == nil)
  }

  @Test(
    arguments: [
      ("]E04006381333931\r\n", "]E0", "4006381333931"), (" PACK1 ", nil, "PACK1"),
      ("]x", nil, "]x"),
      ("\r\n", nil, ""),
    ] as [(String, String?, String)]
  )
  func takesAScanApart(raw: String, symbology: String?, text: String) {
    let code = ScannedCode(raw)
    #expect(code.symbology == symbology && code.text == text)
  }
}
