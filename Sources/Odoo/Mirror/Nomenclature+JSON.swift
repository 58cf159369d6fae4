public import Barcodes
public import JSON

extension Nomenclature {
  /// The usable rules as one JSON object, in which the mirror keeps them.
  public var json: JSON {
    [
      "name": .string(name), "gs1": .bool(isGS1), "conversion": .string(conversion.rawValue),
      "rules": .array(rules.map(\.json)),
    ]
  }

  /// A nomenclature from what `json` made; nil for anything else.
  public init?(json: JSON) {
    guard let name = json["name"]?.string, let rules = json["rules"]?.array else { return nil }
    self.init(
      name: name,
      isGS1: json["gs1"]?.bool ?? false,
      conversion: json["conversion"]?.string.flatMap(Conversion.init(rawValue:)) ?? .always,
      rules: rules.compactMap(Rule.init(json:))
    )
  }
}

extension Nomenclature.Rule {
  var json: JSON {
    var object: JSONObject = [
      "name": .string(name), "type": .string(type), "encoding": .string(encoding.rawValue),
      "pattern": .string(pattern), "sequence": .int(sequence), "content": .string(content.rawValue),
      "decimals": .bool(usesDecimals),
    ]
    if let alias { object["alias"] = .string(alias) }
    if let unit { object["unit"] = .string(unit) }
    return .object(object)
  }

  init?(json: JSON) {
    guard let name = json["name"]?.string, let type = json["type"]?.string,
      let encoding = json["encoding"]?.string.flatMap(Encoding.init(rawValue:)),
      let pattern = json["pattern"]?.string, let sequence = json["sequence"]?.int
    else { return nil }
    self.init(
      name: name,
      type: type,
      encoding: encoding,
      pattern: pattern,
      sequence: sequence,
      alias: json["alias"]?.string,
      content: json["content"]?.string.flatMap(Content.init(rawValue:)) ?? .alpha,
      usesDecimals: json["decimals"]?.bool ?? false,
      unit: json["unit"]?.string
    )
  }
}
