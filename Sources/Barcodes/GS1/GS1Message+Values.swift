extension GS1Message {
  /// The SSCC of the logistic unit, 18 digits (00).
  public var sscc: String? { self["00"] }
  /// The article, 14 digits (01); that of the piece (8006) or made-to-order article (03) if alone.
  public var gtin: String? { self["01"] ?? self["03"] ?? pieceGTIN }
  /// The article that a logistic unit contains, 14 digits (02); that of (8026) if alone.
  public var contentGTIN: String? { self["02"] ?? self["8026"].map { String($0.prefix(14)) } }
  /// The lot or batch (10).
  public var lot: String? { self["10"] }
  /// The serial number (21).
  public var serial: String? { self["21"] }
  /// The location, 13 digits (414).
  public var locationGLN: String? { self["414"] }
  /// Where the goods are shipped to, 13 digits (410).
  public var shipToGLN: String? { self["410"] }

  private var pieceGTIN: String? { self["8006"].map { String($0.prefix(14)) } }

  /// How many pieces: of the article (30) or inside the logistic unit (37).
  public var count: Int? { (self["30"] ?? self["37"]).flatMap { Int($0) } }

  /// When the article expires (17, or the day of 7003).
  public var expiry: CalendarDate? { date("17") ?? date("7003") }
  /// Until when the article is at its best (15).
  public var bestBefore: CalendarDate? { date("15") }
  /// Until when the article may be sold (16).
  public var sellBy: CalendarDate? { date("16") }
  /// When the article was made (11).
  public var production: CalendarDate? { date("11") }
  /// When the article was packed (13).
  public var packed: CalendarDate? { date("13") }

  /// The date of the AI `ai`; nil if the code has none.
  public func date(_ ai: String) -> CalendarDate? {
    elements.first { $0.identifier.code == ai }?.date(seenFrom: year)
  }

  /// What partners or the company agreed on: AIs 90 to 99.
  public var internals: [GS1Element] {
    elements.filter { $0.identifier.number >= 90 && $0.identifier.code.utf8.count == 2 }
  }

  /// A measured amount with its unit.
  public struct Measure: Hashable, Sendable {
    /// The AI, such as `3103`.
    public let ai: String
    /// What was measured, with the unit last: `net weight kg`.
    public let name: String
    /// The amount in `unit`.
    public let amount: ScaledDecimal
    /// The unit, such as `kg`, `lb`, `m²`, `l`, `ft³`.
    public let unit: String
  }

  /// All measures (AIs 31nn to 36nn) in order.
  public var measures: [Measure] {
    elements.compactMap { element in
      guard let unit = element.identifier.unit, let amount = element.decimal else { return nil }
      return Measure(ai: element.ai, name: element.identifier.name, amount: amount, unit: unit)
    }
  }

  /// The net weight in kg (310n).
  public var netWeight: ScaledDecimal? { measure(310) }
  /// The gross weight of the logistic unit in kg (330n).
  public var grossWeight: ScaledDecimal? { measure(330) }

  /// The amount of a family of measures, such as 310 for 3100 to 3105.
  public func measure(_ family: Int) -> ScaledDecimal? {
    elements.first { $0.identifier.decimals != nil && $0.identifier.number / 10 == family }?.decimal
  }
}
