internal import JSON

extension Database {
  /// Ids of the rows that meet the condition, in `order`.
  func search(
    _ model: Model,
    _ domain: Domain,
    order: String? = nil,
    offset: Int = 0,
    limit: Int? = nil
  ) throws -> [Int] {
    try check(domain, model)
    var found: [Record] = []
    for id in candidates(model, domain) ?? store.ids(model.name) {
      guard let row = store.get(model.name, id), isActive(model, row, domain) else { continue }
      if try matches(model, row, domain) { found.append(row) }
    }
    try sort(&found, model, order ?? model.order)
    let ids = found.dropFirst(offset).map(\.id)
    return limit.map { $0 > 0 ? Array(ids.prefix($0)) : ids } ?? ids
  }

  /// Archived rows are hidden unless the condition or the context speaks of `active`.
  private func isActive(_ model: Model, _ row: Record, _ domain: Domain) -> Bool {
    guard model.fields["active"] != nil, row["active"] == .bool(false) else { return true }
    return domain.mentions("active") || context["active_test"] == false
  }

  /// A set that holds all matches, from an index, where the condition allows it.
  private func candidates(_ model: Model, _ domain: Domain) -> [Int]? {
    switch domain {
    case .and(let left, let right): return candidates(model, left) ?? candidates(model, right)
    case .leaf(let path, let op, let value):
      guard path.count == 1, let name = path.first else { return nil }
      let wanted: [Int]
      switch (op, value) {
      case ("=", .number): wanted = value.int.map { [$0] } ?? []
      case ("in", .array(let elements)):
        wanted = elements.compactMap(\.int)
        guard wanted.count == elements.count else { return nil }
      default: return nil
      }
      if name == "id" { return Set(wanted).sorted() }
      guard model.indexed.contains(name) else { return nil }
      return Set(wanted.flatMap { store.ids(model.name, where: name, is: $0) ?? [] }).sorted()
    default: return nil
    }
  }

  private func check(_ domain: Domain, _ model: Model) throws {
    switch domain {
    case .constant: break
    case .not(let inner): try check(inner, model)
    case .and(let left, let right), .or(let left, let right):
      try check(left, model)
      try check(right, model)
    case .leaf(let path, let op, let value):
      var current: Model? = model
      for name in path {
        guard let at = current else { break }
        guard let field = at.fields[name] else {
          let tuple = "('\(path.joined(separator: "."))', '\(op)', \(Domain.python(value)))"
          throw OdooError.value(
            "Invalid field \(at.name).\(name) in \(version < .v19 ? "leaf" : "condition") \(tuple)"
          )
        }
        current = field.relation.flatMap { models[$0] }
      }
    }
  }

  func matches(_ model: Model, _ row: Record, _ domain: Domain) throws -> Bool {
    switch domain {
    case .constant(let value): value
    case .not(let inner): try !matches(model, row, inner)
    case .and(let left, let right): try matches(model, row, left) && matches(model, row, right)
    case .or(let left, let right): try matches(model, row, left) || matches(model, row, right)
    case .leaf(let path, let op, let value): try leaf(model, row, path[...], op, value)
    }
  }

  private func leaf(
    _ model: Model,
    _ row: Record,
    _ path: ArraySlice<String>,
    _ op: String,
    _ wanted: JSON
  ) throws -> Bool {
    guard let name = path.first, let field = model.fields[name] else { return false }
    let have = value(model, row, field)
    if path.count > 1 {
      guard let target = field.relation.flatMap({ models[$0] }) else { return false }
      let reached = have.refs.compactMap { store.get(target.name, $0) }
      let negative = op == "!=" || op.hasPrefix("not ")
      if reached.isEmpty { return negative || (op == "=" && !isTrue(wanted)) }
      return try reached.contains { try leaf(target, $0, path.dropFirst(), op, wanted) }
    }
    return try compare(field, have, op, wanted)
  }

  private func compare(_ field: Field, _ have: Value, _ op: String, _ wanted: JSON) throws -> Bool {
    switch op {
    case "=?": return wanted.isNull || wanted == false ? true : equal(field, have, wanted)
    case "=": return equal(field, have, wanted)
    case "!=": return !equal(field, have, wanted)
    case "in": return (wanted.array ?? [wanted]).contains { equal(field, have, $0) }
    case "not in": return !(wanted.array ?? [wanted]).contains { equal(field, have, $0) }
    case "child_of":
      let roots = Set((wanted.array ?? [wanted]).compactMap(\.int))
      guard let relation = field.relation else { return roots.contains(Int(have.double)) }
      return have.refs.contains { isInside(relation, $0, roots) }
    case "<", ">", "<=", ">=": return try ordered(field, have, op, wanted)
    default: return like(field, have, op, wanted.string ?? "")
    }
  }

  private func isInside(_ model: String, _ id: Int, _ roots: Set<Int>) -> Bool {
    if roots.contains(id) { return true }
    guard let parent = store.get(model, id)?.ref("location_id"), model == "stock.location" else {
      return false
    }
    return isInside(model, parent, roots)
  }

