/// Odoo's dates on the wire: naive UTC, cut to whole seconds.
enum DateText {
  static let second: Int64 = 1_000_000
  private static let day: Int64 = 86_400

  static func datetime(_ moment: Int64) -> String {
    let seconds = floorDivide(moment, second)
    let time = seconds - floorDivide(seconds, day) * day
    return date(moment) + " " + two(time / 3600) + ":" + two(time / 60 % 60) + ":" + two(time % 60)
  }

  static func date(_ moment: Int64) -> String {
    let (year, month, day) = civil(floorDivide(floorDivide(moment, second), day))
    let text = String(year)
    return String(repeating: "0", count: max(0, 4 - text.count)) + text + "-" + two(Int64(month))
      + "-" + two(Int64(day))
  }

  /// Reads `YYYY-MM-DD`, with ` HH:MM:SS` and a fraction if present; nil for anything else, as ISO.
  static func moment(_ text: String) -> Int64? {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count <= 2, let first = parts.first else { return nil }
    let date = first.split(separator: "-", omittingEmptySubsequences: false).map { Int64($0) }
    guard date.count == 3, let year = date[0], let month = date[1], let day = date[2],
      (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    var seconds = days(year, month, day) * Self.day
    var micros: Int64 = 0
    if parts.count == 2 {
      let halves = parts[1].split(separator: ".", omittingEmptySubsequences: false)
      let time = halves[0].split(separator: ":", omittingEmptySubsequences: false).map { Int64($0) }
      guard halves.count <= 2, time.count == 3, let hour = time[0], let minute = time[1],
        let second = time[2]
      else { return nil }
      seconds += hour * 3600 + minute * 60 + second
      if halves.count == 2 {
        guard let fraction = Int64((halves[1] + "000000").prefix(6)) else { return nil }
        micros = fraction
      }
    }
    return seconds * second + micros
  }

  private static func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }

  private static func floorDivide(_ value: Int64, _ by: Int64) -> Int64 {
    value >= 0 ? value / by : -((-value + by - 1) / by)
  }

  /// Days since 1970-01-01 of a day of the Gregorian calendar.
  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = floorDivide(shifted, 400)
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func civil(_ days: Int64) -> (year: Int64, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = floorDivide(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let part = (5 * dayOfYear + 2) / 153
    let month = part < 10 ? part + 3 : part - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, Int(month), Int(dayOfYear - (153 * part + 2) / 5 + 1))
  }
}
