internal import Barcodes
import Testing

/// The hazard `unmarked-gs1`: EAN 4006381333931 parses as AI (400).
@Suite("Unmarked GS1")
struct UnmarkedGS1Tests {
  let options = Barcode.Options(year: 2026)

  @Test func unmarkedGS1() {
    let ean = Barcode.read("4006381333931", options: options)
    #expect(ean.content == .gtin("04006381333931"))
    #expect(ean.message == nil && ean.unmarkedGS1 == nil && !ean.isMarkedGS1)
    #expect(GS1Message(unmarked: "4006381333931", year: 2026) == nil)
  }

  @Test(arguments: ["4006381333930", "10ABC", "01040123456789011512310010L1", "91PALLET"])
  func leavesAnUnmarkedTextToTheLookUpFirst(text: String) {
    let code = Barcode.read(text, options: options)
    #expect(code.content == .text && code.message == nil && !code.isMarkedGS1)
  }

  @Test func saysWhatAnUnmarkedTextWouldMean() {
    let code = Barcode.read("01040123456789011527123110L1", options: options)
    #expect(code.unmarkedGS1?.gtin == "04012345678901" && code.unmarkedGS1?.lot == "L1")
    #expect(code.unmarkedGS1?.marking == GS1Message.Marking.none)
  }

  @Test(arguments: ["SHELF-1", "0104012345678902", "WH/OUT/00005", "1027L 1", "99#A", "00123"])
  func readsNothingUnlessAllOfItIsGS1(text: String) {
    #expect(Barcode.read(text, options: options).unmarkedGS1 == nil)
  }

  @Test func keepsASubstituteInANameAsItIs() {
    let code = Barcode.read("SHELF#3", options: options)
    #expect(code.content == .text && code.text == "SHELF#3")
    // An AI in front is not enough: all of it has to read.
    #expect(Barcode.read("10 boxes # 4", options: options).content == .text)
  }

  @Test func hintsThatTheScannerDropsGS() {
    let run = Barcode.read("]C10104012345678901" + "10ABC17271231", options: options)
    #expect(run.message?.lot == "ABC17271231")
    #expect(run.message?.runTogether?.contains("17271231") == true)
    let fine = Barcode.read("]C1010401234567890110ABC\u{1D}17271231", options: options)
    #expect(fine.message?.runTogether == nil && fine.message?.expiry?.description == "2027-12-31")
    let long = Barcode.read("]C110" + "ABCDEFGHIJ" + "21" + "1234567890", options: options)
    #expect(long.error?.kind == .valueTooLong && long.error?.separatorMayBeMissing == true)
    #expect(long.error?.description.contains("does not transmit GS") == true)
  }
}
