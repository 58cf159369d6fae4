internal import Barcodes
internal import JSON

/// The barcode rules of the company whose user reads here.
extension Run {
  /// Takes the companies; of several the first that has rules decides.
  mutating func takeCompanies(_ rows: [Row]) {
    guard let id = rows.lazy.compactMap({ $0.id("nomenclature_id") }).first else {
      changes.append(.nomenclature(nil))
      return
    }
    go(.nomenclature(id))
  }

  /// Takes the rules of a nomenclature.
  mutating func take(rules rows: [Row], of nomenclature: Row) {
    changes.append(
      .nomenclature(
        Nomenclature(
          name: nomenclature.text("name") ?? "",
          isGS1: nomenclature.flag("is_gs1_nomenclature") ?? false,
          conversion: nomenclature.text("upc_ean_conv").flatMap(
            Nomenclature.Conversion.init(rawValue:)
          ) ?? .always,
          separator: nomenclature.text("gs1_separator_fnc1") ?? Nomenclature.defaultSeparator,
          rules: rows.prefix(Nomenclature.mostRules).compactMap(rule)
        )
      )
    )
  }

  private func rule(_ row: Row) -> Nomenclature.Rule? {
    guard let pattern = row.text("pattern"),
      let encoding = Nomenclature.Rule.Encoding(rawValue: row.text("encoding") ?? "any")
    else { return nil }
    return Nomenclature.Rule(
      name: row.text("name") ?? "",
      type: row.text("type") ?? "product",
      encoding: encoding,
      pattern: pattern,
      sequence: row.id("sequence") ?? 0,
      alias: row.text("alias"),
      content: row.text("gs1_content_type").flatMap(Nomenclature.Rule.Content.init(rawValue:))
        ?? .alpha,
      usesDecimals: row.flag("gs1_decimal_usage") ?? false
    )
  }
}
