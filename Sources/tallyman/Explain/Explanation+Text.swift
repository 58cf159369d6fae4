internal import Barcodes
internal import Rehearsal

extension Explanation {
  /// The explanation for people.
  func lines(_ knowledge: Knowledge) -> [String] {
    var lines = ["Code: \(shown)"]
    for replaced in spelled.replaced {
      lines.append(
        "  \(replaced.spelling) at \(replaced.position + 1) stands for FNC1 (GS), shown as ␝"
      )
    }
    lines += ["", "How it is read"] + reading
    if let damage { lines += self.lines(damage) }
    if damage?.isRefused != true { lines += lookups(knowledge) }
    return lines
  }

  /// The code without identifier, on one line.
  private var shown: String { Self.visible(barcode.raw) }

  private static func visible(_ text: String) -> String {
    String(
      text.map { character in
        switch character {
        case "\u{1D}": "␝"
        case _
        where character.unicodeScalars.contains {
          $0.value < 0x20 || (0x7F...0x9F).contains($0.value)
        }: "·"
        default: character
        }
      }
    )
  }

  private var reading: [String] {
    // The elements follow as a table.
    let isTable = barcode.message != nil
    var lines = barcode.explain.filter { !isTable || !$0.hasPrefix("(") }.map {
      "  \(Self.visible($0))"
    }
    if damage?.isRefused == true { lines.removeLast() }
    guard let message = barcode.message else { return lines }
    let rows = message.elements.map { element in
      [
        "(\(element.ai))", element.identifier.name, Self.visible(element.value),
        ElementMeaning(element, year: message.year).text,
      ]
    }
    lines += Output.columns([["AI", "NAME", "VALUE", "MEANS"]] + rows).map { "    \($0)" }
    return lines
  }

  private func lines(_ damage: Damage) -> [String] {
    var lines = ["", damage.isRefused ? "It is damaged: a scan is refused" : "It may be damaged"]
    if let position = damage.position {
      lines.append("  \(Self.visible(barcode.text))")
      lines.append("  \(String(repeating: " ", count: position))^")
    }
    lines.append("  \(Self.visible(damage.message))")
    return lines
  }

  private func lookups(_ knowledge: Knowledge) -> [String] {
    var lines = ["", "What it is taken for: the first that fits"]
    for (index, step) in trail.enumerated() {
      let number = index < 9 ? " \(index + 1)" : "\(index + 1)"
      lines.append("  \(number). \(step.question)\(Self.answer(step))")
      for finding in step.findings { lines.append("        \(finding.text)") }
    }
    lines.append("")
    if let taken {
      lines.append("It is taken for \(taken.text)")
    } else if knowledge.mirror == nil {
      lines.append("\(knowledge.source), so it is not known what it stands for.")
    } else {
      lines.append("Nothing is known under this code: \(unknown)")
    }
    return lines
  }

  /// What a scan of a code does that nothing is known of.
  private var unknown: String {
    if barcode.sscc != nil || barcode.odooName == .package {
      return "with a transfer open it is a new package."
    }
    if barcode.odooName == .transfer { return "a scan answers unknown_transfer." }
    return "a scan answers unknown_barcode."
  }

  private static func answer(_ step: LookupStep) -> String {
    if step.unasked != nil { return "" }
    return step.findings.isEmpty ? ": no" : ": yes"
  }
}

extension Explanation.Finding {
  /// The finding in one line.
  var text: String {
    var text = "\(kind.replacing("_", with: " ")) \(name)"
    if !facts.isEmpty { text += ": \(facts.joined(separator: "; "))" }
    if !stations.isEmpty { text += "; open at \(stations.joined(separator: ", "))" }
    return text
  }
}

/// What an element's value means.
struct ElementMeaning {
  let number: String?
  let unit: String?
  let date: String?
  let currency: String?
  /// The check digit, which is right or the code would not have been read.
  let checkDigit: String?

  private static let checked: Set<String> = [
    "00", "01", "02", "03", "410", "411", "412", "413", "414", "415", "416", "417",
  ]

  init(_ element: GS1Element, year: Int) {
    number = element.decimal?.description
    unit = element.decimal == nil ? nil : element.identifier.unit
    date = element.date(seenFrom: year)?.description
    currency = element.currency
    checkDigit = Self.checked.contains(element.ai) ? element.value.last.map(String.init) : nil
  }

  var text: String {
    if let date { return date }
    if let checkDigit { return "check digit \(checkDigit) is right" }
    guard let number else { return "" }
    return number + (unit.map { " \($0)" } ?? currency.map { " (currency \($0))" } ?? "")
  }
}
