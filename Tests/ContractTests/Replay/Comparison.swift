internal import JSON

/// Compares a recorded answer with a simulated one.
///
/// States, quantities, flags, lots, packages and links must be equal, with ids mapped one to one;
/// times and names are compared as present or absent. An action counts by its model or tag. What
/// a server has more fields of than the simulator, `fields_get`, is compared the other way round.
struct Comparison {
  let package: String
  var map: IDMap
  var differences: [String] = []

  mutating func compare(_ recorded: JSON, _ simulated: JSON, _ model: String, _ at: String) {
    switch (recorded, simulated) {
    case (.object(let left), .object(let right)): objects(left, right, model, at)
    case (.array(let left), .array(let right)): lists(left, right, model, at)
    case (.number, .number):
      if recorded.double != simulated.double { differ(at, recorded, simulated) }
    default:
      if recorded != simulated { differ(at, recorded, simulated) }
    }
  }

  private mutating func objects(
    _ recorded: JSONObject,
    _ simulated: JSONObject,
    _ model: String,
    _ at: String
  ) {
    if let type = recorded["type"]?.string, type.hasPrefix("ir.actions.") {
      for name in ["type", "res_model", "tag"] {
        compare(recorded[name] ?? .null, simulated[name] ?? .null, model, "\(at).\(name)")
      }
      let inner = recorded["context"]?["button_validate_picking_ids"]
      if let inner {
        let own = simulated["context"]?["button_validate_picking_ids"] ?? .null
        ids(inner, own, "stock.picking", "\(at).context.button_validate_picking_ids")
      }
      return
    }
    for member in recorded.members {
      guard let own = simulated[member.name] else {
        differences.append("\(at).\(member.name): missing")
        continue
      }
      field(member.name, member.value, own, model, "\(at).\(member.name)")
    }
    for member in simulated.members where recorded[member.name] == nil {
      differences.append("\(at).\(member.name): not recorded")
    }
  }

  private mutating func field(
    _ name: String,
    _ recorded: JSON,
    _ simulated: JSON,
    _ model: String,
    _ at: String
  ) {
    if name == "id" || name == "uid" {
      ids(recorded, simulated, name == "uid" ? "res.users" : model, at)
    } else if name == "ids" {
      ids(recorded, simulated, model, at)
    } else if Fields.times.contains(name) || Fields.texts.contains(name)
      || (model == "res.users.apikeys" && name == "expiration_date")
    {
      if (recorded.string == nil) != (simulated.string == nil) { differ(at, recorded, simulated) }
    } else if let target = Fields.model(name, package: package) {
      ids(recorded, simulated, target, at)
    } else {
      compare(recorded, simulated, model, at)
    }
  }

  private mutating func lists(
    _ recorded: [JSON],
    _ simulated: [JSON],
    _ model: String,
    _ at: String
  ) {
    let trimmed = recorded.last?.string?.hasPrefix("[trimmed") ?? false
    let left = trimmed ? Array(recorded.dropLast()) : recorded
    guard left.count == simulated.count || (trimmed && simulated.count >= left.count) else {
      differences.append("\(at): \(left.count) recorded, \(simulated.count) simulated")
      return
    }
    for (index, pair) in zip(left, simulated).enumerated() {
      compare(pair.0, pair.1, model, "\(at)[\(index)]")
    }
  }

  /// Ids, lists of ids, and `[id, name]` pairs.
  mutating func ids(_ recorded: JSON, _ simulated: JSON, _ model: String, _ at: String) {
    switch (recorded, simulated) {
    case (.number, .number):
      guard let left = recorded.int, let right = simulated.int else { return }
      if !map.bind(model, left, right) { differ(at, recorded, simulated) }
    case (.array(let left), .array(let right)):
      guard left.count == right.count else { return differ(at, recorded, simulated) }
      if left.first?.object != nil { return compare(recorded, simulated, model, at) }
      for pair in zip(left, right) {
        if case (.string, .string) = pair { continue }
        ids(pair.0, pair.1, model, at)
      }
    case (.string(let left), .string(let right)):
      // Before 19 `action_put_in_pack` shows the record itself.
      let same = left.prefix { $0 != "(" } == right.prefix { $0 != "(" }
      let numbers = [left, right].map { Int($0.filter(\.isWholeNumber)) ?? 0 }
      if !same || !map.bind(model, numbers[0], numbers[1]) { differ(at, recorded, simulated) }
    default:
      if recorded != simulated { differ(at, recorded, simulated) }
    }
  }

  mutating func differ(_ at: String, _ recorded: JSON, _ simulated: JSON) {
    differences.append(
      "\(at): recorded \(recorded.text.prefix(200)), simulated \(simulated.text.prefix(200))"
    )
  }
}
