/// Why a profile, or a set of them, cannot be used.
public struct ProfileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was expected, what came, and what to do.
  public let reason: String

  /// An error for a reason.
  public init(_ reason: String) { self.reason = reason }

  /// One line for a person.
  public var description: String { reason }
}
