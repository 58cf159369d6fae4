public import JSON

extension Confirmation {
  /// The confirmation as one JSON object; absent parts are left out.
  ///
  /// The target is `transfer` (an id) or `remainder_of` (a uuid).
  public var json: JSON {
    var object: JSONObject = ["uuid": .string(uuid)]
    switch target {
    case .transfer(let id): object["transfer"] = .int(id)
    case .remainder(let uuid): object["remainder_of"] = .string(uuid)
    }
    object["name"] = .string(transferName)
    object["warehouse"] = .int(warehouse)
    object["chain"] = .string(chain)
    object["step"] = .string(step.rawValue)
    object["lines"] = .array(lines.map(\.json))
    object["packages"] = .array(packages.map(\.json))
    object.add("tracking", tracking)
    object["rest"] = .string(rest.rawValue)
    object["seen"] = .array(seen.map(\.json))
    return .object(object)
  }

  /// A confirmation from its own JSON; nil if anything is missing or of another type.
  public init?(json: JSON) {
    guard var members = Members(json) else { return nil }
    let target: Target
    switch (members.optionalInt("transfer"), members.optionalString("remainder_of")) {
    case (let id?, nil): target = .transfer(id)
    case (nil, let uuid?): target = .remainder(of: uuid)
    default: return nil
    }
    self.init(
      uuid: members.string("uuid"),
      target: target,
      transferName: members.string("name"),
      warehouse: members.int("warehouse"),
      chain: members.string("chain"),
      step: members.required("step", or: .move) {
        $0.string.flatMap(Transfer.Step.init(rawValue:))
      },
      lines: members.list("lines", Line.init(json:)),
      packages: members.list("packages", Package.init(json:)),
      tracking: members.optionalString("tracking"),
      rest: members.required("rest", or: .backorder) { $0.string.flatMap(Rest.init(rawValue:)) },
      seen: members.list("seen", SeenMove.init(json:))
    )
    if members.isBroken { return nil }
  }
}

extension Confirmation.Line {
  /// The line as one JSON object.
  public var json: JSON {
    var object: JSONObject = ["product": .int(productID)]
    object.add("lot", lot)
    object.add("source_package", sourcePackage)
    object.add("package", package)
    object["quantity"] = quantity.json
    return .object(object)
  }

  /// A line from its own JSON; nil if anything is missing or of another type.
  public init?(json: JSON) {
    guard var members = Members(json) else { return nil }
    self.init(
      productID: members.int("product"),
      lot: members.optionalString("lot"),
      sourcePackage: members.optionalString("source_package"),
      package: members.optionalString("package"),
      quantity: members.quantity("quantity")
    )
    if members.isBroken { return nil }
  }
}

extension Confirmation.Package {
  /// The package as one JSON object.
  public var json: JSON {
    var object: JSONObject = ["name": .string(name)]
    object.add("weight", weight?.json)
    return .object(object)
  }

  /// A package from its own JSON; nil if anything is missing or of another type.
  public init?(json: JSON) {
    guard var members = Members(json) else { return nil }
    self.init(name: members.string("name"), weight: members.optional("weight") { Quantity($0) })
    if members.isBroken { return nil }
  }
}

extension Confirmation.SeenMove {
  /// The seen demand as one JSON object.
  public var json: JSON {
    var object: JSONObject = [:]
    object.add("move", moveID)
    object["product"] = .int(productID)
    object["demand"] = demand.json
    return .object(object)
  }

  /// Seen demand from its own JSON; nil if anything is missing or of another type.
  public init?(json: JSON) {
    guard var members = Members(json) else { return nil }
    self.init(
      moveID: members.optionalInt("move"),
      productID: members.int("product"),
      demand: members.quantity("demand")
    )
    if members.isBroken { return nil }
  }
}
