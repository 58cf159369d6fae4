public import JSON

extension Transfer {
  /// The transfer as one JSON object; absent parts are left out.
  public var json: JSON {
    var object: JSONObject = [
      "id": .int(id), "name": .string(name), "state": .string(state.rawValue),
      "type": .int(operation.typeID), "step": .string(operation.step.rawValue),
      "warehouse": .int(operation.warehouse),
      "location": .int(locationID), "destination": .int(destinationID),
      "chain": .string(chain),
    ]
    object.add("partner", partner)
    object.add("origin", origin)
    object.add("customer_reference", customerReference)
    object.add("scheduled", scheduled.map { .int64($0) })
    object.add("backorder_of", backorderOf)
    object.add("batch", batchID)
    object.add("carrier", carrier)
    object.add("carrier_type", carrierType)
    object.add("type_barcode", operation.barcode)
    object["moves"] = .array(moves.map(\.json))
    return .object(object)
  }

  /// A transfer from its own JSON; nil if anything is missing or of another type.
  public init?(json: JSON) {
    guard var members = Members(json) else { return nil }
    self.init(
      id: members.int("id"),
      name: members.string("name"),
      state: members.required("state", or: .draft) { $0.string.flatMap(State.init(rawValue:)) },
      operation: Operation(
        typeID: members.int("type"),
        step: members.required("step", or: .move) { $0.string.flatMap(Step.init(rawValue:)) },
        warehouse: members.int("warehouse"),
        barcode: members.optionalString("type_barcode")
      ),
      locationID: members.int("location"),
      destinationID: members.int("destination"),
      partner: members.optionalString("partner"),
      origin: members.optionalString("origin"),
      customerReference: members.optionalString("customer_reference"),
      scheduled: members.optional("scheduled") { $0.number.flatMap { Int64($0) } },
      chain: members.string("chain"),
      backorderOf: members.optionalInt("backorder_of"),
      batchID: members.optionalInt("batch"),
      carrier: members.optionalString("carrier"),
      carrierType: members.optionalString("carrier_type"),
      moves: members.list("moves", Move.init(json:))
    )
    if members.isBroken { return nil }
  }
}

extension Move {
  /// The move as one JSON object.
  public var json: JSON {
    var object: JSONObject = [
      "id": .int(id), "product": .int(productID), "demand": demand.json,
    ]
    object.add("unit", unitID)
    if factor != .one { object["factor"] = factor.json }
    if rounding != Self.usualRounding { object["rounding"] = rounding.json }
    if !nextIDs.isEmpty { object["next"] = .array(nextIDs.map { .int($0) }) }
    object["lines"] = .array(lines.map(\.json))
    return .object(object)
  }

  /// A move from its own JSON; nil if anything is missing or of another type.
  public init?(json: JSON) {
    guard var members = Members(json) else { return nil }
    self.init(
      id: members.int("id"),
      productID: members.int("product"),
      demand: members.quantity("demand"),
      unitID: members.optionalInt("unit"),
      factor: members.optional("factor") { Quantity($0) } ?? .one,
      rounding: members.optional("rounding") { Quantity($0) } ?? Self.usualRounding,
      nextIDs: members.optional("next") { $0.array?.compactMap(\.int) } ?? [],
      lines: members.list("lines", MoveLine.init(json:))
    )
    if members.isBroken { return nil }
  }
}

extension MoveLine {
  /// The line as one JSON object.
  public var json: JSON {
    var object: JSONObject = ["id": .int(id), "quantity": quantity.json, "picked": .bool(picked)]
    object.add("lot", lot?.json)
    object.add("package", package?.json)
    object.add("result_package", resultPackage?.json)
    object["location"] = .int(locationID)
    object["destination"] = .int(destinationID)
    return .object(object)
  }

  /// A line from its own JSON; nil if anything is missing or of another type.
  public init?(json: JSON) {
    guard var members = Members(json) else { return nil }
    self.init(
      id: members.int("id"),
      quantity: members.quantity("quantity"),
      picked: members.required("picked", or: false, \.bool),
      lot: members.optional("lot", Reference.init(json:)),
      package: members.optional("package", Reference.init(json:)),
      resultPackage: members.optional("result_package", Reference.init(json:)),
      locationID: members.int("location"),
      destinationID: members.int("destination")
    )
    if members.isBroken { return nil }
  }
}

extension Reference {
  /// The reference as an array of id and name, as Odoo writes it.
  public var json: JSON { .array([.int(id), .string(name)]) }

  /// A reference from an array of id and name.
  public init?(json: JSON) {
    guard let parts = json.array, parts.count == 2, let id = parts[0].int,
      let name = parts[1].string
    else { return nil }
    self.init(id: id, name: name)
  }
}
