internal import Glibc

/// A point in time after which waiting is over.
struct Deadline: Sendable {
  private let end: ContinuousClock.Instant

  init(within duration: Duration) {
    end = .now + duration
  }

  /// The time that is left, never negative.
  var remaining: Duration { max(.zero, ContinuousClock.now.duration(to: end)) }

  var hasPassed: Bool { remaining == .zero }

  /// What is left in the form that `poll` takes, rounded up so that it does not spin.
  var milliseconds: Int32 { remaining.pollMilliseconds }
}

extension Duration {
  /// Whole milliseconds, rounded up, at most a day.
  var pollMilliseconds: Int32 {
    let (seconds, attoseconds) = components
    let milliseconds = seconds * 1_000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    return Int32(min(86_400_000, max(0, milliseconds)))
  }

  /// The moment this long from now on the monotonic clock.
  var fromNow: timespec {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    let (seconds, attoseconds) = components
    let nanoseconds = now.tv_nsec + Int(attoseconds / 1_000_000_000)
    return timespec(
      tv_sec: now.tv_sec + Int(seconds) + nanoseconds / 1_000_000_000,
      tv_nsec: nanoseconds % 1_000_000_000
    )
  }
}
