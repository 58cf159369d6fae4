public import JSON

/// Which fields the models of an Odoo have, as `fields_get` tells them.
public struct OdooSchema: Hashable, Sendable {
  /// What is known of a field.
  public struct Field: Hashable, Sendable {
    /// Odoo's name of its type, such as `char` or `many2one`.
    public var type: String
    /// The values of a selection, in Odoo's order; empty for any other type.
    public var values: [String]
    /// Decimals of a quantity; nil where Odoo does not say.
    public var decimals: Int?

    /// A field with all its parts.
    public init(type: String, values: [String] = [], decimals: Int? = nil) {
      self.type = type
      self.values = values
      self.decimals = decimals
    }
  }

  /// Fields by model and name; a model that is not there, or not for this user, has none.
  private(set) var models: [String: [String: Field]] = [:]

  /// A schema of which nothing is known yet.
  public init() {}

  /// The call that asks for the fields of a model.
  public static func question(_ model: String) -> OdooCall {
    OdooCall(
      model,
      "fields_get",
      arguments: ["attributes": ["type", "selection", "digits"]],
      writes: false
    )
  }

  /// Takes the answer of `question` for a model.
  public mutating func learn(_ model: String, _ answer: JSON) {
    models[model] = (answer.object?.members ?? []).reduce(into: [:]) { fields, member in
      fields[member.name] = Field(member.value)
    }
  }

  /// Notes that a model is not there, or not for this user.
  public mutating func learnAbsence(of model: String) { models[model] = [:] }

  /// A field of a model; nil if the model has none of that name, or nobody has asked.
  func field(_ name: String, of model: String) -> Field? { models[model]?[name] }

  /// True if the model was asked for.
  func knows(_ model: String) -> Bool { models[model] != nil }
}

extension OdooSchema.Field {
  /// Reads `{"type": …, "selection": [[value, label], …], "digits": [16, 2]}`.
  ///
  /// Labels are left out: they follow the user's language.
  init(_ json: JSON) {
    type = json["type"]?.string ?? ""
    values = (json["selection"]?.array ?? []).compactMap { $0[0]?.string }
    decimals = json["digits"]?[1]?.int
  }
}
