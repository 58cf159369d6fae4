public import JSON

extension Sentence {
  /// Key and values as the journal keeps them: texts as strings, numbers as numbers, sentences in
  /// sentences as objects.
  public var json: JSON {
    var object: JSONObject = ["key": .string(key)]
    if !values.isEmpty {
      var members = JSONObject()
      for value in values {
        members[value.name] =
          switch value.content {
          case .text(let text): .string(text)
          case .number(let number): number.json
          case .sentence(let sentence): sentence.json
          }
      }
      object["values"] = .object(members)
    }
    return .object(object)
  }

  /// A sentence from what `json` made; nil for anything else, and for phrases that this version
  /// does not have.
  public init?(json: JSON) {
    guard let phrase = json["key"]?.string.flatMap({ Phrase(key: $0) }) else { return nil }
    var values: [Value] = []
    for member in json["values"]?.object?.members ?? [] {
      switch member.value {
      case .string(let text): values.append(Value(member.name, .text(text)))
      case .number(let text):
        guard let number = Quantity(text) else { return nil }
        values.append(Value(member.name, .number(number)))
      case .object:
        guard let sentence = Sentence(json: member.value) else { return nil }
        values.append(Value(member.name, .sentence(sentence)))
      default: return nil
      }
    }
    self.init(key: phrase.key, english: phrase.english, values: values)
  }
}
