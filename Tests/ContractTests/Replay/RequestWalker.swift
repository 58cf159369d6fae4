internal import JSON

/// Finds the ids in a recorded request and puts others in their place.
struct RequestWalker {
  /// An id where it stands.
  struct Mention {
    let model: String
    let id: Int
    var field = ""
    /// The values that it stands among.
    var values = JSONObject()
    /// The transfer whose nested command it stands in.
    var transfer: Int?
  }

  let package: String
  /// Answers the id to send instead.
  let visit: (Mention) throws -> Int
  /// Answers the time to send instead.
  var time: (String) -> String = { $0 }

  func walk(_ step: Recording.Step) throws -> JSON? {
    guard let body = step.body, body.object != nil else { return step.body }
    if step.path.hasPrefix("/json/2/") {
      let model = step.path.split(separator: "/").dropFirst(2).first.map(String.init) ?? ""
      return try values(body, model, nil)
    }
    guard var object = body.object, var parameters = object["params"]?.object else { return body }
    if parameters["method"] == "execute_kw", var arguments = parameters["args"]?.array,
      arguments.count >= 6
    {
      let model = arguments[3].string ?? ""
      arguments[5] = try positional(arguments[5], model, arguments[4].string ?? "")
      if arguments.count > 6 { arguments[6] = try values(arguments[6], model, nil) }
      parameters["args"] = .array(arguments)
    } else if let model = parameters["model"]?.string {
      let method = parameters["method"]?.string ?? ""
      parameters["args"] = try positional(parameters["args"] ?? [], model, method)
    }
    object["params"] = .object(parameters)
    return .object(object)
  }

  private static let modelMethods: Set<String> = [
    "search", "search_read", "fields_get", "create", "load", "context_get",
  ]

  private func positional(_ json: JSON, _ model: String, _ method: String) throws -> JSON {
    guard var list = json.array, !list.isEmpty else { return json }
    if method == "load" {
      return .array([list[0], try table(list[1], list[0].array?.compactMap(\.string) ?? [], model)])
    }
    if !Self.modelMethods.contains(method) {
      list[0] = try ids(list[0], Mention(model: model, id: 0))
    }
    let transfer = model == "stock.picking" ? list[0].array?.first?.int : nil
    for index in list.indices.dropFirst(Self.modelMethods.contains(method) ? 0 : 1) {
      list[index] = try values(list[index], model, transfer)
    }
    return .array(list)
  }

  /// Walks the values of a row, or of a call by name.
  private func values(_ json: JSON, _ model: String, _ transfer: Int?) throws -> JSON {
    if let list = json.array { return .array(try list.map { try values($0, model, transfer) }) }
    guard var object = json.object else { return json }
    let transfer = model == "stock.picking" ? object["ids"]?[0]?.int ?? transfer : transfer
    for member in object.members {
      object[member.name] = try value(member.name, member.value, object, model, transfer)
    }
    if let data = object["data"], let columns = object["fields"]?.array?.compactMap(\.string) {
      object["data"] = try table(data, columns, model)
    }
    return .object(object)
  }

  private func value(
    _ name: String,
    _ json: JSON,
    _ object: JSONObject,
    _ model: String,
    _ transfer: Int?
  ) throws -> JSON {
    switch name {
    case "specification", "fields", "data": return json
    case "domain": return .array(try (json.array ?? []).map { try leaf($0, model) })
    case "ids": return try ids(json, Mention(model: model, id: 0))
    case "active_id", "active_ids":
      return try ids(json, Mention(model: object["active_model"]?.string ?? "", id: 0))
    case "context": return try values(json, "", transfer)
    case "vals", "vals_list": return try values(json, model, transfer)
    case "tm_vals": return try values(json, "stock.picking", object["tm_picking"]?.int)
    case "tm_lines":
      let mention = Mention(
        model: "stock.move.line",
        id: 0,
        transfer: object["tm_picking"]?.int
      )
      return .array(
        try (json.array ?? []).map { [try ids($0[0] ?? .null, mention), $0[1] ?? .null] }
      )
    default:
      guard let target = Fields.model(name, package: package) else { return json }
      let mention = Mention(
        model: target,
        id: 0,
        field: name,
        values: object,
        transfer: object["picking_id"]?.int ?? transfer
      )
      return try ids(json, mention)
    }
  }

  private func leaf(_ json: JSON, _ model: String) throws -> JSON {
    guard var parts = json.array, parts.count == 3, let path = parts[0].string else { return json }
    let name = path.split(separator: ".").last.map(String.init) ?? ""
    if Fields.times.contains(name), let text = parts[2].string { parts[2] = .string(time(text)) }
    let target = name == "id" ? model : Fields.model(name, package: package)
    if let target { parts[2] = try ids(parts[2], Mention(model: target, id: 0)) }
    return .array(parts)
  }

  /// An id, a list of them, or the commands of an x2many field.
  private func ids(_ json: JSON, _ mention: Mention) throws -> JSON {
    if let id = json.int {
      return .int(
        try visit(
          Mention(
            model: mention.model,
            id: id,
            field: mention.field,
            values: mention.values,
            transfer: mention.transfer
          )
        )
      )
    }
    guard let list = json.array else { return json }
    return .array(
      try list.map { element in
        guard var command = element.array, let code = command.first?.int else {
          return try ids(element, mention)
        }
        if code != 0, code != 5, code != 6, command.count > 1 {
          command[1] = try ids(command[1], mention)
        }
        if command.count > 2 {
          command[2] =
            code == 6
            ? try ids(command[2], mention)
            : try values(command[2], mention.model, mention.transfer)
        }
        return .array(command)
      }
    )
  }

  /// The rows of a `load`, whose ids are texts.
  private func table(_ json: JSON, _ columns: [String], _ model: String) throws -> JSON {
    .array(
      try (json.array ?? []).map { row in
        var cells = row.array ?? []
        var among = JSONObject()
        for (column, cell) in zip(columns, cells) where column.hasSuffix("/.id") {
          among[String(column.dropLast(4))] = cell.string.flatMap { Int($0) }.map { .int($0) }
        }
        for (index, column) in columns.enumerated() {
          let name = column.hasSuffix("/.id") ? String(column.dropLast(4)) : column
          let target = column == ".id" ? model : Fields.model(name, package: package)
          guard column.hasSuffix(".id"), let target,
            let id = cells[index].string.flatMap({ Int($0) })
          else { continue }
          let mention = Mention(
            model: target,
            id: id,
            field: name,
            values: among,
            transfer: among["picking_id"]?.int
          )
          cells[index] = .string(String(try visit(mention)))
        }
        return .array(cells)
      }
    )
  }
}
