public import JSON

extension Confirmation {
  /// The confirmation as one JSON object; absent parts are left out.
  ///
  /// The target is `transfer` (an id), `remainder_of` (a uuid), `next_of` (a uuid, with `step`) or
  /// `named` (a name).
  public var json: JSON {
    var object: JSONObject = ["uuid": .string(uuid)]
    switch target {
    case .transfer(let id): object["transfer"] = .int(id)
    case .remainder(let uuid): object["remainder_of"] = .string(uuid)
    case .next(let uuid, _): object["next_of"] = .string(uuid)
    case .named(let name): object["named"] = .string(name)
    }
    object["name"] = .string(transferName)
    object["warehouse"] = .int(warehouse)
    object["chain"] = .string(chain)
    object["step"] = .string(step.rawValue)
    object.add("operation", operation)
    object.add("scheduled", scheduled.map { .int64($0) })
    object["lines"] = .array(lines.map(\.json))
    object["packages"] = .array(packages.map(\.json))
    object.add("tracking", tracking)
    object["rest"] = .string(rest.rawValue)
    object["seen"] = .array(seen.map(\.json))
    if !overrides.isEmpty { object["overrides"] = .array(overrides.map(\.json)) }
    object.add("edition", edition?.json)
    return .object(object)
  }

  /// A confirmation from its own JSON; nil if anything is missing or of another type.
  public init?(json: JSON) {
    guard var members = Members(json) else { return nil }
    let step = members.required("step", or: Transfer.Step.move) {
      $0.string.flatMap(Transfer.Step.init(rawValue:))
    }
    guard let target = Self.target(&members, step) else { return nil }
    self.init(
      uuid: members.string("uuid"),
      target: target,
      transferName: members.string("name"),
      warehouse: members.int("warehouse"),
      chain: members.string("chain"),
      step: step,
      operation: members.optionalString("operation"),
      scheduled: members.optional("scheduled") { $0.number.flatMap { Int64($0) } },
      lines: members.list("lines", Line.init(json:)),
      packages: members.list("packages", Package.init(json:)),
      tracking: members.optionalString("tracking"),
      rest: members.required("rest", or: .backorder) { $0.string.flatMap(Rest.init(rawValue:)) },
      seen: members.list("seen", SeenMove.init(json:)),
      overrides: members.optional("overrides") { $0.array?.compactMap(Override.init(json:)) } ?? [],
      edition: members.optional("edition") { Edition(json: $0) }
    )
    if members.isBroken { return nil }
  }

  private static func target(_ members: inout Members, _ step: Transfer.Step) -> Target? {
    var found: [Target] = []
    if let id = members.optionalInt("transfer") { found.append(.transfer(id)) }
    if let uuid = members.optionalString("remainder_of") { found.append(.remainder(of: uuid)) }
    if let uuid = members.optionalString("next_of") { found.append(.next(of: uuid, step)) }
    if let name = members.optionalString("named") { found.append(.named(name)) }
    return found.count == 1 ? found[0] : nil
  }
}

extension Confirmation.Edition {
  /// The edition as one JSON object.
  public var json: JSON {
    ["key": .string(key), "packages": .array(packages.map { .string($0) })]
  }

  /// An edition from its own JSON; nil if anything is missing or of another type.
  public init?(json: JSON) {
    guard var members = Members(json) else { return nil }
    self.init(
      key: members.string("key"),
      packages: members.list("packages") { $0.string }
    )
    if members.isBroken { return nil }
  }
}

extension Confirmation.Override {
  /// The override as one JSON object.
  public var json: JSON {
    ["code": .string(code), "by": .string(by), "subject": .string(subject)]
  }

  /// An override from its own JSON; nil if anything is missing or of another type.
  public init?(json: JSON) {
    guard var members = Members(json) else { return nil }
    self.init(
      code: members.string("code"),
      by: members.string("by"),
      subject: members.string("subject")
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
    object.add("expires", expires.map { .int64($0) })
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
      quantity: members.quantity("quantity"),
      expires: members.optional("expires") { $0.number.flatMap { Int64($0) } }
    )
    if members.isBroken { return nil }
  }
}

extension Confirmation.Package {
  /// The package as one JSON object.
  public var json: JSON {
    var object: JSONObject = ["name": .string(name)]
    object.add("weight", weight?.json)
    object.add("type", typeID)
    object.add("parent", parent)
    return .object(object)
  }

  /// A package from its own JSON; nil if anything is missing or of another type.
  public init?(json: JSON) {
    guard var members = Members(json) else { return nil }
    self.init(
      name: members.string("name"),
      weight: members.optional("weight") { Quantity($0) },
      typeID: members.optionalInt("type"),
      parent: members.optionalString("parent")
    )
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
    if factor != .one { object["factor"] = factor.json }
    if rounding != Move.usualRounding { object["rounding"] = rounding.json }
    return .object(object)
  }

  /// Seen demand from its own JSON; nil if anything is missing or of another type.
  public init?(json: JSON) {
    guard var members = Members(json) else { return nil }
    self.init(
      moveID: members.optionalInt("move"),
      productID: members.int("product"),
      demand: members.quantity("demand"),
      factor: members.optional("factor") { Quantity($0) } ?? .one,
      rounding: members.optional("rounding") { Quantity($0) } ?? Move.usualRounding
    )
    if members.isBroken { return nil }
  }
}
