/// The search for a smaller list of decisions that still fails.
///
/// Two moves, repeated while they help: leave out runs of decisions, long ones first, and make
/// single decisions smaller. Neither knows what the decisions mean.
struct Shrinking {
  /// The most often a property is run again for one failure.
  static let budget = 5_000

  private(set) var best: [UInt64]
  private(set) var reason: String
  private var left = Self.budget

  init(_ failing: [UInt64], _ reason: String) {
    best = failing
    self.reason = reason
  }

  mutating func run(_ property: (inout Choices) throws -> Void) {
    var improved = true
    while improved, left > 0 {
      let shorter = leaveOut(property)
      let smaller = makeSmaller(property)
      improved = shorter || smaller
    }
  }

  private mutating func fails(
    _ candidate: [UInt64],
    _ property: (inout Choices) throws -> Void
  ) -> Bool {
    guard left > 0 else { return false }
    left -= 1
    var choices = Choices(replaying: candidate)
    do {
      try property(&choices)
      return false
    } catch {
      best = candidate
      reason = "\(error)"
      return true
    }
  }

  private mutating func leaveOut(_ property: (inout Choices) throws -> Void) -> Bool {
    var improved = false
    var size = max(1, best.count / 2)
    while size >= 1 {
      var start = 0
      while start + size <= best.count, left > 0 {
        var candidate = best
        candidate.removeSubrange(start..<start + size)
        if fails(candidate, property) { improved = true } else { start += size }
      }
      size /= 2
    }
    return improved
  }

  private mutating func makeSmaller(_ property: (inout Choices) throws -> Void) -> Bool {
    var improved = false
    var index = 0
    while index < best.count, left > 0 {
      let value = best[index]
      let smaller = value == 0 ? [] : [0, value / 2, value - 1]
      let found = smaller.contains { replacement in
        guard index < best.count, replacement < value else { return false }
        var candidate = best
        candidate[index] = replacement
        return fails(candidate, property)
      }
      if found { improved = true } else { index += 1 }
    }
    return improved
  }
}
