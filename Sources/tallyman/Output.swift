internal import Glibc
internal import JSON

/// Prints text, or JSON where it was asked for.
enum Output {
  static func line(_ text: String = "") { print(text) }

  static func json(_ json: JSON) { print(json.text) }

  static func error(_ text: String) { prompt(text + "\n") }

  /// Text on standard error, without an end of line.
  static func prompt(_ text: String) {
    let bytes = Array(text.utf8)
    write(STDERR_FILENO, bytes, bytes.count)
  }

  /// Rows under a heading, each column as wide as its widest cell.
  static func table(_ heading: [String], _ rows: [[String]]) {
    for line in columns([heading] + rows) { print(line) }
  }

  /// Rows as lines, each column as wide as its widest cell.
  static func columns(_ rows: [[String]]) -> [String] {
    var widths: [Int] = []
    for row in rows {
      for (index, cell) in row.enumerated() {
        if index == widths.count { widths.append(0) }
        widths[index] = max(widths[index], cell.count)
      }
    }
    return rows.map { row in
      var text = ""
      for (index, cell) in row.enumerated() {
        text += cell
        if index < row.count - 1 {
          text += String(repeating: " ", count: widths[index] - cell.count + 2)
        }
      }
      while text.last == " " { text.removeLast() }
      return text
    }
  }

  /// A moment in local time, such as `2026-11-24 08:04:11.250`.
  static func time(_ milliseconds: Int64) -> String {
    var seconds = time_t(milliseconds / 1000)
    var parts = tm()
    localtime_r(&seconds, &parts)
    func two(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let fraction = String(1000 + milliseconds % 1000).dropFirst()
    return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday)) "
      + "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)).\(fraction)"
  }

  /// The local day of a moment, such as `2026-11-24`.
  static func day(_ milliseconds: Int64) -> String { String(time(milliseconds).prefix(10)) }

  /// The local year of a moment.
  static func year(_ milliseconds: Int64) -> Int { Int(time(milliseconds).prefix(4)) ?? 2026 }

  /// A length of time in its largest sensible unit.
  static func span(_ milliseconds: Int64) -> String {
    switch milliseconds {
    case ..<1000: "\(max(0, milliseconds)) ms"
    case ..<120_000: "\(milliseconds / 1000) s"
    case ..<7_200_000: "\(milliseconds / 60_000) min"
    case ..<172_800_000: "\(milliseconds / 3_600_000) h"
    default: "\(milliseconds / 86_400_000) days"
    }
  }

  /// A payload as it may stand on a terminal: printable, and at most `limit` characters.
  static func printable(_ bytes: [UInt8], limit: Int = 200) -> String {
    var out = ""
    for scalar in String(decoding: bytes.prefix(limit * 4), as: UTF8.self).unicodeScalars {
      if out.unicodeScalars.count >= limit { return out + "…" }
      switch scalar.value {
      case 0x1D: out += "<GS>"
      case 0..<0x20, 0x7F...0x9F: out += "·"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}

/// Who runs the command, for the audit trail.
func operatorName() -> String {
  for name in ["SUDO_USER", "USER", "LOGNAME"] {
    if let value = getenv(name).map({ String(cString: $0) }), !value.isEmpty { return value }
  }
  return "uid \(getuid())"
}

/// Milliseconds since 1970.
func wallClock() -> Int64 {
  var time = timespec()
  clock_gettime(CLOCK_REALTIME, &time)
  return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
}
