internal import Barcodes
import Testing

@Suite("Reading a barcode")
struct BarcodeTests {
  let options = Barcode.Options(year: 2026)
  func read(_ code: String) -> Barcode { Barcode.read(code, options: options) }

  @Test func readsALogisticLabel() {
    let code = read(
      "]C100006141411234567890\u{1D}02040123456789013712\u{1D}17270200\u{1D}3103001250"
    )
    #expect(code.sscc == "006141411234567890" && code.contentGTIN == "04012345678901")
    #expect(code.message?.count == 12 && code.message?.expiry?.description == "2027-02-28")
    #expect(code.message?.netWeight?.description == "1.250")
    #expect(code.message?.measures.first?.unit == "kg" && code.message?.warnings == [])
  }

  @Test func readsWhatElseALabelSays() {
    let code = read(
      "]d2010401234567890115270131" + "3302001000" + "4144012345678901" + "4104012345678901"
        + "91CHEP\u{1D}99x\u{1D}3922" + "1999\u{1D}3005"
    )
    let message = code.message
    #expect(message?.bestBefore?.description == "2027-01-31")
    #expect(message?.grossWeight == ScaledDecimal(coefficient: 10, scale: 0))
    #expect(message?.locationGLN == "4012345678901" && message?.shipToGLN == "4012345678901")
    #expect(message?.internals.map(\.value) == ["CHEP", "x"] && message?.count == 5)
    #expect(message?.elements.first { $0.ai == "3922" }?.decimal?.description == "19.99")
  }

  @Test func onlyWarnsOfAIsThatDoNotFit() {
    #expect(read("]C110LOT").message?.warnings.map(\.kind) == [.companionMissing])
    let both = read("]C101040123456789010204012345678901").message
    #expect(both?.warnings.contains { $0.kind == .exclusive } == true && both?.gtin != nil)
  }

  @Test(arguments: [
    ("]E04006381333931", "04006381333931"), ("]E496385074", "00000096385074"),
    ("]I104006381333931", "04006381333931"), ("012345678905", "00012345678905"),
    ("04252614", "00042100005264"), ("]E004252614", "00042100005264"),
    ("]E3400638133393112", "04006381333931"), ("]A04006381333931", "04006381333931"),
  ])
  func treatsAllArticleNumbersAsOne(code: String, gtin: String) {
    #expect(read(code).gtin == gtin)
  }

  @Test func knowsUnderWhichSpellingsAnArticleMayBeStored() {
    #expect(
      read("012345678905").articleSpellings
        == ["012345678905", "00012345678905", "0012345678905"]
    )
    #expect(read("]C10104006381333931").articleSpellings == ["04006381333931", "4006381333931"])
    let both = read("01234565")
    #expect(both.gtinCandidates == ["00000001234565", "00012345000065"])
    #expect(read("SHELF").articleSpellings == [])
  }

  @Test func keepsTheTextOfACodeThatCannotBeRead() {
    let code = read("]C10104012345678902")
    #expect(code.error?.kind == .wrongCheckDigit && code.error?.ai == "01")
    #expect(code.error?.position == 2 && code.text == "0104012345678902" && code.isMarkedGS1)
    #expect(code.error?.description.contains("check digit") == true)
    #expect(
      read("]C1010401234567890A").error?.description
        == "(01) GTIN has only digits. A came at 15. Scan it again, else relabel."
    )
    #expect(read("]E04006381333930").error?.kind == .wrongCheckDigit)
    #expect(read("(01)04012345678902").error?.position == 4)
    #expect(read("http://a/01/04012345678902").error?.position == 12)
    // A number that is not filled up keeps its places.
    #expect(read("http://a/01/401232&R").error?.position == 12)
    #expect(read("]C1").error?.kind == .empty && read("]C118ABC").error?.kind == .unknownAI)
  }

  @Test func readsCommandsBeforeAnythingElse() {
    #expect(read("]C0o-btn.VALIDATE").command == .odoo(.validate))
    #expect(read("O-CMD.NEXT").command == .odoo(.next))
    #expect(read("obtwrev").command == .odoo(.waitReview))
    #expect(read("O-BTN.check-availability").command == .odoo(.button("check-availability")))
    #expect(read("tm-qty-12").command == .station(.quantity(12)))
    #expect(read("TM-QTY-0").command == nil && read("TM-QTY-100000").command == nil)
    for command in StationCommand.sheet { #expect(StationCommand(command.code) == command) }
  }

  @Test(arguments: [
    ("WH/OUT/00005", OdooName.transfer), ("BATCH/00001", .batch), ("BATCH/OUT/00002", .batch),
    ("WAVE/00001", .wave), ("PACK0000001", .package), ("CLUSTER-PACK-1", .package),
  ])
  func knowsOdoosNames(text: String, name: OdooName) {
    #expect(read(text).odooName == name)
  }

  @Test(arguments: ["PACK", "PACKAGE", "A/B", "1/2", "WH//00001", "BATCH/1"])
  func takesNothingElseForAName(text: String) { #expect(read(text).odooName == nil) }

  @Test func readsAddressesAndTags() {
    #expect(read("https://example.com/shop").content == .url("https://example.com/shop"))
    let link = read("]Q1https://x.com/a/01/9520123456788?3103=000195&17=201225")
    #expect(link.gtin == "09520123456788" && link.url != nil)
    #expect(read("3034257BF7194E4000001A85").epc?.serial == "6789")
    #expect(read("urn:epc:id:sgtin:0614141.812345.6789").gtin == "80614141123458")
  }

  @Test func readsAnInStoreEANOnlyWithARegion() {
    #expect(read("2388060112344").variableMeasure == nil)
    let sweden = Barcode.Options(year: 2026, region: .sweden)
    let code = Barcode.read("2388060112344", options: sweden)
    #expect(code.variableMeasure?.amount.description == "1.234")
    #expect(code.explain.contains { $0.contains("1.234 kg") })
  }

  @Test func refusesToLookAtEndlessCodes() {
    #expect(read(String(repeating: "1", count: 5000)).content == .tooLong(bytes: 5000))
    #expect(read(" \r\n").content == .empty && read("]Q1").content == .empty)
  }

  @Test func explainsInSentences() {
    let lines = read("]C10104012345678901310300125010LOT1").explain
    #expect(lines.contains("The scanner says ]C1: GS1-128."))
    #expect(lines.contains("(3103) net weight kg: 001250 = 1.250"))
    #expect(read("10ABC").explain.contains { $0.contains("looked up first") })
    #expect(read("04252614").explain.contains { $0.contains("GTIN") })
  }
}
