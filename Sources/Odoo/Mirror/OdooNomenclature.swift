public import Barcodes
public import JSON

/// Odoo's barcode nomenclatures as the records of two models.
public enum OdooNomenclature {
  /// What is read of `barcode.nomenclature`.
  public static let nomenclatureFields = [
    "name", "upc_ean_conv", "is_gs1_nomenclature", "gs1_separator_fnc1",
  ]

  /// What is read of `barcode.rule`.
  public static let ruleFields = [
    "name", "type", "encoding", "pattern", "sequence", "alias", "gs1_content_type",
    "gs1_decimal_usage", "associated_uom_id",
  ]

  /// The nomenclature of a record and the records of its rules; nil if it is no record.
  public static func read(_ record: JSON, rules: [JSON]) -> Nomenclature? {
    Row(record).map { read($0, rules: rules.compactMap(Row.init)) }
  }

  static func read(_ nomenclature: Row, rules: [Row]) -> Nomenclature {
    Nomenclature(
      name: nomenclature.text("name") ?? "",
      isGS1: nomenclature.flag("is_gs1_nomenclature") ?? false,
      conversion: nomenclature.text("upc_ean_conv").flatMap(
        Nomenclature.Conversion.init(rawValue:)
      ) ?? .always,
      separator: nomenclature.text("gs1_separator_fnc1") ?? Nomenclature.defaultSeparator,
      rules: rules.prefix(Nomenclature.mostRules).compactMap(rule)
    )
  }

  private static func rule(_ row: Row) -> Nomenclature.Rule? {
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
