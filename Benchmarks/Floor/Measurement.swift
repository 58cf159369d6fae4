import Glibc

/// Times of one kind of step, in nanoseconds.
struct Measurement {
  private(set) var times: [Int64] = []

  mutating func add(_ nanoseconds: Int64) { times.append(nanoseconds) }

  mutating func add(_ other: Measurement) { times += other.times }

  /// The time that a share of the steps stays below, in microseconds.
  func quantile(_ share: Double) -> Double {
    guard !times.isEmpty else { return 0 }
    let sorted = times.sorted()
    let index = min(sorted.count - 1, Int(Double(sorted.count) * share))
    return Double(sorted[index]) / 1000
  }

  static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}

/// A number with one decimal, right-aligned.
func column(_ value: Double, _ width: Int = 10) -> String {
  let tenths = Int((value * 10).rounded())
  let text = "\(tenths / 10).\(tenths % 10)"
  return String(repeating: " ", count: max(0, width - text.count)) + text
}
