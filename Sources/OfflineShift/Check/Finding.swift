/// One thing that is wrong, in one sentence.
public struct Finding: Sendable, Hashable {
  /// What kind of wrong it is.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// A mistake was accepted.
    case accepted
    /// Something right was refused.
    case unplanned
    /// A mistake was refused, and something right accepted, with another code or signal.
    case otherwise
    /// Something is missing.
    case lost
    /// Something is there more than once.
    case twice
    /// Something came before what it depends on.
    case order
  }

  /// What kind of wrong it is.
  public var kind: Kind
  /// What was expected, and what is there.
  public var text: String
}
