/// A JSON value that keeps numbers exactly as they were written.
///
/// Counts and weights must not pass through binary floating point on their way from a device to
/// Odoo, so a number is its own text. Members of an object keep their order.
public enum JSON: Hashable, Sendable {
  case null
  case bool(Bool)
  /// The number's text, valid by RFC 8259.
  case number(String)
  case string(String)
  case array([JSON])
  case object(JSONObject)
}

/// The members of a JSON object, in the order in which they were written.
///
/// Look-up is linear: the objects here have tens of members, not thousands. Of two members with
/// one name the last wins, as in every common parser.
public struct JSONObject: Hashable, Sendable {
  /// Name and value pairs in order.
  public private(set) var members: [Member] = []

  /// One name with its value.
  public struct Member: Hashable, Sendable {
    /// The member's name.
    public let name: String
    /// The member's value.
    public var value: JSON
  }

  /// An object without members.
  public init() {}

  /// The value of the member `name`; setting nil removes it.
  public subscript(name: String) -> JSON? {
    get { members.first { $0.name == name }?.value }
    set {
      let index = members.firstIndex { $0.name == name }
      switch (index, newValue) {
      case (let index?, let value?): members[index].value = value
      case (let index?, nil): members.remove(at: index)
      case (nil, let value?): members.append(Member(name: name, value: value))
      case (nil, nil): break
      }
    }
  }

  /// Adds a member while parsing; an earlier one with the same name is replaced.
  ///
  /// Past `searchedMembers` names nothing is searched, so that a hostile payload cannot make the
  /// parser quadratic; a later duplicate there is unreachable.
  mutating func append(_ name: String, _ value: JSON) {
    if members.count < Self.searchedMembers {
      self[name] = value
    } else {
      members.append(Member(name: name, value: value))
    }
  }

  private static let searchedMembers = 256
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  /// An object from a literal, in the literal's order.
  public init(dictionaryLiteral elements: (String, JSON)...) {
    for (name, value) in elements { append(name, value) }
  }
}

extension JSON: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// JSON's null.
  public init(nilLiteral: ()) { self = .null }
  /// JSON's true or false.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// A whole number.
  public init(integerLiteral value: Int) { self = .number(String(value)) }
  /// A string.
  public init(stringLiteral value: String) { self = .string(value) }
  /// An array.
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }
  /// An object, in the literal's order.
  public init(dictionaryLiteral elements: (String, JSON)...) {
    var object = JSONObject()
    for (name, value) in elements { object[name] = value }
    self = .object(object)
  }
}

extension JSON {
  /// A whole number.
  public static func int(_ value: Int) -> JSON { .number(String(value)) }
  /// A whole number, or null.
  public static func int(_ value: Int?) -> JSON { value.map { .number(String($0)) } ?? .null }
  /// A whole number of 64 bits, or null.
  public static func int64(_ value: Int64?) -> JSON { value.map { .number(String($0)) } ?? .null }
  /// A finite binary number in its shortest text; null where JSON has no such number.
  public static func double(_ value: Double) -> JSON {
    value.isFinite ? .number(value.description) : .null
  }
  /// A string, or null.
  public static func text(_ value: String?) -> JSON { value.map { .string($0) } ?? .null }

  /// The member `name` of an object; nil for anything else.
  public subscript(name: String) -> JSON? {
    if case .object(let object) = self { object[name] } else { nil }
  }
  /// The element at `index` of an array; nil for anything else or past its end.
  public subscript(index: Int) -> JSON? {
    guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
    return elements[index]
  }

  /// The string's text.
  public var string: String? { if case .string(let value) = self { value } else { nil } }
  /// The truth value.
  public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  /// The elements of an array.
  public var array: [JSON]? { if case .array(let value) = self { value } else { nil } }
  /// The members of an object.
  public var object: JSONObject? { if case .object(let value) = self { value } else { nil } }
  /// The number's text as written.
  public var number: String? { if case .number(let text) = self { text } else { nil } }
  /// The number as a whole one; `5.0` counts as 5, `5.5` as nil.
  public var int: Int? {
    guard case .number(let text) = self else { return nil }
    if let value = Int(text) { return value }
    guard let value = Double(text), value.rounded() == value, abs(value) < 9e15 else { return nil }
    return Int(value)
  }
  /// The number as a binary one.
  public var double: Double? { if case .number(let text) = self { Double(text) } else { nil } }
  /// True for null.
  public var isNull: Bool { self == .null }

  /// Walks down by member names and array indices, as RFC 6901 pointers do (`/data/0/code`).
  ///
  /// - Parameter pointer: Empty for the whole value, else starting with `/`; `~1` is `/`, `~0` is `~`.
  public func at(pointer: String) -> JSON? {
    guard !pointer.isEmpty else { return self }
    var value = self
    for part in pointer.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
      let name = unescaped(part)
      switch value {
      case .object(let object):
        guard let next = object[name] else { return nil }
        value = next
      case .array(let elements):
        guard let index = Int(name), elements.indices.contains(index) else { return nil }
        value = elements[index]
      default: return nil
      }
    }
    return value
  }

  private func unescaped(_ part: Substring) -> String {
    guard part.contains("~") else { return String(part) }
    var out = ""
    var rest = part[...]
    while let character = rest.popFirst() {
      guard character == "~", let next = rest.first, next == "0" || next == "1" else {
        out.append(character)
        continue
      }
      rest.removeFirst()
      out.append(next == "1" ? "/" : "~")
    }
    return out
  }
}
