/// Why the demo cannot go on, in one sentence.
public struct DemoFailure: Error, Sendable, CustomStringConvertible {
  /// The sentence.
  public let description: String

  /// A failure for a reason.
  public init(_ description: String) { self.description = description }
}
