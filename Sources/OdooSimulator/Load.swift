internal import JSON

/// `load`: rows of text with external ids; an upsert, the only idempotent create that Odoo has.
extension Database {
  func load(_ model: Model, _ call: Call) throws -> JSON {
    try require("write", model.name)
    let columns = call["fields"]?.array?.compactMap(\.string) ?? []
    let data = call["data"]?.array ?? []
    var ids: [JSON] = []
    var messages: [JSON] = []
    store.mark()
    for (index, cells) in data.enumerated() {
      do {
        ids.append(.int(try loadRow(model, columns, cells.array ?? [], index)))
      } catch let problem as LoadProblem {
        messages += problem.messages
      } catch let error as OdooError {
        messages.append(message(index, nil, error.message))
      }
    }
    guard messages.isEmpty else {
      store.rollBackToMark()
      return ["ids": false, "messages": .array(messages), "nextrow": 0]
    }
    return ["ids": .array(ids), "messages": [], "nextrow": 0]
  }

  private struct LoadProblem: Error {
    let messages: [JSON]
  }

  private func message(_ row: Int, _ field: String?, _ text: String) -> JSON {
    var object: JSONObject = [
      "rows": ["from": .int(row), "to": .int(row)], "type": "error", "record": .int(row),
      "message": .string(text),
    ]
    if let field { object["field"] = .string(field) }
    return .object(object)
  }

  private func loadRow(
    _ model: Model,
    _ columns: [String],
    _ cells: [JSON],
    _ index: Int
  ) throws -> Int {
    var values = JSONObject()
    var target: Int?
    var external: (module: String, name: String)?
    for (column, cell) in zip(columns, cells) {
      let text = cell.string ?? cell.number ?? (cell.bool == true ? "1" : "")
      switch column {
      case ".id":
        guard !text.isEmpty else { continue }
        guard let id = Int(text), store.get(model.name, id) != nil else {
          throw LoadProblem(messages: [
            message(index, ".id", "Unknown database identifier '\(text)'"),
            message(
              index,
              "company_id",
              "Missing required value for the field 'Company' (company_id)"
            ),
          ])
        }
        target = id
      case "id":
        guard !text.isEmpty else { continue }
        let parts = text.split(separator: ".", maxSplits: 1).map(String.init)
        let pair = parts.count == 2 ? (parts[0], parts[1]) : ("__import__", text)
        external = pair
        if let known = externalID(pair.0, pair.1) {
          let id = Int(known["res_id"].double)
          if store.get(model.name, id) != nil {
            target = id
          } else {
            store.remove("ir.model.data", known.id)
          }
        }
      default: try loadCell(model, column, cell, text, index, &values)
      }
    }
    if let target {
      try write(model.name, [target], .object(values))
      return target
    }
    let id = try create(model.name, .object(values))
    if let external {
      add(
        "ir.model.data",
        [
          "module": .text(external.module), "name": .text(external.name),
          "model": .text(model.name), "res_id": .int(id), "noupdate": .bool(false),
        ]
      )
    }
    return id
  }

  private func loadCell(
    _ model: Model,
    _ column: String,
    _ cell: JSON,
    _ text: String,
    _ index: Int,
    _ values: inout JSONObject
  ) throws {
    let path = column.split(separator: "/").map(String.init)
    guard let name = path.first, let field = model.fields[name] else {
      throw LoadProblem(messages: [message(index, column, "Invalid field name '\(column)'")])
    }
    switch field.kind {
    case .many2one(let relation):
      if text.isEmpty {
        values[name] = false
      } else if let id = reference(relation, path.count > 1 ? path[1] : "", text) {
        values[name] = .int(id)
      } else {
        throw LoadProblem(messages: [
          message(index, name, "No matching record found for '\(text)' in field '\(field.title)'")
        ])
      }
    case .float:
      guard text.isEmpty || Double(text) != nil else {
        throw LoadProblem(messages: [
          message(index, name, "'\(text)' does not seem to be a number for field '\(field.title)'")
        ])
      }
      values[name] = text.isEmpty ? 0 : .double(Double(text) ?? 0)
    case .integer: values[name] = .int(Int(text) ?? 0)
    case .boolean: values[name] = .bool(["1", "true", "yes"].contains(text.lowercased()))
    case .many2many where path.last == ".id":
      let ids = text.split(separator: ",").compactMap { Int($0) }
      values[name] = [[6, 0, .array(ids.map { .int($0) })]]
    case .one2many, .many2many: break
    default: values[name] = text.isEmpty ? false : .string(text)
    }
  }

  private func reference(_ model: String, _ kind: String, _ text: String) -> Int? {
    switch kind {
    case ".id": return Int(text).flatMap { store.get(model, $0)?.id }
    case "id":
      let parts = text.split(separator: ".", maxSplits: 1).map(String.init)
      guard parts.count == 2, let row = externalID(parts[0], parts[1]) else { return nil }
      return store.get(model, Int(row["res_id"].double))?.id
    default: return store.ids(model).first { displayName(model, $0) == text }
    }
  }
}
