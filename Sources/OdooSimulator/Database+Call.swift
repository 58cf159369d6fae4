internal import JSON

extension Database {
  /// Carries out a call; nil is Python's None.
  func perform(_ call: Call) throws -> JSON? {
    guard models[call.model] != nil || call.model == "choose.delivery.package" else {
      if call.isJSON2 {
        throw OdooError.http("NotFound", 404, "the model '\(call.model)' does not exist")
      }
      throw OdooError.user("Object \(call.model) doesn't exist")
    }
    if call.method.hasPrefix("_") {
      let name = version < .v19 ? call.method : "'\(call.model).\(call.method)'"
      throw OdooError.access("Private methods (such as \(name)) cannot be called remotely.")
    }
    if call.isJSON2, Call.modelMethods.contains(call.method), !call.ids.isEmpty {
      throw OdooError.http(
        "UnprocessableEntity",
        422,
        "cannot call \(call.model).\(call.method) with ids"
      )
    }
    try call.checkArguments()
    if let result = try performCommon(call) { return result }
    return try performSpecial(call)
  }

  func integerIDs(_ call: Call) throws -> [Int] {
    try call.ids.map { json in
      guard let id = json.int else {
        let text = json.string ?? json.text
        throw OdooError(
          "psycopg2.errors.InvalidTextRepresentation",
          "invalid input syntax for type integer: \"\(text)\"\n"
        )
      }
      return id
    }
  }

  /// Methods that every model has; nil for any other.
  private func performCommon(_ call: Call) throws -> JSON? {
    let ids = try integerIDs(call)
    let model = try model(call.model)
    switch call.method {
    case "read":
      try require("read", model.name)
      return .array(
        try read(model, ids, fields: names(call["fields"]), plain: isPlain(call["load"]))
      )
    case "search": return .array(try search(call, model).map { .int($0) })
    case "search_count": return .int(try search(call, model).count)
    case "search_read":
      let found = try search(call, model)
      return .array(
        try read(model, found, fields: names(call["fields"]), plain: isPlain(call["load"]))
      )
    case "name_search":
      var domain = call["domain"] ?? call["args"] ?? []
      if let name = call["name"]?.string, !name.isEmpty {
        domain = .array((domain.array ?? []) + [["display_name", "ilike", .string(name)]])
      }
      let found = try search(
        model,
        Domain(domain, version: version),
        limit: call["limit"]?.int ?? 100
      )
      return .array(found.map { [.int($0), .string(displayName(model.name, $0))] })
    case "fields_get": return describe(model, call)
    case "create":
      let list = call["vals_list"] ?? [:]
      guard case .array(let all) = list else {
        let id = try create(model.name, list)
        return call.isJSON2 ? [.int(id)] : .int(id)
      }
      return .array(try all.map { .int(try create(model.name, $0)) })
    case "write":
      try write(model.name, ids, call["vals"] ?? [:])
      return true
    case "unlink":
      try unlink(model.name, ids)
      return true
    case "load": return try load(model, call)
    case "web_search_read", "web_read", "web_save": return try performWeb(call, model, ids)
    default: return nil
    }
  }

  private func names(_ json: JSON?) -> [String] { json?.array?.compactMap(\.string) ?? [] }

  /// `load=None` (or `''`, `false`) asks for plain ids.
  private func isPlain(_ json: JSON?) -> Bool { json.map { !isTrue($0) } ?? false }

  func search(_ call: Call, _ model: Model) throws -> [Int] {
    try require("read", model.name)
    var domain = try Domain(call["domain"] ?? [], version: version)
    if let rule = try companyRule(model) { domain = .and(domain, rule) }
    if model.name == "res.users.apikeys", !hasGroup("base.group_system") {
      // Everybody sees his own keys only.
      domain = .and(domain, .leaf(path: ["user_id"], op: "=", value: .int(user)))
    }
    return try search(
      model,
      domain,
      order: call["order"]?.string,
      offset: call["offset"]?.int ?? 0,
      limit: call["limit"]?.int
    )
  }

  private func describe(_ model: Model, _ call: Call) -> JSON {
    let wanted = names(call["allfields"])
    let attributes = names(call["attributes"])
    var answer = JSONObject()
    for name in model.names where wanted.isEmpty || wanted.contains(name) {
      guard let field = model.fields[name] else { continue }
      var all: JSONObject = [
        "type": .string(field.typeName), "string": .string(field.title),
        "readonly": .bool(field.readonly), "required": .bool(field.required),
        "store": .bool(!field.computed && field.related.isEmpty), "name": .string(name),
      ]
      if let relation = field.relation { all["relation"] = .string(relation) }
      if case .float(true) = field.kind { all["digits"] = [16, 2] }
      if case .selection(let options) = field.kind {
        all["selection"] = .array(options.map { [.string($0), .string($0)] })
      }
      if !attributes.isEmpty {
        for member in all.members where !attributes.contains(member.name) {
          all[member.name] = nil
        }
      }
      answer[name] = .object(all)
    }
    return .object(answer)
  }
}
