/// Runs `property` with many seeds; the first that throws is shrunk and thrown.
///
/// Seeds are `seed`, `seed + 1` and so on. Seeds that failed before come first: those in `kept`,
/// to which a new failing seed is added (see `KeptSeeds`).
public func check(
  runs: Int,
  seed: UInt64,
  keeping kept: KeptSeeds? = nil,
  _ property: (inout Choices) throws -> Void
) throws(Counterexample) {
  for failed in kept?.seeds ?? [] {
    try run(seed: failed, property)
  }
  for number in 0..<UInt64(max(0, runs)) {
    do {
      try run(seed: seed &+ number, property)
    } catch {
      kept?.add(error)
      throw error
    }
  }
}

private func run(
  seed: UInt64,
  _ property: (inout Choices) throws -> Void
) throws(Counterexample) {
  var choices = Choices(seed: seed)
  do {
    try property(&choices)
  } catch {
    var shrinking = Shrinking(choices.recorded, "\(error)")
    shrinking.run(property)
    throw Counterexample(seed: seed, choices: shrinking.best, reason: shrinking.reason)
  }
}
