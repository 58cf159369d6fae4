internal import JSON

@testable internal import Barcodes

/// One line of `biip-vectors.json` and how we compare with it.
struct Biip {
  let kind: String
  let input: String
  let isValid: Bool
  let expected: JSONObject
  let settings: JSONObject
  let item: JSONObject

  init(_ item: JSONObject) {
    self.item = item
    kind = item.string("kind") ?? ""
    input = item.string("input") ?? ""
    isValid = item["valid"] == .bool(true)
    expected = item.object("expect") ?? JSONObject()
    settings = item.object("config") ?? JSONObject()
  }

  /// True if we agree; nil for what has no counterpart here.
  var agrees: Bool? {
    switch kind {
    case "gs1_element_string", "gs1_message": message
    case "gs1_hri": agrees(try? GS1Message(bracketed: input, year: 2026))
    case "gs1_digital_link_uri": agrees(try? GS1Message(link: input, year: 2026))
    case "gtin": gtin
    case "gtin_normalise": GTIN.canonical(trimmed) == expected.string("gtin14")
    case "rcn_without_variable_measure": base
    case "sscc": SSCC.isValid(trimmed) == isValid
    case "gln": (trimmed.utf8.count == 13 && GTIN.hasValidCheckDigit(trimmed)) == isValid
    case "upc_convert": upc
    case "symbology_identifier": symbology
    case "check_digit_mod10": GTIN.checkDigit(after: input).map { String($0) } == number
    case "check_digit_price_weight":
      String(decoding: [PriceCheck.digit(ArraySlice(input.utf8))], as: UTF8.self) == number
    default: nil
    }
  }

  private var number: String? {
    if case .number(let text) = item["expect"] { text } else { nil }
  }

  /// Blanks around codes belong to the wedge.
  private var trimmed: String { ScannedCode(input).text }

  private var separators: [String] {
    guard case .array(let items) = settings["separator_chars"] else { return [] }
    return items.compactMap { if case .string(let text) = $0 { text } else { nil } }
      .filter { $0 != "\u{1D}" }
  }

  private var message: Bool? {
    // Dates left unchecked, and its refusal of separators of two characters, are no use here.
    if !settings.members.isEmpty, separators.isEmpty || !isValid { return nil }
    return agrees(
      try? GS1Message(elementString: trimmed, year: 2026, separators: separators)
    )
  }

  private func agrees(_ message: GS1Message?) -> Bool {
    guard let message else { return !isValid }
    let list: [JSONObject] =
      if case .array(let items) = expected["element_strings"] {
        items.compactMap { if case .object(let item) = $0 { item } else { nil } }
      } else { [expected] }
    guard isValid, list.count == message.elements.count else { return false }
    return zip(list, message.elements).allSatisfy(Self.agrees)
  }

  private static func agrees(_ expected: JSONObject, _ element: GS1Element) -> Bool {
    let date = element.date(seenFrom: 2026)?.description
    return expected.string("ai") == element.ai && expected.string("value") == element.value
      && (expected.string("date") == nil || expected.string("date") == date)
      && (expected.string("decimal").map(decimal) ?? nil)
        == (expected.string("decimal") == nil ? nil : element.decimal)
  }

  static func decimal(_ text: String) -> ScaledDecimal? {
    let parts = text.split(separator: ".")
    return ScaledDecimal(digits: parts.joined(), scale: parts.count == 2 ? parts[1].utf8.count : 0)
  }
}
