extension GS1Message {
  /// Reads an element string, without symbology identifier.
  ///
  /// FNC1 may be the byte GS, one of the substitutes (`Alt029`, `#`, `{GS}`, `<GS>`, `␝` and the
  /// `separators` that the caller adds), or missing where none is needed. Substitutes count only
  /// in a text without GS; if the text reads only with them as data, they are data.
  public init(
    elementString text: String,
    marking: Marking = .symbology,
    year: Int,
    separators: [String] = []
  ) throws(GS1Error) {
    try self.init(bytes: Array(text.utf8), from: 0, marking, year, separators)
  }

  init(
    bytes: [UInt8],
    from start: Int,
    to end: Int? = nil,
    _ marking: Marking,
    _ year: Int,
    _ extra: [String]
  ) throws(GS1Error) {
    guard bytes.count <= ScannedCode.longest else { throw GS1Error(.codeTooLong, at: start) }
    let all = extra.isEmpty ? Self.standardSeparators : Separators.substitutes(extra)
    let needed = all.areNeeded(in: bytes, from: start)
    var parser = ElementParser(bytes, separators: needed ? all : Self.withoutStandard(extra))
    do throws(GS1Error) {
      try parser.parse(from: start, to: end ?? bytes.count)
    } catch {
      guard needed else { throw error }
      parser = ElementParser(bytes, separators: Separators.literal)
      do throws(GS1Error) {
        try parser.parse(from: start, to: end ?? bytes.count)
      } catch _ {
        throw error
      }
    }
    self.init(elements: parser.elements, marking: marking, year: year)
  }

  private static func withoutStandard(_ extra: [String]) -> Separators {
    extra.isEmpty ? .literal : .configured(extra)
  }

  static let standardSeparators = Separators.substitutes([])

  /// Reads AIs in brackets, as printed under bars or typed: `(01)04012345678901(10)LOT\(1)`.
  ///
  /// Blanks around values are ignored; a bracket inside a value is escaped with a backslash.
  public init(bracketed text: String, year: Int) throws(GS1Error) {
    try self.init(bracketed: text, year: year, table: .shared)
  }

  init(bracketed text: String, year: Int, table: AITable) throws(GS1Error) {
    guard text.utf8.count <= ScannedCode.longest else { throw GS1Error(.codeTooLong, at: 0) }
    var reader = BracketReader(Array(text.utf8), table: table)
    let elements = try reader.read()
    self.init(elements: elements, marking: .brackets, year: year)
  }
}
