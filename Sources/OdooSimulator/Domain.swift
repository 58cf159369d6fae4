internal import JSON

/// A search condition in the order of operations.
indirect enum Domain {
  case leaf(path: [String], op: String, value: JSON)
  case and(Domain, Domain)
  case or(Domain, Domain)
  case not(Domain)
  case constant(Bool)
}

extension Domain {
  static let operators: Set<String> = [
    "=", "!=", "<", ">", "<=", ">=", "in", "not in", "like", "ilike", "not like", "not ilike",
    "=like", "=ilike", "=?", "child_of",
  ]

  /// Reads Odoo's prefix notation, in which terms without an operator are joined by `&`.
  init(_ json: JSON, version: OdooVersion) throws {
    let items = json.array ?? []
    var rest = items[...]
    var whole: Domain?
    while !rest.isEmpty {
      let term = try Self.term(&rest, version)
      whole = whole.map { .and($0, term) } ?? term
    }
    self = whole ?? .constant(true)
  }

  private static func term(_ rest: inout ArraySlice<JSON>, _ version: OdooVersion) throws -> Domain
  {
    guard let item = rest.popFirst() else {
      throw OdooError.value("Domain is syntactically not correct")
    }
    switch item {
    case "&": return try .and(term(&rest, version), term(&rest, version))
    case "|": return try .or(term(&rest, version), term(&rest, version))
    case "!": return try .not(term(&rest, version))
    default: return try leaf(item, version)
    }
  }

  private static func leaf(_ item: JSON, _ version: OdooVersion) throws -> Domain {
    guard let parts = item.array, parts.count == 3 else {
      throw OdooError.value(
        version < .v19
          ? "not enough values to unpack (expected 3, got \(item.array?.count ?? 0))"
          : "Domain() invalid item in domain: \(python(item))"
      )
    }
    if parts[0].int == 1, parts[1] == "=" { return .constant(parts[2].int == 1) }
    if parts[0].int == 0, parts[1] == "=" { return .constant(parts[2].int == 0) }
    guard let path = parts[0].string, let op = parts[1].string?.lowercased(),
      operators.contains(op)
    else {
      let tuple = "(" + parts.map(python).joined(separator: ", ") + ")"
      throw OdooError.value(
        version < .v19 ? "Invalid leaf \(tuple)" : "Invalid operator in condition \(tuple)"
      )
    }
    return .leaf(
      path: path.split(separator: ".", omittingEmptySubsequences: false).map(String.init),
      op: op,
      value: parts[2]
    )
  }

  /// The value as Python prints it.
  static func python(_ value: JSON) -> String {
    switch value {
    case .null: "None"
    case .bool(let value): value ? "True" : "False"
    case .number(let text): text
    case .string(let text): "'\(text)'"
    case .array(let elements): "[" + elements.map(python).joined(separator: ", ") + "]"
    case .object(let object):
      "{" + object.members.map { "'\($0.name)': " + python($0.value) }.joined(separator: ", ") + "}"
    }
  }
}
