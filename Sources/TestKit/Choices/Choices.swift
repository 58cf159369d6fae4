/// A stream of decisions that drives a test.
///
/// Every random decision of a property test, a simulation or a fuzz target is drawn from here. A
/// run is then a pure function of its recorded decisions: it replays from a seed or from the
/// decisions, and shrinks without knowing what was made of them. Smaller numbers and fewer
/// decisions must mean simpler cases, so draw the dull case as zero.
public struct Choices: Sendable {
  private enum Source {
    case random(SplitMix64)
    case replay(next: Int)
  }

  private var source: Source

  /// The decisions drawn so far, or the whole list that is being replayed.
  public private(set) var recorded: [UInt64] = []

  /// Fresh decisions that depend on nothing but `seed`.
  public init(seed: UInt64) {
    source = .random(SplitMix64(state: seed))
  }

  /// The same decisions again, as a counterexample lists them.
  public init(replaying decisions: [UInt64]) {
    source = .replay(next: 0)
    recorded = decisions
  }

  /// True once a replay has no decisions left; later draws are all zero, the simplest choice.
  public var isExhausted: Bool {
    switch source {
    case .random: false
    case .replay(let next): next >= recorded.count
    }
  }

  /// A number in `0...bound`, 0 being the simplest.
  public mutating func draw(_ bound: UInt64) -> UInt64 {
    switch source {
    case .random(var generator):
      let value = bound == .max ? generator.next() : generator.next(upperBound: bound + 1)
      source = .random(generator)
      recorded.append(value)
      return value
    case .replay(let next):
      source = .replay(next: next + 1)
      guard next < recorded.count else { return 0 }
      return bound == .max ? recorded[next] : recorded[next] % (bound + 1)
    }
  }
}
