extension Nomenclature {
  /// What a GS1 rule made of one element.
  public struct GS1Match: Hashable, Sendable {
    /// The value in the rule's terms.
    public enum Value: Hashable, Sendable {
      /// Digits with a right check digit, or any text.
      case text(String)
      /// An amount; its unit is the rule's.
      case measure(ScaledDecimal)
      /// A day.
      case date(CalendarDate)
    }

    /// The rule.
    public let rule: Rule
    /// The AI, as the pattern's first group took it.
    public let ai: String
    /// The second group: the value as encoded.
    public let text: String
    /// The value in the rule's terms.
    public let value: Value
  }

  /// Takes a whole code apart by the GS1 rules, the first that matches each time; nil unless all
  /// of it is taken.
  ///
  /// A symbology identifier of GS1 is taken off. A rule whose check digit is wrong does not match.
  public func gs1Match(_ scanned: String, year: Int) -> [GS1Match]? {
    guard scanned.utf8.count <= ScannedCode.longest else { return nil }
    let code = ScannedCode(scanned)
    let id = code.symbology.flatMap(Symbology.init)
    let text = id?.payload == .elementString ? code.text : scanned
    var rest = text.unicodeScalars.map(\.value)
    if rest.first == 0x1D { rest.removeFirst() }
    var matches: [GS1Match] = []
    while !rest.isEmpty {
      guard matches.count < GS1Message.mostElements, let (match, end) = next(rest, year), end > 0
      else { return nil }
      matches.append(match)
      rest.removeFirst(end)
    }
    return matches.isEmpty ? nil : matches
  }

  private func next(_ text: [UInt32], _ year: Int) -> (GS1Match, Int)? {
    for compiled in compiled where compiled.rule.encoding == .gs1 {
      guard let found = compiled.pattern.match(text), found.groups.count >= 2,
        let first = found.groups[0], let second = found.groups[1],
        let match = Self.read(compiled.rule, Self.text(text[first]), Self.text(text[second]), year)
      else { continue }
      return (match, found.end)
    }
    return nil
  }

  private static func text(_ characters: ArraySlice<UInt32>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: characters.compactMap(Unicode.Scalar.init))
    return String(view)
  }

  private static func read(_ rule: Rule, _ ai: String, _ text: String, _ year: Int) -> GS1Match? {
    let value: GS1Match.Value
    switch rule.content {
    case .identifier:
      guard GTIN.hasValidCheckDigit(text) else { return nil }
      value = .text(text)
    case .date:
      guard text.utf8.count == 6, let date = Dates.date(ArraySlice(text.utf8), seenFrom: year)
      else { return nil }
      value = .date(date)
    case .measure:
      let scale = rule.usesDecimals ? ai.last?.wholeNumberValue ?? 0 : 0
      guard let amount = ScaledDecimal(digits: text, scale: scale) else { return nil }
      value = .measure(amount)
    case .alpha: value = .text(text)
    }
    return GS1Match(rule: rule, ai: ai, text: text, value: value)
  }
}
