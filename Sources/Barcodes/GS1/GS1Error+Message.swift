extension GS1Error: CustomStringConvertible {
  /// What was expected, what came and what to do, for the worker or the operator.
  public var description: String {
    var text = "\(expectation) \(arrival) \(advice)"
    if separatorMayBeMissing {
      text +=
        " Perhaps the scanner does not transmit GS (FNC1): switch that on, or set a substitute."
    }
    return text
  }

  private var identifier: ApplicationIdentifier? { ai.flatMap(ApplicationIdentifier.named) }

  private var subject: String {
    identifier.map { "(\($0.code)) \($0.name)" } ?? "The code"
  }

  private var expectation: String {
    let known = identifier
    return switch kind {
    case .codeTooLong: "A code has at most \(ScannedCode.longest) bytes."
    case .empty: "Behind the symbology identifier a GS1 element was expected."
    case .tooManyElements: "A code has at most \(GS1Message.mostElements) elements."
    case .unknownAI: "A GS1 application identifier was expected."
    case .emptyValue: "\(subject) needs a value."
    case .valueTooShort, .valueTooLong: "\(subject) has \(lengths(known))."
    case .invalidCharacter: "\(subject) has only \(characters(known))."
    case .wrongCheckDigit: "\(subject) ends with a check digit that proves the others."
    case .invalidDate: "\(subject) starts with a date of the calendar (YYMMDD)."
    case .invalidTime: "\(subject) has a time of the day (HHMM)."
    case .invalidCompanyPrefix: "\(subject) has a company prefix of four digits or more."
    case .unknownCode: "\(subject) has a code of the published list."
    case .invalidContent: "\(subject) has content of the format \(known?.format ?? "")."
    case .differentValues: "\(subject) has the same value each time."
    case .invalidBrackets: "Each element is an AI in brackets and its value, such as (10)LOT1."
    case .invalidLink: "A GS1 web address is http(s)://host/path?query in plain characters."
    case .noKeyInLink: "A GS1 web address has a key such as /01/ and its number in the path."
    case .misplacedInLink: "\(subject) does not stand there in a GS1 web address."
    case .repeatedInLink: "\(subject) stands once in a GS1 web address."
    }
  }

  private func lengths(_ identifier: ApplicationIdentifier?) -> String {
    guard let identifier else { return "another length" }
    return identifier.minimum == identifier.maximum
      ? "\(identifier.maximum) characters"
      : "\(identifier.minimum) to \(identifier.maximum) characters"
  }

  private func characters(_ identifier: ApplicationIdentifier?) -> String {
    var names: [String] = []
    for part in identifier?.parts ?? [] {
      let name = CharacterSets.name(part.characters)
      if !names.contains(name) { names.append(name) }
    }
    return names.isEmpty ? "characters of its set" : names.joined(separator: ", then ")
  }

  private var arrival: String {
    found.isEmpty ? "Nothing came at position \(position)." : "\(found) came at \(position)."
  }

  private var advice: String {
    switch kind {
    case .wrongCheckDigit, .invalidCharacter, .valueTooShort: "Scan it again, else relabel."
    case .codeTooLong: "Scan a shorter label."
    case .unknownAI: "Scan the product's own barcode, or correct the label."
    default: "Correct the label, or scan another one."
    }
  }
}
