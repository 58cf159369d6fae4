public import JSON

/// What Odoo looked like when it was last seen, to tell what has changed since.
public struct ContractMemory: Hashable, Sendable {
  /// Odoo's version, such as `18.0`.
  public var version: String
  /// What each needed field was, by `model.field`: its type, values and decimals as one text.
  public var fields: [String: String]

  /// What is to be remembered of a schema: the fields that the contract speaks of.
  ///
  /// - Parameter last: Kept for models that nobody asked for this time.
  public init(_ contract: OdooContract, _ schema: OdooSchema, last: ContractMemory? = nil) {
    version = contract.version.description
    fields = [:]
    for need in contract.needs {
      if schema.knows(need.model) {
        fields[need.key] = schema.field(need.field, of: need.model).map { Self.text($0, need) }
      } else {
        fields[need.key] = last?.fields[need.key]
      }
    }
  }

  /// Values that nobody depends on are left out: a module may add some without harm.
  private static func text(_ field: OdooSchema.Field, _ need: OdooContract.Need) -> String {
    let values = need.values.filter { field.values.contains($0) }
    if !values.isEmpty { return "\(field.type)(\(values.joined(separator: "|")))" }
    return field.type + (field.decimals.map { "(\($0))" } ?? "")
  }

  /// What is different now, as sentences for people; empty if nothing is.
  public func changes(since last: ContractMemory) -> [String] {
    guard version == last.version else { return [upgrade(from: last.version)] }
    var gone: [String] = []
    var come: [String] = []
    var changed: [String] = []
    for key in Set(fields.keys).union(last.fields.keys).sorted() {
      switch (last.fields[key], fields[key]) {
      case (_?, nil): gone.append(key)
      case (nil, _?): come.append(key)
      case (let before?, let now?) where before != now:
        changed.append(Self.change(key, before, now))
      default: break
      }
    }
    return Self.tell(gone, come) + changed
  }

  private func upgrade(from old: String) -> String {
    "Odoo was changed from version \(old) to \(version)."
  }

  private static func tell(_ gone: [String], _ come: [String]) -> [String] {
    var sentences: [String] = []
    if !gone.isEmpty {
      let modules = Set(gone.compactMap(module)).sorted().joined(separator: ", ")
      let guess = modules.isEmpty ? "" : " Was the module \(modules) uninstalled?"
      sentences.append("Odoo lost \(list(gone)).\(guess)")
    }
    if !come.isEmpty { sentences.append("Odoo got \(list(come)).") }
    return sentences
  }

  private static func list(_ keys: [String]) -> String {
    let shown = keys.prefix(8).joined(separator: ", ")
    let rest = keys.count > 8 ? " and \(keys.count - 8) more" : ""
    return "the field\(keys.count == 1 ? "" : "s") \(shown)\(rest)"
  }

  private static func module(_ key: String) -> String? {
    guard let dot = key.lastIndex(of: ".") else { return nil }
    let field = String(key[key.index(after: dot)...])
    return OdooContract.Need(model: String(key[..<dot]), field: field, use: .detail).module
  }

  private static func change(_ key: String, _ before: String, _ now: String) -> String {
    if before.hasPrefix("float("), now.hasPrefix("float(") {
      return "Odoo keeps \(now.dropFirst(6).dropLast()) decimals of \(key) now; "
        + "it kept \(before.dropFirst(6).dropLast())."
    }
    return "Odoo's field \(key) was \(before) and is \(now) now."
  }
}

extension ContractMemory {
  /// As it is kept.
  public var json: JSON {
    let members = fields.sorted { $0.key < $1.key }
    return [
      "version": .string(version),
      "fields": .object(
        members.reduce(into: JSONObject()) { $0[$1.key] = .string($1.value) }
      ),
    ]
  }

  /// Reads what `json` wrote; nil for anything else.
  public init?(_ json: JSON) {
    guard let version = json["version"]?.string, let fields = json["fields"]?.object else {
      return nil
    }
    self.version = version
    self.fields = fields.members.reduce(into: [:]) { $0[$1.name] = $1.value.string }
  }
}
