/// What a property throws when it does not hold.
public struct PropertyFailure: Error, Sendable, CustomStringConvertible {
  /// What was expected and what came.
  public let description: String

  /// A failure with its reason.
  public init(_ description: String) {
    self.description = description
  }
}

/// Throws a `PropertyFailure` unless `condition` holds.
public func require(
  _ condition: Bool,
  _ reason: @autoclosure () -> String
) throws(PropertyFailure) {
  guard condition else { throw PropertyFailure(reason()) }
}
