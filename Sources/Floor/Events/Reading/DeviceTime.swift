/// A device's clock reading.
struct DeviceTime: Hashable {
  /// Milliseconds since 1970, UTC.
  var milliseconds: Int64
  /// Finest step of the clock in milliseconds, as far as the text shows it.
  var resolution: Int64

  /// Last millisecond of the year 9999.
  static let latest: Int64 = 253_402_300_799_999

  /// A number of `unit`s since 1970, such as `1546300800000` or `1546300800.25`.
  static func number(_ text: String, unit: JSONReading.TimeUnit) -> DeviceTime? {
    guard text.utf8.count <= 24 else { return nil }
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first.flatMap({ Int64($0) }), whole >= 0 else { return nil }
    let fraction = parts.count > 1 ? Array(parts[1].utf8) : []
    guard fraction.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    switch unit {
    case .milliseconds: return checked(whole, resolution: 1)
    case .seconds:
      guard whole <= latest / 1000 else { return nil }
      let (part, resolution) = milliseconds(ofFraction: fraction)
      return checked(whole * 1000 + part, resolution: resolution)
    case .iso8601: return nil
    }
  }

  private static func checked(_ milliseconds: Int64, resolution: Int64) -> DeviceTime? {
    guard (0...latest).contains(milliseconds) else { return nil }
    return DeviceTime(milliseconds: milliseconds, resolution: resolution)
  }

  private static func milliseconds(ofFraction digits: [UInt8]) -> (Int64, resolution: Int64) {
    var value: Int64 = 0
    for index in 0..<3 {
      value = value * 10 + (index < digits.count ? Int64(digits[index] - 0x30) : 0)
    }
    let resolution: Int64 =
      switch digits.count {
      case 0: 1000
      case 1: 100
      case 2: 10
      default: 1
      }
    return (value, resolution)
  }
}

extension DeviceTime {
  /// Why a text is no usable time.
  enum ISOFailure: Error {
    case notATime
    /// A local time: nobody knows which.
    case noZone
  }

  /// A time by ISO 8601 or RFC 3339: `2023-02-24T10:14:42.851+0000`; the offset is needed, the
  /// fraction may have any number of digits.
  static func iso8601(_ text: String) throws(ISOFailure) -> DeviceTime {
    guard text.utf8.count <= 40 else { throw .notATime }
    var scan = DigitScanner(rest: Array(text.utf8)[...])
    guard let year = scan.number(4), scan.skip("-"), let month = scan.number(2), scan.skip("-"),
      let day = scan.number(2), scan.skip("T") || scan.skip("t") || scan.skip(" "),
      let hour = scan.number(2), scan.skip(":"), let minute = scan.number(2), scan.skip(":"),
      let second = scan.number(2)
    else { throw .notATime }
    var fraction: [UInt8] = []
    if scan.skip(".") || scan.skip(",") {
      fraction = scan.digits()
      guard !fraction.isEmpty else { throw .notATime }
    }
    guard (1970...9999).contains(year), (1...12).contains(month),
      (1...daysIn(month: month, year: year)).contains(day), hour < 24, minute < 60, second <= 60
    else { throw .notATime }
    if scan.rest.isEmpty { throw .noZone }
    guard let offset = scan.offsetMinutes(), scan.rest.isEmpty else { throw .notATime }
    let minutes = (days(toYear: year, month: month, day: day) * 24 + hour) * 60 + minute - offset
    let (part, resolution) = milliseconds(ofFraction: fraction)
    guard let time = checked((minutes * 60 + second) * 1000 + part, resolution: resolution) else {
      throw .notATime
    }
    return time
  }

  private static func daysIn(month: Int64, year: Int64) -> Int64 {
    switch month {
    case 2:
      year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days from 1970-01-01; months count from March, so that the leap day is the last of a year.
  private static func days(toYear year: Int64, month: Int64, day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let monthFromMarch = (month + 9) % 12
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
  }
}

/// Eats fixed-width numbers and separators from the front of a text.
private struct DigitScanner {
  var rest: ArraySlice<UInt8>

  mutating func number(_ count: Int) -> Int64? {
    guard rest.count >= count else { return nil }
    var value: Int64 = 0
    for byte in rest.prefix(count) {
      guard (0x30...0x39).contains(byte) else { return nil }
      value = value * 10 + Int64(byte - 0x30)
    }
    rest.removeFirst(count)
    return value
  }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard let first = rest.first, UInt32(first) == character.value else { return false }
    rest.removeFirst()
    return true
  }

  mutating func digits() -> [UInt8] {
    let found = rest.prefix { (0x30...0x39).contains($0) }
    rest.removeFirst(found.count)
    return Array(found)
  }

  /// `Z`, `+hh:mm`, `+hhmm` or `+hh`.
  mutating func offsetMinutes() -> Int64? {
    if skip("Z") || skip("z") { return 0 }
    let sign: Int64
    if skip("+") { sign = 1 } else if skip("-") { sign = -1 } else { return nil }
    guard let hours = number(2), hours < 24 else { return nil }
    guard !rest.isEmpty else { return sign * hours * 60 }
    _ = skip(":")
    guard let minutes = number(2), minutes < 60 else { return nil }
    return sign * (hours * 60 + minutes)
  }
}
