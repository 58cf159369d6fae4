public import JSON

/// A place in a JSON message by RFC 6901: `/data/code` from its top, `./code` from an item.
public struct Pointer: Hashable, Sendable {
  /// The pointer as it was written.
  public let text: String
  let path: String
  let isRelative: Bool

  /// Reads a pointer; `""` is the whole message and `.` the whole item.
  public init(_ text: String) throws(ProfileError) {
    self.text = text
    isRelative = text.utf8.first == UInt8(ascii: ".")
    path = isRelative ? String(text.dropFirst()) : text
    guard path.isEmpty || path.utf8.first == UInt8(ascii: "/"), text.utf8.count <= 256 else {
      throw ProfileError(
        "expected a JSON pointer such as /data/code, or ./code inside an item, found \"\(text)\""
      )
    }
  }

  /// The value there; null counts as absent.
  func value(in root: JSON, item: JSON) -> JSON? {
    guard let value = (isRelative ? item : root).at(pointer: path), !value.isNull else {
      return nil
    }
    return value
  }
}

/// What a message must hold to be read by a rule.
public enum Condition: Hashable, Sendable {
  /// The value at the pointer is this.
  case equals(Pointer, JSON)
  /// There is a value at the pointer.
  case present(Pointer)

  func holds(in root: JSON, item: JSON) -> Bool {
    switch self {
    case .equals(let pointer, let expected): pointer.value(in: root, item: item) == expected
    case .present(let pointer): pointer.value(in: root, item: item) != nil
    }
  }
}
