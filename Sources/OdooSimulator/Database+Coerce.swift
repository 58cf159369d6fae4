internal import JSON

extension Database {
  typealias Commands = [(field: Field, list: JSON)]

  /// Turns the values of a `create` or `write` into those of the fields; x2many apart.
  func coerce(_ model: Model, _ values: JSON) throws -> ([String: Value], Commands) {
    var plain: [String: Value] = [:]
    var commands: Commands = []
    for member in values.object?.members ?? [] {
      guard let field = model.fields[member.name] else {
        throw OdooError.value(
          version < .v19
            ? "Invalid field '\(member.name)' on model '\(model.name)'"
            : "Invalid field '\(member.name)' in '\(model.name)'"
        )
      }
      switch field.kind {
      case .one2many, .many2many: commands.append((field, member.value))
      default:
        let value = try coerce(model, field, member.value)
        // A write to a computed field is lost, without an error.
        if !field.computed && field.related.isEmpty && field.name != "id" {
          plain[field.name] = value
        }
      }
    }
    return (plain, commands)
  }

  func coerce(_ model: Model, _ field: Field, _ json: JSON) throws -> Value {
    switch field.kind {
    case .boolean: return .bool(isTrue(json))
    case .integer: return .int(json.int ?? 0)
    case .float(let digits):
      if json.string != nil {
        throw OdooError.type(
          version < .v19
            ? "unsupported operand type(s) for -: 'str' and 'float'"
            : "can't multiply sequence by non-int of type 'float'"
        )
      }
      let number = json.double ?? 0
      return .number(digits ? number.rounded2 : number)
    case .selection(let options):
      guard let text = json.string else { return .empty }
      guard options.contains(text) else {
        throw OdooError.value("Wrong value for \(model.name).\(field.name): '\(text)'")
      }
      return .text(text)
    case .many2one(let relation):
      guard let id = json.int, id != 0 else { return .empty }
      guard store.get(relation, id) != nil else {
        guard version < .v18 else { throw OdooError.missing(relation, id, user: user) }
        let table = model.name.replacing(".", with: "_")
        throw OdooError.validation(
          "The operation cannot be completed: another model requires the record being deleted. "
            + "If possible, archive it instead.\n\nModel: \(model.title) (\(model.name))\n"
            + "Constraint: \(table)_\(field.name)_fkey\n"
        )
      }
      return .ref(id)
    case .datetime, .date:
      guard let text = json.string else { return .empty }
      guard let moment = DateText.moment(text) else {
        throw OdooError.value(
          "time data '\(text)' does not match format '%Y-%m-%d %H:%M:%S'"
        )
      }
      return .moment(moment)
    default:
      if let text = json.string { return .text(text) }
      return json.number.map { .text($0) } ?? .empty
    }
  }

  /// Carries out the commands of a one2many or many2many, `[0, 0, values]` to `[6, 0, ids]`.
  func apply(_ list: JSON, to field: Field, of model: Model, _ id: Int) throws {
    for command in list.array ?? [] {
      if let target = command.int {
        try link(field, model, id, target)
        continue
      }
      let target = command[1]?.int ?? 0
      switch command[0]?.int {
      case 0: try createNested(field, model, id, command[2] ?? [:])
      case 1: try write(field.relation ?? "", [target], command[2] ?? [:])
      case 2: try unlink(field.relation ?? "", [target])
      case 3: try unlinkNested(field, model, id, target)
      case 4: try link(field, model, id, target)
      case 5: for old in current(field, model, id) { try unlinkNested(field, model, id, old) }
      case 6:
        let wanted = command[2]?.array?.compactMap(\.int) ?? []
        for old in current(field, model, id) where !wanted.contains(old) {
          try unlinkNested(field, model, id, old)
        }
        for new in wanted { try link(field, model, id, new) }
      default: throw OdooError.value("Wrong value for \(model.name).\(field.name): \(list.text)")
      }
    }
  }

  private func current(_ field: Field, _ model: Model, _ id: Int) -> [Int] {
    store.get(model.name, id).map { value(model, $0, field).refs } ?? []
  }

  private func createNested(_ field: Field, _ model: Model, _ id: Int, _ values: JSON) throws {
    guard case .one2many(let relation, let inverse) = field.kind else {
      if case .many2many(let relation) = field.kind {
        try link(field, model, id, create(relation, values))
      }
      return
    }
    var object = values.object ?? JSONObject()
    object[inverse] = .int(id)
    _ = try create(relation, .object(object))
  }

  private func link(_ field: Field, _ model: Model, _ id: Int, _ target: Int) throws {
    switch field.kind {
    case .one2many(let relation, let inverse):
      try write(relation, [target], .object([inverse: .int(id)]))
    case .many2many(let relation):
      _ = try row(relation, target)
      let now = current(field, model, id)
      if !now.contains(target) { set(model.name, id, [field.name: .refs(now + [target])]) }
    default: break
    }
  }

  private func unlinkNested(_ field: Field, _ model: Model, _ id: Int, _ target: Int) throws {
    switch field.kind {
    case .one2many(let relation, let inverse):
      if relation == "stock.move.line" {
        try unlink(relation, [target])
      } else {
        try write(relation, [target], .object([inverse: false]))
      }
    case .many2many:
      let rest = current(field, model, id).filter { $0 != target }
      set(model.name, id, [field.name: .refs(rest)])
    default: break
    }
  }
}
