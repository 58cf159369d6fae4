/// Odoo's datetimes (`2026-11-24 06:17:32`, naive UTC) as seconds since 1970.
enum OdooTime {
  /// Seconds of a datetime text; nil unless it is one.
  static func seconds(_ text: String) -> Int64? {
    var fields: [Int64] = []
    var value: Int64 = 0
    var digits = 0
    for byte in text.utf8 {
      if byte >= 0x30, byte <= 0x39 {
        value = value * 10 + Int64(byte - 0x30)
        digits += 1
        guard digits <= 6 else { return nil }
      } else if fields.count == 5, byte == UInt8(ascii: ".") {
        break
      } else {
        guard digits > 0, fields.count < 5 else { return nil }
        fields.append(value)
        value = 0
        digits = 0
      }
    }
    guard digits > 0, fields.count == 5 else { return nil }
    let (year, month, day) = (fields[0], fields[1], fields[2])
    guard (1...12).contains(month), (1...31).contains(day), year >= 1 else { return nil }
    return days(year, month, day) * 86_400 + fields[3] * 3600 + fields[4] * 60 + value
  }

  /// The datetime text of seconds since 1970.
  static func text(_ seconds: Int64) -> String {
    var day = seconds / 86_400
    var rest = seconds % 86_400
    if rest < 0 {
      rest += 86_400
      day -= 1
    }
    let (year, month, date) = civil(day)
    return "\(pad(year, 4))-\(pad(month, 2))-\(pad(date, 2)) "
      + "\(pad(rest / 3600, 2)):\(pad(rest / 60 % 60, 2)):\(pad(rest % 60, 2))"
  }

  private static func pad(_ value: Int64, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }

  // Days since 1970 in the proleptic Gregorian calendar, with years that start in March so that
  // the leap day is their last.
  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func civil(_ days: Int64) -> (Int64, Int64, Int64) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
      dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    )
  }
}
