internal import JSON

/// What a field of a record holds.
enum Value: Hashable, Sendable {
  /// Odoo's `false` of everything but numbers and booleans.
  case empty
  case bool(Bool)
  case int(Int)
  case number(Double)
  case text(String)
  /// Microseconds since 1970, UTC.
  case moment(Int64)
  case ref(Int)
  case refs([Int])

  var ref: Int? { if case .ref(let id) = self { id } else { nil } }
  var refs: [Int] {
    switch self {
    case .refs(let ids): ids
    case .ref(let id): [id]
    default: []
    }
  }
  var text: String? { if case .text(let text) = self { text } else { nil } }
  var moment: Int64? { if case .moment(let moment) = self { moment } else { nil } }
  var double: Double {
    switch self {
    case .number(let value): value
    case .int(let value): Double(value)
    default: 0
    }
  }
  /// Truth as Python sees it.
  var isTrue: Bool {
    switch self {
    case .empty: false
    case .bool(let value): value
    case .int(let value): value != 0
    case .number(let value): value != 0
    case .text(let text): !text.isEmpty
    case .moment, .ref: true
    case .refs(let ids): !ids.isEmpty
    }
  }

  static func ref(_ id: Int?) -> Value { id.map { .ref($0) } ?? .empty }
  static func text(_ text: String?) -> Value { text.map { .text($0) } ?? .empty }
}

extension Double {
  /// Rounded to the two decimals of a unit of measure.
  var rounded2: Double { (self * 100).rounded() / 100 }
}

/// One row of a model.
struct Record: Sendable {
  let id: Int
  var values: [String: Value] = [:]

  subscript(name: String) -> Value {
    get { values[name] ?? .empty }
    set { values[name] = newValue }
  }
  func ref(_ name: String) -> Int? { self[name].ref }
  func refs(_ name: String) -> [Int] { self[name].refs }
  func double(_ name: String) -> Double { self[name].double }
  func flag(_ name: String) -> Bool { self[name].isTrue }
  func text(_ name: String) -> String { self[name].text ?? "" }
}
