import Testing

/// The vectors of another implementation, where it has a counterpart here.
@Suite("biip vectors")
struct BiipVectorTests {
  static let differences: [String: String] = [
    "gs1_element_string 0107032069804987": wrongCheckDigit,
    "gs1_element_string 00376130321109103421": wrongCheckDigit,
    "gs1_element_string 4101234567890127": wrongCheckDigit,
    "gs1_element_string 800307071324001022085952": wrongCheckDigit,
    "gs1_message 800307071324001022085952": wrongCheckDigit,
    "gs1_message   \t 800307071324001022085952 \n  ": wrongCheckDigit,
    "gs1_element_string 43240701029999": noTime, "gs1_element_string 43250701029999": noTime,
    "gs1_hri (90)N.IGK(7241)28": mediaType, "gs1_message 90N.IGK\u{1D}724128": mediaType,
    "gs1_digital_link_uri https://id.gs1.org/01/614141123452?15=000000":
      "month 00 is no date; there it was a setting",
    "gs1_hri (10) ABC 123\t(17)221231": "a blank inside a value is not taken out",
    "symbology_identifier ]J0": "the other reader does not know DotCode",
  ]
  private static let wrongCheckDigit = "the other reader leaves check digits to its caller"
  private static let noTime = "9999 for no time is refused, as the GS1 reference does"
  private static let mediaType = "media type 28 is not assigned"

  @Test(.enabled(if: GS1Files.areHere, Comment(rawValue: GS1Files.absent)))
  func agreesWithAnotherReader() throws {
    var compared: [String: Int] = [:]
    var different: Set<String> = []
    for item in try GS1Files.list("biip-vectors.json") {
      let vector = Biip(item)
      guard let agrees = vector.agrees else { continue }
      compared[vector.kind, default: 0] += 1
      if !agrees { different.insert("\(vector.kind) \(vector.input)") }
    }
    #expect(different.subtracting(Self.differences.keys) == [])
    #expect(Set(Self.differences.keys).subtracting(different) == [], "no difference any more")
    #expect(
      compared == [
        "check_digit_mod10": 6, "check_digit_price_weight": 2, "gln": 6,
        "gs1_digital_link_uri": 27, "gs1_element_string": 75, "gs1_hri": 18, "gs1_message": 17,
        "gtin": 153, "gtin_normalise": 40, "rcn_without_variable_measure": 71, "sscc": 9,
        "symbology_identifier": 12, "upc_convert": 13,
      ]
    )
  }
}
