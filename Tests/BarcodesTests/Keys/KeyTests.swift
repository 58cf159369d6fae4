internal import Barcodes
import Testing

@Suite("Keys")
struct KeyTests {
  @Test func makesAnSSCC() throws {
    let made = try SSCC.make(extensionDigit: 0, companyPrefix: "0614141", serial: 123_456_789)
    #expect(made == "006141411234567890" && SSCC.isValid(made))
  }

  @Test func refusesToMakeAWrongSSCC() {
    #expect(throws: SSCC.MakingError.invalidExtension(10)) {
      try SSCC.make(extensionDigit: 10, companyPrefix: "0614141", serial: 1)
    }
    #expect(throws: SSCC.MakingError.invalidPrefix("06A")) {
      try SSCC.make(extensionDigit: 1, companyPrefix: "06A", serial: 1)
    }
    #expect(throws: SSCC.MakingError.serialTooLong(serial: 10_000, digits: 4)) {
      try SSCC.make(extensionDigit: 1, companyPrefix: "123456789012", serial: 10_000)
    }
  }

  @Test(arguments: [
    ("04252614", "042100005264"), ("02345147", "023450000017"), ("02345673", "023456000073"),
    ("08679339", "086700000939"),
  ])
  func expandsAndCompressesUPCE(short: String, long: String) {
    #expect(UPCE.expanded(short) == long && UPCE.compressed(long) == short)
  }

  @Test func readsTagsOfEachKind() {
    let item = EPC(hexadecimal: "3034257BF7194E4000001A85")
    #expect(item?.gtin == "80614141123458" && item?.serial == "6789" && item?.filter == 1)
    let long = EPC(hexadecimal: "3674257BF6B7A659B2C2BF100000000000000000000000000000")
    #expect(long?.gtin == "70614141123451" && long?.serial == "32a/b")
    let unit = EPC(hexadecimal: "3114257BF4499602D2000000")
    #expect(unit?.sscc == "106141412345678908")
    #expect(EPC(hexadecimal: "3114257BF4499602D2000001") == nil)
    #expect(EPC(hexadecimal: "303C257BF7194E4000001A85") == nil)
  }

  @Test func readsNamesOfTags() {
    #expect(EPC(urn: "urn:epc:id:sscc:0614141.1234567890")?.sscc == "106141412345678908")
    #expect(EPC(urn: "URN:EPC:TAG:SSCC-96:6.0614141.1234567890")?.filter == 6)
    #expect(EPC(urn: "urn:epc:class:lgtin:4012345.012345.998877")?.lot == "998877")
    let tag = EPC(urn: "urn:epc:tag:sgtin-198:3.0614141.712345.32a%2Fb")
    #expect(tag?.serial == "32a/b" && tag?.gtin == "70614141123451")
    #expect(EPC(urn: "urn:epc:id:sgtin:0614141.812345") == nil)
    #expect(EPC(urn: "urn:epc:tag:sgtin-96:9.0614141.812345.1") == nil)
    #expect(EPC(urn: "urn:isbn:0614141.812345.1") == nil)
  }

  @Test func keepsDecimalsAsTheyWereWritten() {
    let weight = ScaledDecimal(coefficient: 12_340, scale: 3)
    #expect(weight.description == "12.340" && weight.reduced.description == "12.34")
    #expect(weight == ScaledDecimal(coefficient: 1234, scale: 2) && weight.whole == nil)
    #expect(ScaledDecimal(coefficient: 5, scale: 3).description == "0.005")
    #expect(ScaledDecimal(coefficient: -5, scale: 1).description == "-0.5")
    #expect(ScaledDecimal(coefficient: 3000, scale: 3).whole == 3)
  }

  @Test(
    arguments: [
      (26, 2026, 2026), (75, 2026, 2075), (76, 2026, 2076), (77, 2026, 1977), (0, 2049, 2000),
      (0, 2050, 2100), (99, 2100, 2099),
    ]
  )
  func findsTheCentury(digits: Int, seenFrom: Int, year: Int) throws {
    let text = "15" + (digits < 10 ? "0" : "") + "\(digits)0115"
    let message = try GS1Message(elementString: text, year: seenFrom)
    #expect(message.bestBefore == CalendarDate(year: year, month: 1, day: 15))
  }

  @Test func knowsAllApplicationIdentifiers() {
    #expect(ApplicationIdentifier.all.count == 541)
    #expect(ApplicationIdentifier.named("3103")?.unit == "kg")
    #expect(ApplicationIdentifier.named("3103")?.decimals == 3)
    #expect(ApplicationIdentifier.named("18") == nil && ApplicationIdentifier.named("1") == nil)
  }
}
