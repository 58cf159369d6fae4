internal import JSON

/// Reads the members of an object one by one and remembers whether any was missing or wrong.
///
/// Lets an `init?(json:)` read everything first and fail once, at its end.
struct Members {
  private let object: JSONObject
  /// True once a member was missing or of another type than asked for.
  private(set) var isBroken = false

  init?(_ json: JSON) {
    guard case .object(let object) = json else { return nil }
    self.object = object
  }

  /// A member that must be there, read by `read`; `placeholder` where it is not.
  mutating func required<Value>(
    _ name: String,
    or placeholder: Value,
    _ read: (JSON) -> Value?
  ) -> Value {
    if let json = object[name], let value = read(json) { return value }
    isBroken = true
    return placeholder
  }

  /// A member that may be absent, but not of another type.
  mutating func optional<Value>(_ name: String, _ read: (JSON) -> Value?) -> Value? {
    guard let json = object[name] else { return nil }
    let value = read(json)
    if value == nil { isBroken = true }
    return value
  }

  mutating func int(_ name: String) -> Int { required(name, or: 0, \.exactInt) }
  mutating func optionalInt(_ name: String) -> Int? { optional(name, \.exactInt) }
  mutating func string(_ name: String) -> String { required(name, or: "", \.string) }
  mutating func optionalString(_ name: String) -> String? { optional(name, \.string) }
  mutating func quantity(_ name: String) -> Quantity {
    required(name, or: .zero) { Quantity($0) }
  }
  mutating func list<Value>(_ name: String, _ read: (JSON) -> Value?) -> [Value] {
    required(name, or: []) { json in
      guard let elements = json.array else { return nil }
      var values: [Value] = []
      values.reserveCapacity(elements.count)
      for element in elements {
        guard let value = read(element) else { return nil }
        values.append(value)
      }
      return values
    }
  }
}

extension JSON {
  /// A whole number that is written as one; unlike `int` without a detour over binary numbers.
  fileprivate var exactInt: Int? { number.flatMap { Int($0) } }
}

extension JSONObject {
  /// Adds a member unless its value is nil.
  mutating func add(_ name: String, _ value: Int?) {
    if let value { self[name] = .int(value) }
  }
  /// Adds a member unless its value is nil.
  mutating func add(_ name: String, _ value: String?) {
    if let value { self[name] = .string(value) }
  }
  /// Adds a member unless its value is nil.
  mutating func add(_ name: String, _ value: JSON?) {
    if let value { self[name] = value }
  }
}
