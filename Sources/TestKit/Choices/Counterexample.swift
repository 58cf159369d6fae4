/// The smallest failing case that was found, with what is needed to see it again.
public struct Counterexample: Error, Sendable, CustomStringConvertible {
  /// The seed whose run failed first.
  public let seed: UInt64
  /// The shrunk decisions, for `Choices(replaying:)`.
  public let choices: [UInt64]
  /// The error that the shrunk case throws.
  public let reason: String

  /// One line with the seed, the decisions and the reason.
  public var description: String {
    "seed \(seed), shrunk to \(choices.count) choices \(choices): \(reason)"
  }
}
