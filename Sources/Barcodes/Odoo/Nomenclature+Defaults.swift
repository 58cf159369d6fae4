extension Nomenclature {
  /// Odoo's "Default Nomenclature".
  public static let odooDefault = Nomenclature(
    name: "Default Nomenclature",
    isGS1: false,
    rules: plainDefaults
  )

  /// Odoo's "Default GS1 Nomenclature", with the plain rules behind the GS1 ones.
  public static let odooGS1 = Nomenclature(
    name: "Default GS1 Nomenclature",
    isGS1: true,
    rules: gs1Defaults + plainDefaults.map(\.behindGS1)
  )

  private static let plainDefaults: [Rule] = [
    Rule(name: "Price", type: "price", encoding: .ean13, pattern: "23.....{NNNDD}", sequence: 14),
    Rule(name: "Discount", type: "discount", encoding: .any, pattern: "22{NN}", sequence: 20),
    Rule(name: "Weight", type: "weight", encoding: .ean13, pattern: "21.....{NNDDD}", sequence: 36),
    Rule(name: "Client", type: "client", encoding: .any, pattern: "042", sequence: 40),
    Rule(name: "Cashier", type: "cashier", encoding: .any, pattern: "041", sequence: 50),
    Rule(name: "Location", type: "location", encoding: .any, pattern: "414", sequence: 60),
    Rule(name: "Package", type: "package", encoding: .any, pattern: "PACK", sequence: 70),
    Rule(name: "Lot", type: "lot", encoding: .any, pattern: "10", sequence: 80),
    Rule(name: "Product", type: "product", encoding: .any, pattern: ".*", sequence: 90),
  ]

  private static let characters = #"[!"%-/0-9:-?A-Z_a-z]"#

  private static let gs1Defaults: [Rule] = {
    func rule(_ ai: String, _ value: String, _ type: String, _ content: Rule.Content) -> Rule {
      Rule(
        name: "AI \(ai)",
        type: type,
        encoding: .gs1,
        pattern: "(\(ai))(\(value))",
        sequence: 100,
        content: content
      )
    }
    let keys = [
      rule("00", #"\d{18}"#, "package", .identifier),
      rule("01", #"\d{14}"#, "product", .identifier),
      rule("02", #"\d{14}"#, "product", .identifier),
      rule("410", #"\d{13}"#, "location_dest", .identifier),
      rule("413", #"\d{13}"#, "location_dest", .identifier),
      rule("414", #"\d{13}"#, "location", .identifier),
    ]
    let others = [
      rule("10", characters + "{0,20}", "lot", .alpha),
      rule("21", characters + "{0,20}", "lot", .alpha),
      rule("11", #"\d{6}"#, "pack_date", .date), rule("13", #"\d{6}"#, "pack_date", .date),
      rule("15", #"\d{6}"#, "use_date", .date), rule("17", #"\d{6}"#, "expiration_date", .date),
      rule("16", #"\d{6}"#, "expiration_date", .date),
      rule("30", #"\d{0,8}"#, "quantity", .measure), rule("37", #"\d{0,8}"#, "quantity", .measure),
      rule("91", characters + "{0,90}", "package_type", .alpha),
    ]
    return keys + others + measures.map(measure)
  }()

  /// Families of measures and Odoo's names of their units.
  private static let measures = [
    (310, "kg"), (311, "m"), (314, "m²"), (315, "L"), (320, "lb"), (321, "in"), (322, "ft"),
    (351, "ft²"), (357, "oz"), (360, "qt (US)"), (361, "gal (US)"), (364, "in³"), (365, "ft³"),
  ]

  private static func measure(_ family: Int, _ unit: String) -> Rule {
    Rule(
      name: "AI \(family)n",
      type: "quantity",
      encoding: .gs1,
      pattern: #"(\#(family)[0-5])(\d{6})"#,
      sequence: 100,
      content: .measure,
      usesDecimals: true,
      unit: unit
    )
  }
}

extension Nomenclature.Rule {
  /// The same rule, tried after all GS1 rules.
  fileprivate var behindGS1: Nomenclature.Rule {
    Nomenclature.Rule(
      name: name,
      type: type,
      encoding: encoding,
      pattern: pattern,
      sequence: sequence + 1_000,
      alias: alias
    )
  }
}
