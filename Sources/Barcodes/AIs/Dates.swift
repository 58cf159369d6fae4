/// Dates as GS1 writes them: YYMMDD or YYYYMMDD.
enum Dates {
  static func violation(
    _ text: ArraySlice<UInt8>,
    yearDigits: Int,
    allowsDay00: Bool
  ) -> GS1Error.Kind? {
    guard text.count == yearDigits + 4 else {
      return text.count < yearDigits + 4 ? .valueTooShort : .valueTooLong
    }
    let start = text.startIndex
    guard let year = ContentRule.number(text[start..<start + yearDigits]),
      let month = ContentRule.number(text[start + yearDigits..<start + yearDigits + 2]),
      let day = ContentRule.number(text[(start + yearDigits + 2)...])
    else { return .invalidCharacter }
    guard (1...12).contains(month) else { return .invalidDate }
    // Two digits leave the century open; 00 is a leap year in the one that readers live in.
    let fullYear = yearDigits == 2 ? 2000 + year : year
    if day == 0 { return allowsDay00 ? nil : .invalidDate }
    return day <= CalendarDate.days(in: month, of: fullYear) ? nil : .invalidDate
  }

  /// The year that two digits mean, seen from `current`: at most 49 years back up to 50 ahead
  /// (General Specifications 7.12).
  static func fullYear(_ digits: Int, from current: Int) -> Int {
    let century = current / 100 * 100
    let difference = digits - current % 100
    if difference >= 51 { return century - 100 + digits }
    if difference <= -50 { return century + 100 + digits }
    return century + digits
  }

  /// The date of six digits; day 00 is the last day of the month.
  static func date(_ text: ArraySlice<UInt8>, seenFrom current: Int) -> CalendarDate? {
    let long = text.count == 8
    guard text.count == 6 || long, let number = ContentRule.number(text) else { return nil }
    let month = number / 100 % 100
    let year = long ? number / 10_000 : fullYear(number / 10_000, from: current)
    guard (1...12).contains(month) else { return nil }
    let last = CalendarDate.days(in: month, of: year)
    let day = number % 100 == 0 ? last : number % 100
    return day <= last ? CalendarDate(year: year, month: month, day: day) : nil
  }
}
