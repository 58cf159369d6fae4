internal import JSON

/// One remote call of a model's method, whichever protocol it came by.
struct Call {
  let model: String
  let method: String
  var ids: [JSON]
  /// Arguments by name.
  var arguments: JSONObject
  var context = JSONObject()
  /// Whether it came over JSON-2, which shows some results differently.
  var isJSON2 = false

  subscript(name: String) -> JSON? { arguments[name] }

  /// Methods of the model rather than of its rows: they take no ids.
  static let modelMethods: Set<String> = [
    "search", "search_read", "search_count", "fields_get", "create", "load", "context_get",
    "name_search", "web_search_read", "default_get", "check_access_rights", "name_create",
    "read_group",
  ]

  /// Names of the positional arguments.
  static let parameters: [String: [String]] = [
    "read": ["fields", "load"],
    "search": ["domain", "offset", "limit", "order"],
    "search_read": ["domain", "fields", "offset", "limit", "order"],
    "search_count": ["domain", "limit"],
    "fields_get": ["allfields", "attributes"],
    "create": ["vals_list"],
    "write": ["vals"],
    "load": ["fields", "data"],
    "name_search": ["name", "domain", "operator", "limit"],
    "web_search_read": ["domain", "specification", "offset", "limit", "order", "count_limit"],
    "web_read": ["specification"],
    "web_save": ["vals", "specification", "next_id"],
    "has_group": ["group_ext_id"],
    "action_put_in_pack": ["package_id", "package_type_id", "package_name"],
    "message_post": ["body"],
    "check_access_rights": ["operation", "raise_exception"],
    "has_access": ["operation"],
  ]

  /// Further names that a method takes.
  static let keywords: [String: Set<String>] = [
    "search_read": ["load"], "name_search": ["args"], "fields_get": [],
  ]

  /// A call as `execute_kw` puts it: positional and named arguments.
  init(model: String, method: String, positional: [JSON], named: JSONObject) {
    self.model = model
    self.method = method
    var rest = positional[...]
    ids = []
    arguments = JSONObject()
    if Self.modelMethods.contains(method) {
      // 18.0 builds without the create decorator want an empty list of ids first (odoo#193031).
      if method == "create", rest.count == 2 { rest = rest.dropFirst() }
    } else if let first = rest.popFirst() {
      ids = first.array ?? [first]
    }
    let names = Self.parameters[method] ?? []
    for (index, value) in rest.enumerated() {
      arguments[index < names.count ? names[index] : "_\(index)"] = value
    }
    take(named)
  }

  /// A call as JSON-2 puts it: everything by name, with `ids` and `context` among it.
  init(model: String, method: String, body: JSONObject) {
    self.model = model
    self.method = method
    isJSON2 = true
    ids = body["ids"]?.array ?? []
    arguments = JSONObject()
    var named = body
    named["ids"] = nil
    take(named)
  }

  private mutating func take(_ named: JSONObject) {
    for member in named.members {
      if member.name == "context" {
        context = member.value.object ?? JSONObject()
      } else {
        arguments[member.name] = member.value
      }
    }
  }

  /// The transfers that the call is about, as far as it says so.
  var transfers: [Int] {
    if model == "stock.picking" { return ids.compactMap(\.int) }
    guard model == "ir.actions.server" else { return [] }
    return context["tm_picking"]?.int.map { [$0] } ?? []
  }

  /// TypeError for an argument that the method does not know.
  func checkArguments() throws {
    guard let names = Self.parameters[method] else { return }
    let known = Set(names).union(Self.keywords[method] ?? [])
    for member in arguments.members where !known.contains(member.name) {
      let function = method == "search_read" ? "BaseModel._read_format" : "BaseModel.\(method)"
      throw OdooError.type("\(function)() got an unexpected keyword argument '\(member.name)'")
    }
  }
}