  private func equal(_ field: Field, _ have: Value, _ wanted: JSON) -> Bool {
    switch (field.kind, wanted) {
    case (.boolean, _): return have.isTrue == isTrue(wanted)
    case (.integer, _), (.float, _): return have.double == (wanted.double ?? 0)
    case (_, false), (_, .null): return !have.isTrue
    case (.many2one(let relation), .string(let name)),
      (.one2many(let relation, _), .string(let name)),
      (.many2many(let relation), .string(let name)):
      return have.refs.contains { displayName(relation, $0) == name }
    case (.many2one, _), (.one2many, _), (.many2many, _):
      return wanted.int.map { have.refs.contains($0) } ?? false
    case (.datetime, .string(let text)), (.date, .string(let text)):
      return have.moment == DateText.moment(text)
    default: return have.text == wanted.string
    }
  }

  /// Since 19 a time without microseconds means its whole second; before, its start.
  private func ordered(
    _ field: Field,
    _ have: Value,
    _ op: String,
    _ wanted: JSON
  ) throws -> Bool {
    if field.kind == .datetime || field.kind == .date {
      guard let text = wanted.string, let limit = DateText.moment(text) else {
        throw OdooError.value("Invalid datetime \(Domain.python(wanted))")
      }
      guard let moment = have.moment else { return false }
      let end = version < .v19 || text.contains(".") ? limit : limit + DateText.second - 1
      switch op {
      case "<": return moment < limit
      case "<=": return moment <= end
      case ">": return moment > end
      default: return moment >= limit
      }
    }
    if let text = wanted.string, field.kind == .char {
      let have = have.text ?? ""
      switch op {
      case "<": return have < text
      case "<=": return have <= text
      case ">": return have > text
      default: return have >= text
      }
    }
    let limit = wanted.double ?? 0
    let number = have.ref.map(Double.init) ?? have.double
    switch op {
    case "<": return number < limit
    case "<=": return number <= limit
    case ">": return number > limit
    default: return number >= limit
    }
  }

  private func like(_ field: Field, _ have: Value, _ op: String, _ pattern: String) -> Bool {
    let texts =
      field.relation.map { relation in have.refs.map { displayName(relation, $0) } }
      ?? [have.text ?? ""]
    let folded = op.hasSuffix("ilike")
    let wanted = Array((folded ? pattern.lowercased() : pattern).unicodeScalars)
    let framed = op.hasPrefix("=") ? wanted : ["%"] + wanted + ["%"]
    let found = texts.contains { text in
      let have = folded ? text.lowercased() : text
      return wildcard(Array(have.unicodeScalars)[...], framed[...])
    }
    return op.hasPrefix("not ") ? !found : found
  }

  private func wildcard(
    _ text: ArraySlice<Unicode.Scalar>,
    _ pattern: ArraySlice<Unicode.Scalar>
  ) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    if first == "%" {
      if wildcard(text, pattern.dropFirst()) { return true }
      return !text.isEmpty && wildcard(text.dropFirst(), pattern)
    }
    guard let next = text.first, first == "_" || first == next else { return false }
    return wildcard(text.dropFirst(), pattern.dropFirst())
  }

  private func sort(_ rows: inout [Record], _ model: Model, _ order: String) throws {
    var keys: [(field: Field, descending: Bool)] = []
    for part in order.split(separator: ",") {
      let words = part.split(separator: " ")
      guard let name = words.first.map(String.init) else { continue }
      guard let field = model.fields[name] else { throw unknownField(name, model.name) }
      keys.append((field, words.count > 1 && words[1].lowercased() == "desc"))
    }
    var decorated = rows.map { row in (row, keys.map { value(model, row, $0.field) }) }
    decorated.sort { left, right in
      for (index, key) in keys.enumerated() {
        let order = rank(left.1[index], right.1[index])
        if order != 0 { return key.descending ? order > 0 : order < 0 }
      }
      return left.0.id < right.0.id
    }
    rows = decorated.map(\.0)
  }

  /// Negative, zero or positive; empty comes last, as NULL does.
  private func rank(_ left: Value, _ right: Value) -> Int {
    switch (left, right) {
    case (.empty, .empty): return 0
    case (.empty, _): return 1
    case (_, .empty): return -1
    case (.text(let left), .text(let right)): return left == right ? 0 : left < right ? -1 : 1
    case (.moment(let left), .moment(let right)): return left == right ? 0 : left < right ? -1 : 1
    case (.ref(let left), .ref(let right)): return left - right
    default:
      let (left, right) = (left.double, right.double)
      return left == right ? 0 : left < right ? -1 : 1
    }
  }
}

extension Domain {
  func mentions(_ name: String) -> Bool {
    switch self {
    case .leaf(let path, _, _): path.contains(name)
    case .and(let left, let right), .or(let left, let right):
      left.mentions(name) || right.mentions(name)
    case .not(let inner): inner.mentions(name)
    case .constant: false
    }
  }
}
