internal import JSON
import Testing

@testable internal import Barcodes

/// The reference's vectors of single content rules.
@Suite("GS1 linter vectors")
struct LinterVectorTests {
  /// Our rule for each of the reference's linters; coupons are left out.
  static let rules: [String: ContentRule] = [
    "csum": .checkDigit, "csumalpha": .checkPair, "cset39": .cset39, "cset64": .base64,
    "cset82": .cset82, "csetnumeric": .digits, "gcppos1": .prefixFirst, "gcppos2": .prefixSecond,
    "hasnondigit": .hasNonDigit, "hh": .hour, "hhmi": .hourMinute, "hyphen": .hyphen,
    "iban": .iban, "importeridx": .importer, "iso3166": .country, "iso3166999": .country999,
    "iso3166alpha2": .countryLetters, "iso4217": .currency, "iso5218": .sex,
    "latitude": .latitude, "longitude": .longitude, "mediatype": .mediaType, "mi": .minute,
    "nonzero": .notZero, "nozeroprefix": .noLeadingZero, "packagetype": .packageType,
    "pcenc": .percent, "pieceoftotal": .pieceOfTotal, "posinseqslash": .birthSequence,
    "ss": .second, "winding": .winding, "yesno": .flag, "yymmd0": .dayOrMonth, "yymmdd": .date,
    "yyyymmd0": .longDayOrMonth, "yyyymmdd": .longDate, "zero": .zero,
  ]
  static let leftOut: Set = ["couponcode", "couponposoffer"]

  /// The reference looks company prefixes up in a list on the network; we have none.
  static let differences: Set = ["gcppos1 1234567", "gcppos2 I1234567"]

  @Test(.enabled(if: GS1Files.areHere, Comment(rawValue: GS1Files.absent)))
  func checksContentAsTheReferenceDoes() throws {
    var compared = 0
    var left = 0
    var different: [String] = []
    for item in try GS1Files.list("gs1-linter-vectors.json") {
      let name = item.string("linter") ?? ""
      guard let rule = Self.rules[name] else {
        #expect(Self.leftOut.contains(name), "\(name) is not known")
        left += 1
        continue
      }
      compared += 1
      let input = item.string("input") ?? ""
      let fault = rule.violation(ArraySlice(input.utf8))
      let isValid = item["valid"] == .bool(true)
      let kinds = Vector.kinds[item.string("error") ?? ""] ?? []
      let agrees = fault.map { !isValid && kinds.contains($0) } ?? isValid
      if !agrees { different.append("\(name) \(input)") }
    }
    #expect(compared == 5203 && left == 468)
    #expect(Set(different).subtracting(Self.differences) == [])
    #expect(Self.differences.subtracting(different) == [], "no difference any more")
  }
}
