/// Random text by which the outcome of a request is found again.
public enum AgentToken {
  /// A new one.
  public static func make() -> String { Randomness.uuid() }
}
