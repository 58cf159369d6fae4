internal import Barcodes
import Testing

@Suite("FNC1")
struct FNC1Tests {
  static let gtin = "0104012345678901"
  static let message = "(01)04012345678901(10)A-7(21)99"

  @Test(
    arguments: [
      "]C1\(gtin)10A-7\u{1D}2199", "]d2\u{1D}\(gtin)10A-7\u{1D}2199\u{1D}",
      "\u{1D}\(gtin)10A-7\u{1D}2199", "\(gtin)10A-7\u{1D}2199", "]Q3\(gtin)10A-7#2199",
      "\(gtin)10A-7#2199", "#\(gtin)10A-7#2199", "\(gtin)10A-7Alt0292199",
      "\(gtin)10A-7aLT0292199", "\(gtin)10A-7{GS}2199", "{gs}\(gtin)10A-7{gs}2199",
      "\(gtin)10A-7<GS>2199", "\(gtin)10A-7␝2199", "]J1\(gtin)10A-7|2199", "\(gtin)10A-7~2199",
      "(01)04012345678901(10)A-7(21)99", " (01) 04012345678901 (10) A-7 (21) 99\r\n",
      "https://id.gs1.org/01/4012345678901/10/A-7/21/99",
    ]
  )
  func readsEverySpelling(code: String) {
    let options = Barcode.Options(year: 2026, separators: ["|", "~"])
    let barcode = Barcode.read(code, options: options)
    #expect(barcode.message?.bracketed == Self.message, "\(barcode.content)")
    #expect(barcode.isMarkedGS1 && barcode.gtin == "04012345678901" && barcode.serial == "99")
  }

  @Test func takesASubstituteForDataWhereGSIsSent() throws {
    // A component id may contain `#`, and this scanner sends GS.
    let code = try GS1Message(elementString: "80101234AB#1\u{1D}80117", year: 2026)
    #expect(code["8010"] == "1234AB#1" && code["8011"] == "7")
  }

  @Test func takesASubstituteForDataIfItOnlyReadsSo() throws {
    let code = try GS1Message(elementString: "80101234#Q", year: 2026)
    #expect(code["8010"] == "1234#Q")
  }

  @Test func doesNotReplaceWhatWasNotConfigured() {
    let code = Barcode.read("\(Self.gtin)10A-7|2199", options: Barcode.Options(year: 2026))
    #expect(code.content == .text)
  }

  @Test func knowsWhyItTookTheCodeForGS1() {
    func marking(_ code: String) -> GS1Message.Marking? {
      Barcode.read(code, options: Barcode.Options(year: 2026)).message?.marking
    }
    #expect(marking("]C110A") == .symbology && marking("\u{1D}10A") == .leadingSeparator)
    #expect(marking("10A\u{1D}21B") == .separator && marking("10A#21B") == .substitute)
    #expect(marking("(10)A") == .brackets && marking("10A") == nil)
    #expect(marking("http://a/414/4012345678901") == .link)
  }

  @Test func escapesBracketsInBothDirections() throws {
    let code = try GS1Message(bracketed: #"(10)A\(1)(21)B"#, year: 2026)
    #expect(code.lot == "A(1)" && code.bracketed == #"(10)A\(1)(21)B"#)
    #expect(code.elementString == "10A(1)\u{1D}21B")
  }
}
