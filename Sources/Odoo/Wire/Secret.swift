/// A password or API key; cannot be printed, interpolated or dumped by accident.
public struct Secret: Hashable, Sendable {
  private let text: String

  /// Keeps `text` secret.
  public init(_ text: String) { self.text = text }

  /// True if there is nothing to keep.
  public var isEmpty: Bool { text.isEmpty }

  /// Hands out the text; the one way to it, so that a search for the name finds every use.
  public func reveal<Value>(_ use: (String) -> Value) -> Value { use(text) }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Always `<secret>`.
  public var description: String { "<secret>" }
  /// Always `<secret>`.
  public var debugDescription: String { "<secret>" }
  /// Without children, so that `dump` and mirrors show nothing.
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension HTTPRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Method, path and size; never headers or body, which carry the key.
  public var description: String { "\(method) \(path) (\(body.count) bytes)" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children: headers and body carry the key.
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}
