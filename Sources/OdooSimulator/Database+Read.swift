internal import JSON

extension Database {
  /// The value of a field, computed and related ones too.
  func value(_ model: Model, _ row: Record, _ field: Field) -> Value {
    if !field.related.isEmpty { return follow(model, row, field.related[...]) }
    switch field.kind {
    case .one2many(let relation, let inverse):
      return .refs(store.ids(relation, where: inverse, is: row.id) ?? [])
    default: break
    }
    if field.name == "id" { return .int(row.id) }
    if field.computed { return computed(model, row, field.name) }
    return row[field.name]
  }

  private func follow(_ model: Model, _ row: Record, _ path: ArraySlice<String>) -> Value {
    guard let name = path.first, let field = model.fields[name] else { return .empty }
    let value = value(model, row, field)
    guard path.count > 1 else { return value }
    guard let target = field.relation.flatMap({ models[$0] }), let id = value.refs.first,
      let next = store.get(target.name, id)
    else { return .empty }
    return follow(target, next, path.dropFirst())
  }

  /// Reads rows as the API shows them; rows that do not exist are left out.
  ///
  /// - Parameter plain: `load=None`: many2one as ids, without the names that cost most of a read.
  func read(_ model: Model, _ ids: [Int], fields: [String], plain: Bool) throws -> [JSON] {
    var names = fields.isEmpty ? model.names : fields
    names.removeAll { $0 == "id" }
    var wanted: [Field] = []
    for name in names {
      guard let field = model.fields[name] else { throw unknownField(name, model.name) }
      if !wanted.contains(where: { $0.name == name }) { wanted.append(field) }
    }
    return ids.compactMap { id -> JSON? in
      guard let row = store.get(model.name, id) else { return nil }
      var object: JSONObject = ["id": .int(id)]
      for field in wanted {
        object[field.name] = json(value(model, row, field), field, plain: plain)
      }
      return .object(object)
    }
  }

  func unknownField(_ name: String, _ model: String) -> OdooError {
    .value(
      version < .v19
        ? "Invalid field '\(name)' on model '\(model)'" : "Invalid field '\(name)' on '\(model)'"
    )
  }

  func json(_ value: Value, _ field: Field, plain: Bool) -> JSON {
    switch field.kind {
    case .integer: return .int(Int(value.double))
    case .float: return .double(value.double)
    case .boolean: return .bool(value.isTrue)
    case .one2many, .many2many: return .array(value.refs.map { .int($0) })
    case .many2one(let relation):
      guard let id = value.ref else { return false }
      return plain ? .int(id) : [.int(id), .string(displayName(relation, id))]
    case .datetime: return value.moment.map { .string(DateText.datetime($0)) } ?? false
    case .date: return value.moment.map { .string(DateText.date($0)) } ?? false
    default:
      guard case .text(let text) = value else { return false }
      return .string(text)
    }
  }

  func displayName(_ model: String, _ id: Int) -> String {
    guard let row = store.get(model, id) else { return "" }
    switch model {
    case "product.product":
      let code = row.text("default_code")
      return code.isEmpty ? row.text("name") : "[\(code)] \(row.text("name"))"
    case "stock.location": return completeName(row)
    case "stock.picking.type":
      let warehouse = row.ref("warehouse_id").map { displayName("stock.warehouse", $0) }
      return (warehouse.map { $0 + ": " } ?? "") + row.text("name")
    case "stock.move": return moveName(row)
    case "stock.move.line": return "stock.move.line,\(id)"
    case "stock.quant": return "stock.quant,\(id)"
    default:
      let name = row.text("name")
      return name.isEmpty ? "\(model),\(id)" : name
    }
  }

  private func moveName(_ move: Record) -> String {
    let product = move.ref("product_id").flatMap { store.get("product.product", $0) }
    let from = move.ref("location_id").flatMap { store.get("stock.location", $0) }
    let to = move.ref("location_dest_id").flatMap { store.get("stock.location", $0) }
    let origin = move.text("origin")
    return (origin.isEmpty ? "" : origin + "/") + (product?.text("default_code") ?? "") + ": "
      + (from?.text("name") ?? "") + ">" + (to?.text("name") ?? "")
  }

  func completeName(_ location: Record) -> String {
    guard let parent = location.ref("location_id").flatMap({ store.get("stock.location", $0) }),
      location.text("usage") != "view" || parent.text("usage") != "view"
    else { return location.text("name") }
    return completeName(parent) + "/" + location.text("name")
  }
}
