internal import Glibc
internal import TestKit

/// Where the progress of the shift is shown: whole lines, one after the other.
package final class Terminal: Sendable {
  private let start = ContinuousClock.now
  private let lines = Monitor(0)

  /// A terminal whose time begins now.
  package init() {}

  /// Shows a line as it is.
  package func show(_ text: String) {
    lines.withLock { count in
      count += 1
      Self.write(text + "\n")
    }
  }

  /// Shows a line with the time since the start of the shift.
  package func report(_ text: String) {
    let (seconds, attoseconds) = start.duration(to: .now).components
    let tenths = seconds * 10 + attoseconds / 100_000_000_000_000_000
    show(Self.right("\(tenths / 10).\(tenths % 10) s", 8) + "  " + text)
  }

  /// Time since the start of the shift.
  package var elapsed: Duration { start.duration(to: .now) }

  package static func left(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  package static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  /// Written at once, so that a pipe shows it in time too.
  private static func write(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(1, $0.baseAddress, $0.count) }
      guard count > 0 || errno == EINTR else { return }
      rest = rest.dropFirst(max(0, count))
    }
  }
}
