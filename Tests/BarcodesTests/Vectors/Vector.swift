internal import JSON

/// One line of `gs1-vectors.json`: a code and what the reference implementation made of it.
struct Vector {
  let input: String
  let kind: String
  let isRead: Bool
  let isValid: Bool
  let expected: [String: String]
  let order: [[String]]
  /// The reference's error: the linter's name, else the code.
  let error: String?
  let settings: Set<String>
  let primary: String?
  let gtin: String?
  let text: String?

  init(_ item: JSONObject) {
    input = item.string("input") ?? ""
    kind = item.string("kind") ?? ""
    isValid = item["valid"] == .bool(true)
    isRead = isValid || item["valid_without_requisites"] == .bool(true)
    expected = item.object("expect")?.strings ?? [:]
    order = Self.pairs(item["ais"])
    let fault = item.object("error")
    error = fault?.string("linter") ?? fault?.string("code")
    settings = Set(
      (item.object("settings")?.members ?? []).map { member in
        member.value == .bool(true) ? member.name : "no " + member.name
      }
    )
    primary = item.string("primary")
    gtin = item.string("gtin14")
    text = item.string("text")
  }

  private static func pairs(_ value: JSON?) -> [[String]] {
    guard case .array(let items) = value else { return [] }
    return items.map { item in
      guard case .array(let pair) = item else { return [] }
      return pair.compactMap { if case .string(let text) = $0 { text } else { nil } }
    }
  }
}

extension JSONObject {
  func string(_ name: String) -> String? {
    if case .string(let text) = self[name] { text } else { nil }
  }

  func object(_ name: String) -> JSONObject? {
    if case .object(let object) = self[name] { object } else { nil }
  }

  var strings: [String: String] {
    members.reduce(into: [:]) { all, member in
      if case .string(let text) = member.value { all[member.name] = text }
    }
  }
}
