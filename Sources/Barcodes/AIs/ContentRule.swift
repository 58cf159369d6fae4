/// A rule for the content of a part of a value, beyond its characters and length.
///
/// The raw value is the word in the table's lines. Content of coupons (8110, 8112) is not checked:
/// no warehouse reads it.
enum ContentRule: String, CaseIterable, Sendable {
  case checkDigit = "mod10"
  case checkPair = "pair"
  case prefixFirst = "prefix1"
  case prefixSecond = "prefix2"
  case dayOrMonth = "date0"
  case date
  case longDate = "date8"
  case longDayOrMonth = "date80"
  case hourMinute = "time"
  case hour, minute, second
  case currency, country, country999
  case countryLetters = "country2"
  case percent, flag, hyphen, latitude, longitude, zero
  case notZero = "nonzero"
  case noLeadingZero = "nozero1st"
  case winding
  case pieceOfTotal = "piece"
  case iban
  case hasNonDigit = "nondigit"
  case importer
  case packageType = "package"
  case mediaType = "media"
  case sex
  case birthSequence = "sequence"
  case digits, cset82, cset39, base64
}
