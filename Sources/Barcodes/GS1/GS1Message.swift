/// What a GS1 code says: its elements in the order in which they came.
public struct GS1Message: Hashable, Sendable {
  /// How the code showed that it is GS1.
  public enum Marking: String, Sendable {
    /// A symbology identifier such as `]C1`.
    case symbology
    /// FNC1 as the first character.
    case leadingSeparator = "leading_separator"
    /// FNC1 between elements.
    case separator
    /// A substitute for FNC1, such as `#`, behind something that reads as an AI.
    case substitute
    /// AIs in brackets, as printed under the bars.
    case brackets
    /// A GS1 Digital Link address.
    case link
    /// Nothing: it only happens to read as GS1 from end to end.
    case none
  }

  /// The elements in order; an AI that is repeated has the same value each time.
  public let elements: [GS1Element]
  /// How the code showed that it is GS1.
  public let marking: Marking
  /// The year from which two-digit years are understood.
  public let year: Int

  /// Most elements that a code is read with.
  public static let mostElements = 64

  init(elements: [GS1Element], marking: Marking, year: Int) {
    self.elements = elements
    self.marking = marking
    self.year = year
  }

  /// The value of the AI `ai`, such as `"10"`; nil if the code does not have it.
  public subscript(ai: String) -> String? {
    elements.first { $0.identifier.code == ai }?.value
  }

  /// The code as printed under bars: `(01)04012345678901(10)LOT`, brackets in values escaped.
  public var bracketed: String {
    elements.reduce(into: "") { text, element in
      text += "(\(element.ai))"
      for character in element.value {
        if character == "(" { text += "\\" }
        text.append(character)
      }
    }
  }

  /// The code as data for a printer: elements with GS only where one is needed.
  public var elementString: String {
    var text = ""
    for (index, element) in elements.enumerated() {
      text += element.ai + element.value
      if !element.identifier.isPredefinedLength, index + 1 < elements.count { text += "\u{1D}" }
    }
    return text
  }
}
