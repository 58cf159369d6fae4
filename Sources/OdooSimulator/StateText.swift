internal import JSON

/// Rows and the rest of the state as JSON.
enum StateText {
  static func json(_ row: Record) -> JSON {
    var object = JSONObject()
    for (name, value) in row.values.sorted(by: { $0.key < $1.key }) {
      if let json = json(value) { object[name] = json }
    }
    return .object(object)
  }

  private static func json(_ value: Value) -> JSON? {
    switch value {
    case .empty: nil
    case .bool(let value): .bool(value)
    case .text(let text): .string(text)
    case .int(let value): ["int", .int(value)]
    case .number(let value): ["number", .double(value)]
    case .moment(let value): ["moment", .int64(value)]
    case .ref(let id): ["ref", .int(id)]
    case .refs(let ids): ["refs", .array(ids.map { .int($0) })]
    }
  }

  private static func value(_ json: JSON) -> Value {
    switch json {
    case .bool(let value): return .bool(value)
    case .string(let text): return .text(text)
    default: break
    }
    let content = json[1] ?? .null
    switch json[0] {
    case "int": return .int(content.int ?? 0)
    case "number": return .number(content.double ?? 0)
    case "moment": return .moment(content.int.map(Int64.init) ?? 0)
    case "ref": return .ref(content.int ?? 0)
    case "refs": return .refs(content.array?.compactMap(\.int) ?? [])
    default: return .empty
    }
  }

  /// Sequences, credentials, server actions.
  static func rest(_ database: Database) -> JSON {
    var sequences = JSONObject()
    for (name, number) in database.sequences.sorted(by: { $0.key < $1.key }) {
      sequences[name] = .int(number)
    }
    var users = JSONObject()
    for (user, known) in database.credentials.sorted(by: { $0.key < $1.key }) {
      users[String(user)] = [
        "password": .string(known.password),
        "keys": .array(known.keys.map { [.int($0.row), .string($0.secret), .int64($0.expires)] }),
      ]
    }
    return ["sequences": .object(sequences), "users": .object(users)]
  }

  static func apply(_ line: JSON, to database: Database) {
    database.now = line["now"]?.int.map(Int64.init) ?? 0
    for row in line["rows"]?.array ?? [] {
      guard let model = row[0]?.string, let id = row[1]?.int else { continue }
      guard let values = row[2]?.object else {
        database.store.remove(model, id)
        continue
      }
      var record = Record(id: id)
      for member in values.members { record[member.name] = value(member.value) }
      database.store.put(model, record)
      if model == "ir.actions.server" {
        database.serverActions[id] = ServerAction(code: record.text("code"))
      }
    }
    for member in line["next"]?.object?.members ?? [] {
      database.store.reserveIDs(member.name, from: member.value.int ?? 1)
    }
    for member in line["rest"]?["sequences"]?.object?.members ?? [] {
      database.sequences[member.name] = member.value.int
    }
    for member in line["rest"]?["users"]?.object?.members ?? [] {
      guard let user = Int(member.name) else { continue }
      var known = Credentials(password: member.value["password"]?.string ?? "")
      for key in member.value["keys"]?.array ?? [] {
        known.keys.append(
          APIKey(
            row: key[0]?.int ?? 0,
            secret: key[1]?.string ?? "",
            expires: key[2]?.int.map(Int64.init)
          )
        )
      }
      database.credentials[user] = known
    }
  }
}
