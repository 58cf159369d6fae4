internal import Barcodes
internal import JSON
internal import Odoo

extension OdooVisit {
  /// Which barcode rules the company uses, and where they get into each other's way.
  func barcodes() -> [Finding] {
    let company = rows(
      "res.company",
      [["id", "=", .int(connected.fingerprint.companyID)]],
      ["nomenclature_id"]
    )
    guard let company else { return [] }
    guard let id = company.first?["nomenclature_id"]?[0]?.int else {
      return [
        Finding(
          "odoo barcodes",
          .good,
          "the company has no barcode nomenclature; codes are looked up whole, and GS1 codes read"
        )
      ]
    }
    guard let found = nomenclature(id) else { return [] }
    let kind = found.isGS1 ? "reads GS1 codes by its rules" : "has no GS1 rules"
    let summary = Finding(
      "odoo barcodes",
      .good,
      "the company uses \"\(found.name)\", which \(kind); \(found.rules.count) rules"
    )
    let hint =
      "Change it in Odoo: Inventory > Configuration > Barcode Nomenclatures > \(found.name)."
    let unusable = found.unusable.map {
      Finding("odoo barcodes", .warning, $0.description, hint: hint)
    }
    let clashes = found.clashes.map { Finding("odoo barcodes", .warning, $0, hint: hint) }
    return [summary] + unusable + clashes
  }

  private func nomenclature(_ id: Int) -> Nomenclature? {
    let fields = OdooNomenclature.self
    guard
      let head = rows("barcode.nomenclature", [["id", "=", .int(id)]], fields.nomenclatureFields)?
        .first,
      let rules = rows(
        "barcode.rule",
        [["barcode_nomenclature_id", "=", .int(id)]],
        fields.ruleFields,
        order: "sequence,id"
      )
    else { return nil }
    return OdooNomenclature.read(head, rules: rules)
  }
}
