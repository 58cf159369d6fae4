internal import Floor
public import JSON

extension Edit {
  /// The edit as one JSON object, as `init(json:)` reads it.
  public var json: JSON {
    var object: JSONObject = [:]
    let changed = lines.map(\.json) + added.map(\.json)
    if !changed.isEmpty { object["lines"] = .array(changed) }
    if let tracking { object["tracking"] = .string(tracking) }
    if let rest { object["rest"] = .string(rest.rawValue) }
    return .object(object)
  }

  /// Reads an edit.
  ///
  /// `lines` is a list of objects: with `line` (a number from 1) a change of a counted line, else with
  /// `product` a new line; each with `quantity`, `lot`, `package`, `source_package`, where null takes
  /// a name away. `tracking` and `rest` (`backorder` or `drop`) are for the whole.
  public init(json: JSON) throws(DecisionProblem) {
    guard let object = json.object else {
      throw DecisionProblem("The edit must be a JSON object with lines, tracking or rest.")
    }
    self.init()
    for member in object.members {
      switch member.name {
      case "lines":
        guard let rows = member.value.array, rows.count <= Self.lineLimit else {
          throw DecisionProblem("lines: expected a list of at most \(Self.lineLimit) objects.")
        }
        for (index, row) in rows.enumerated() { try take(row, "lines[\(index)]") }
      case "tracking":
        guard let text = member.value.string else {
          throw DecisionProblem("tracking: expected a text; it can be replaced, not taken away.")
        }
        tracking = text
      case "rest":
        guard let rest = member.value.string.flatMap(Confirmation.Rest.init(rawValue:)) else {
          throw DecisionProblem("rest: expected backorder or drop, got \(member.value.text).")
        }
        self.rest = rest
      default:
        throw DecisionProblem("\(member.name) is not known: expected lines, tracking or rest.")
      }
    }
  }

  private mutating func take(_ row: JSON, _ place: String) throws(DecisionProblem) {
    guard let object = row.object else { throw DecisionProblem("\(place): expected an object.") }
    let known = ["line", "product", "quantity", "lot", "package", "source_package"]
    for member in object.members where !known.contains(member.name) {
      throw DecisionProblem("\(place): \(member.name) is not known: expected \(known).")
    }
    var quantity: Quantity?
    if let value = row["quantity"] {
      guard let number = Quantity(value), number >= .zero else {
        throw DecisionProblem("\(place): quantity: expected a number from 0, got \(value.text).")
      }
      quantity = number
    }
    let lot = try Self.name(row["lot"], "\(place): lot")
    let package = try Self.name(row["package"], "\(place): package")
    let source = try Self.name(row["source_package"], "\(place): source_package")
    if let value = row["line"] {
      guard let number = value.int else {
        throw DecisionProblem("\(place): line: expected a number from 1, got \(value.text).")
      }
      lines.append(
        LineChange(
          number: number,
          quantity: quantity,
          lot: lot,
          package: package,
          sourcePackage: source
        )
      )
      return
    }
    guard let product = row["product"]?.int, let quantity else {
      throw DecisionProblem("\(place): expected line, or product and quantity for a new one.")
    }
    added.append(
      Confirmation.Line(
        productID: product,
        lot: lot.applied(to: nil),
        sourcePackage: source.applied(to: nil),
        package: package.applied(to: nil),
        quantity: quantity
      )
    )
  }

  private static func name(_ value: JSON?, _ place: String) throws(DecisionProblem) -> Name {
    switch value {
    case nil: return .kept
    case .null?: return .removed
    case .string(let text)?: return .set(text)
    default: throw DecisionProblem("\(place): expected a text or null.")
    }
  }
}

extension Edit.LineChange {
  var json: JSON {
    var object: JSONObject = ["line": .int(number)]
    if let quantity { object["quantity"] = quantity.json }
    for (key, name) in [
      ("lot", lot), ("package", package), ("source_package", sourcePackage),
    ] {
      switch name {
      case .kept: break
      case .removed: object[key] = .null
      case .set(let text): object[key] = .string(text)
      }
    }
    return .object(object)
  }
}
