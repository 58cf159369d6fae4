public import Odoo

/// What came of a request, and how.
public struct HTTPReply: Sendable {
  /// The answer, or why there is none.
  public let outcome: HTTPOutcome
  /// How long it took.
  public let duration: Duration
  /// True if no new connection had to be made.
  public let reusedConnection: Bool
}
