internal import Glibc

/// A moment as people write it.
enum PointInTime {
  private static let units: [Character: Int64] = [
    "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000,
  ]

  /// What `--since` must be.
  static func expected(_ text: String) -> String {
    "--since is a day (2026-11-24), a day and time (\"2026-11-24 08:00\"), or a time back from "
      + "now (90m, 12h, 7d), not \(text)."
  }

  /// Milliseconds since 1970 of a local day, a local day and time, or a time back from `now`.
  static func milliseconds(_ text: String, now: Int64) -> Int64? {
    if let unit = text.last.flatMap({ units[$0] }), let number = Int64(text.dropLast()),
      (0...100_000).contains(number)
    {
      return now - number * unit
    }
    return local(text)
  }

  private static func local(_ text: String) -> Int64? {
    let halves = text.split(whereSeparator: { $0 == " " || $0 == "T" })
    guard (1...2).contains(halves.count) else { return nil }
    let day = halves[0].split(separator: "-").map { Int32($0) ?? -1 }
    let time = halves.count == 2 ? halves[1].split(separator: ":").map { Int32($0) ?? -1 } : [0, 0]
    guard day.count == 3, (2...3).contains(time.count), (1970...9999).contains(day[0]),
      (1...12).contains(day[1]), (1...31).contains(day[2]), (0...23).contains(time[0]),
      time.dropFirst().allSatisfy({ (0...59).contains($0) })
    else { return nil }
    var parts = tm()
    parts.tm_year = day[0] - 1900
    parts.tm_mon = day[1] - 1
    parts.tm_mday = day[2]
    parts.tm_hour = time[0]
    parts.tm_min = time[1]
    parts.tm_sec = time.count == 3 ? time[2] : 0
    parts.tm_isdst = -1
    let seconds = mktime(&parts)
    return seconds == -1 ? nil : Int64(seconds) * 1000
  }
}
