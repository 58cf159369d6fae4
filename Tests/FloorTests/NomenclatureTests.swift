internal import Barcodes
import Floor
import Testing

/// Codes that mean something by one of Odoo's barcode rules.
@Suite struct NomenclatureTests {
  private static func mirror(_ rules: [Nomenclature.Rule]) -> MemoryMirror {
    let mirror = MemoryMirror.warehouse()
    mirror.nomenclature = Nomenclature(name: "Site", isGS1: false, rules: rules)
    mirror.products[1]?.barcode = "2112345000008"
    mirror.products[1]?.unitID = 12
    mirror.unitNames = [12: "kg"]
    return mirror
  }

  private static func rule(_ type: String, _ pattern: String) -> Nomenclature.Rule {
    Nomenclature.Rule(name: type, type: type, encoding: .any, pattern: pattern, sequence: 1)
  }

  @Test func aWeightRuleCountsKilograms() {
    let weight = Nomenclature.Rule(
      name: "Weight",
      type: "weight",
      encoding: .ean13,
      pattern: "21.....{NNDDD}",
      sequence: 1
    )
    var bench = Workbench(Self.mirror([weight]))
    let code = "211234501250"
    #expect(
      bench.codes("WH/OUT/00001", code + String(GTIN.checkDigit(after: code) ?? "?"))
        == [.opened, .counted]
    )
    #expect(bench.counted(1) == Quantity("1.25"))
  }

  @Test func aRuleMayNamePackagesOfTheSite() {
    var bench = Workbench(Self.mirror([Self.rule("package", "TOTE")]))
    #expect(
      bench.codes("WH/OUT/00001", "TOTE-7", "BOX-7") == [.opened, .packageOpened, .unknownBarcode]
    )
  }

  @Test func withoutARuleTheCodeIsUnknown() {
    var bench = Workbench(Self.mirror([]))
    #expect(bench.codes("WH/OUT/00001", "TOTE-7") == [.opened, .unknownBarcode])
  }
}
