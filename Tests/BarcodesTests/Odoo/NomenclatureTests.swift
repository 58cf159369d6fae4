internal import Barcodes
import Testing

@Suite("Nomenclature")
struct NomenclatureTests {
  private func plain(_ code: String) -> Nomenclature.Match? {
    Nomenclature.odooDefault.plainMatch(code)
  }

  @Test func zeroesAWeightAndMakesTheCheckDigitAnew() {
    let match = plain("2112345012346")
    #expect(match?.rule.type == "weight" && match?.value?.description == "1.234")
    #expect(match?.baseCode == "2112345000008")
  }

  @Test func readsAPriceOfThreeDigitsAndTwoDecimals() {
    #expect(plain("2312345012340")?.value?.description == "12.34")
    // A wrong check digit is no EAN-13, so only the last rule is left.
    #expect(plain("2312345012341")?.rule.type == "product")
  }

  @Test(arguments: [
    ("4142601892", "location"), ("PACK0000001", "package"), ("10LOT", "lot"), ("0420001", "client"),
    ("SHELF", "product"), ("2215", "discount"),
  ])
  func findsTheFirstRule(code: String, type: String) { #expect(plain(code)?.rule.type == type) }

  @Test func exchangesUPCAndEAN() {
    let ean = Nomenclature.Rule(
      name: "E",
      type: "product",
      encoding: .ean13,
      pattern: "01.*",
      sequence: 1
    )
    let both = Nomenclature(name: "N", isGS1: false, rules: [ean])
    #expect(both.plainMatch("123456789012")?.code == "0123456789012")
    let upc = Nomenclature.Rule(
      name: "U",
      type: "product",
      encoding: .upcA,
      pattern: "12.*",
      sequence: 1
    )
    let other = Nomenclature(name: "N", isGS1: false, rules: [upc])
    #expect(other.plainMatch("0123456789012")?.code == "123456789012")
    let never = Nomenclature(name: "N", isGS1: false, conversion: .none, rules: [upc])
    #expect(never.plainMatch("0123456789012") == nil)
  }

  @Test func followsAnAlias() {
    let rules = [
      Nomenclature.Rule(
        name: "A",
        type: "alias",
        encoding: .any,
        pattern: "OLD",
        sequence: 1,
        alias: "NEW1"
      ),
      Nomenclature.Rule(name: "P", type: "product", encoding: .any, pattern: "NEW", sequence: 2),
    ]
    #expect(Nomenclature(name: "N", isGS1: false, rules: rules).plainMatch("OLD")?.code == "NEW1")
  }

  @Test func takesAGS1CodeApart() throws {
    let code = "]C1010401234567890110LOT1#3103001250Alt0291727123130" + "12"
    guard case .gs1(let matches) = Nomenclature.odooGS1.match(code, year: 2026) else {
      Issue.record("no GS1 match")
      return
    }
    #expect(matches.map(\.ai) == ["01", "10", "3103", "17", "30"])
    #expect(
      matches.map(\.rule.type) == ["product", "lot", "quantity", "expiration_date", "quantity"]
    )
    #expect(matches[2].value == .measure(ScaledDecimal(coefficient: 1250, scale: 3)))
    #expect(matches[2].rule.unit == "kg")
    #expect(matches[3].value == .date(CalendarDate(year: 2027, month: 12, day: 31)))
  }

  @Test func doesNotMatchAWrongCheckDigitOrARest() {
    #expect(Nomenclature.odooGS1.gs1Match("0104012345678902", year: 2026) == nil)
    #expect(Nomenclature.odooGS1.gs1Match("010401234567890188", year: 2026) == nil)
    guard case .plain(let match) = Nomenclature.odooGS1.match("SHELF", year: 2026) else {
      Issue.record("no plain match")
      return
    }
    #expect(match.rule.type == "product")
  }

  @Test func reportsARuleThatCannotBeUsed() {
    let rules = [
      Nomenclature.Rule(name: "Odd", type: "lot", encoding: .any, pattern: "(?=A)", sequence: 1),
      Nomenclature.Rule(name: "All", type: "product", encoding: .any, pattern: ".*", sequence: 2),
    ]
    let nomenclature = Nomenclature(name: "N", isGS1: false, rules: rules)
    #expect(nomenclature.unusable.map(\.rule) == ["Odd"])
    #expect(nomenclature.unusable.first?.description.contains("Write the rule without it") == true)
    #expect(nomenclature.plainMatch("ABC")?.rule.name == "All")
    #expect(Nomenclature.odooDefault.unusable == [] && Nomenclature.odooGS1.unusable == [])
  }
}
