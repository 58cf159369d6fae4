/// What is known about one GS1 Application Identifier (AI).
///
/// Source: GS1 General Specifications and the GS1 Barcode Syntax Dictionary of 2026-01-27.
public final class ApplicationIdentifier: Sendable {
  /// A piece of the value with one kind of characters.
  struct Part: Sendable {
    let characters: UInt8
    let minimum: Int
    let maximum: Int
    let isOptional: Bool
    let rules: [ContentRule]
  }

  /// The AI's digits, such as `01` or `3103`.
  public let code: String
  /// Short plain words, such as `net weight kg`.
  public let name: String
  /// The format in GS1's notation with the checks of each part.
  public let format: String
  /// Fewest characters of the value.
  public let minimum: Int
  /// Most characters of the value.
  public let maximum: Int
  /// True if the length is pre-defined, so that no FNC1 follows the value.
  public let isPredefinedLength: Bool

  let number: Int
  let parts: [Part]
  /// Groups of which one AI (or all of a `+` list) each must be there too.
  let companions: [[[AIPattern]]]
  let excluded: [AIPattern]
  /// May stand in the query of a Digital Link.
  let isLinkAttribute: Bool
  /// Sequences of qualifiers if this is a primary key of a Digital Link.
  let linkQualifiers: [[String]]?

  init(code: String, fields: AITable.Fields) {
    self.code = code
    name = fields.name
    format = fields.format
    number = Int(code) ?? 0
    parts = fields.parts
    minimum = parts.reduce(0) { $0 + ($1.isOptional ? 0 : $1.minimum) }
    maximum = parts.reduce(0) { $0 + $1.maximum }
    isPredefinedLength = AITable.predefinedLengths[Int(code.prefix(2)) ?? 0] != 0
    companions = fields.companions
    excluded = fields.excluded
    isLinkAttribute = fields.isLinkAttribute
    linkQualifiers = fields.linkQualifiers
  }

  /// The AI with these digits; nil if none is assigned.
  public static func named(_ code: String) -> ApplicationIdentifier? {
    AITable.shared.identifier(Array(code.utf8)[...])
  }

  /// All assigned AIs in order of their digits.
  public static var all: [ApplicationIdentifier] { AITable.shared.all }

  /// How many digits after the decimal point the value has, for measures, amounts and prices
  /// (AIs 31nn to 36nn, 390n to 395n); nil for all others.
  public var decimals: Int? {
    guard code.utf8.count == 4, let last = code.utf8.last else { return nil }
    return switch number / 100 {
    case 31...36, 39: Int(last) - 0x30
    default: nil
    }
  }

  /// The unit of a measure, such as `kg`; nil for everything else.
  public var unit: String? {
    guard decimals != nil, number / 100 != 39 else { return nil }
    return name.split(separator: " ").last.map(String.init)
  }

  /// True if the value begins with a date that means a whole day of the calendar.
  public var startsWithDate: Bool {
    parts.first?.rules.contains { $0 == .date || $0 == .dayOrMonth || $0 == .longDate } == true
  }
}
