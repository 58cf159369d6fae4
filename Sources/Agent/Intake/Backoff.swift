/// Growing, jittered pauses between attempts, in monotonic milliseconds.
struct Backoff {
  private let first: Int64
  private let longest: Int64
  private var pause: Int64 = 0
  private var due: Int64 = 0

  init(first: Int64, longest: Int64) {
    self.first = first
    self.longest = longest
  }

  func isDue(_ now: Int64) -> Bool { now >= due }
  func remaining(_ now: Int64) -> Int64 { max(0, due - now) }

  mutating func failed(_ now: Int64) {
    pause = pause == 0 ? first : min(longest, pause * 2)
    due = now + .random(in: pause / 2...pause)
  }

  mutating func succeeded() {
    pause = 0
    due = 0
  }
}
