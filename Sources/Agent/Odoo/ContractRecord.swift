public import JSON
public import Journal
public import Odoo

/// What the contract watch found, as it is kept in the journal's `meta`.
public struct ContractRecord: Hashable, Sendable {
  /// Name in `meta`.
  static let name = "odoo_contract"

  /// What Odoo looked like.
  var memory: ContractMemory?
  /// What is not as it should be.
  public var problems: [ContractProblem] = []
  /// What was different at the last change, as sentences.
  public var changes: [String] = []
  /// When that was, in milliseconds since 1970; nil if nothing ever changed.
  public var changed: Int64?
  /// When Odoo was last looked at, in milliseconds since 1970.
  public var checked: Int64 = 0

  /// Nothing is known.
  init() {}

  /// As it is kept.
  public var json: JSON {
    var json: JSONObject = [
      "checked": .int64(checked), "problems": .array(problems.map(\.json)),
      "changes": .array(changes.map { .string($0) }),
    ]
    json["changed"] = changed.map { .int64($0) }
    json["memory"] = memory?.json
    return .object(json)
  }

  /// Reads what `json` wrote; what is not understood is left out.
  init(_ json: JSON) {
    memory = json["memory"].flatMap(ContractMemory.init)
    problems = (json["problems"]?.array ?? []).compactMap(ContractProblem.init)
    changes = (json["changes"]?.array ?? []).compactMap(\.string)
    changed = json["changed"]?.number.flatMap { Int64($0) }
    checked = json["checked"]?.number.flatMap { Int64($0) } ?? 0
  }

  /// The record of a journal; empty if Odoo was never looked at.
  public init(_ journal: JournalReader) throws(SQLiteError) {
    let text = try journal.meta(Self.name)
    self.init(text.flatMap { try? JSON.parse($0) } ?? .null)
  }
}

extension ContractProblem {
  /// `{"effect", "sentence", "hint"}`.
  public var json: JSON {
    [
      "effect": .string(effect.rawValue), "sentence": .string(sentence), "hint": .string(hint),
    ]
  }

  init?(_ json: JSON) {
    guard let effect = json["effect"]?.string.flatMap(Effect.init(rawValue:)),
      let sentence = json["sentence"]?.string
    else { return nil }
    self.init(effect, sentence, hint: json["hint"]?.string ?? "")
  }
}
