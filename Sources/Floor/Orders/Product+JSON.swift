public import JSON

extension Product {
  /// The product as one JSON object; absent parts are left out.
  public var json: JSON {
    var object: JSONObject = ["id": .int(id), "name": .string(name)]
    object.add("reference", reference)
    object.add("barcode", barcode)
    object["tracking"] = .string(tracking.rawValue)
    object["weight"] = weight.json
    object.add("unit", unitID)
    return .object(object)
  }

  /// A product from its own JSON; nil if anything is missing or of another type.
  public init?(json: JSON) {
    guard var members = Members(json) else { return nil }
    self.init(
      id: members.int("id"),
      name: members.string("name"),
      reference: members.optionalString("reference"),
      barcode: members.optionalString("barcode"),
      tracking: members.required("tracking", or: .none) {
        $0.string.flatMap(Tracking.init(rawValue:))
      },
      weight: members.quantity("weight"),
      unitID: members.optionalInt("unit")
    )
    if members.isBroken { return nil }
  }
}
