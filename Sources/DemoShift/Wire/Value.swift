/// A JSON value with a reader and a writer of its own, so that what is checked here does not go
/// through the code of the agent.
public enum Value: Sendable, Hashable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([Value])
  case object([String: Value])

  /// The member of that name; nil where there is none or it is null.
  public subscript(name: String) -> Value? {
    guard case .object(let members) = self, let value = members[name], value != .null else {
      return nil
    }
    return value
  }

  /// The text; nil for anything else, such as Odoo's false for nothing.
  public var text: String? { if case .string(let text) = self { text } else { nil } }

  /// The number; nil for anything else.
  public var number: Double? { if case .number(let number) = self { number } else { nil } }

  /// The number without its fraction.
  public var int: Int? { number.flatMap { Int(exactly: $0.rounded()) } }

  /// True or false; nil for anything else.
  public var flag: Bool? { if case .bool(let flag) = self { flag } else { nil } }

  /// The elements; none for anything else.
  public var array: [Value] { if case .array(let elements) = self { elements } else { [] } }

  /// The value as JSON, members in the order of their names.
  public var json: String {
    switch self {
    case .null: return "null"
    case .bool(let flag): return flag ? "true" : "false"
    case .number(let number):
      return Int(exactly: number).map { String($0) } ?? String(number)
    case .string(let text): return Self.quoted(text)
    case .array(let elements): return "[" + elements.map(\.json).joined(separator: ",") + "]"
    case .object(let members):
      let pairs = members.sorted { $0.key < $1.key }
        .map { Self.quoted($0.key) + ":" + $0.value.json }
      return "{" + pairs.joined(separator: ",") + "}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\u{0}"..<"\u{20}":
        let digits = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral
{
  /// A text.
  public init(stringLiteral text: String) { self = .string(text) }
  /// A list.
  public init(arrayLiteral elements: Value...) { self = .array(elements) }
  /// An object; of two members of one name the last one counts.
  public init(dictionaryLiteral members: (String, Value)...) {
    self = .object(Dictionary(members) { $1 })
  }
  /// A whole number.
  public init(integerLiteral number: Int) { self = .number(Double(number)) }
  /// True or false.
  public init(booleanLiteral flag: Bool) { self = .bool(flag) }
}
