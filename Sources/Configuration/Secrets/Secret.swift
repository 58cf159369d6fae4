/// A password or key that cannot be printed by accident.
public struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  private let value: String

  /// Hides a value.
  public init(_ value: String) { self.value = value }

  /// The value itself, for the one call that needs it.
  public func reveal() -> String { value }

  /// Never the value.
  public var description: String { "<secret>" }
  /// Never the value.
  public var debugDescription: String { "<secret>" }
  /// Never the value: `dump` looks here.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
