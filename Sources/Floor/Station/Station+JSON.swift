public import JSON

extension Station {
  /// What the journal keeps of a station beside its tallies.
  ///
  /// A question is not kept: after a restart it has to be asked anew.
  public var state: JSON {
    var object = JSONObject()
    object.add("active", active?.key)
    object.add("group", group?.json)
    object.add("count", count?.json)
    object.add("joined", joined)
    object.add("keyed", keyed?.json)
    return .object(object)
  }

  /// A station from its tallies and what `state` made.
  ///
  /// What does not fit the tallies is left out, so that a worker can go on.
  public init(tallies: [Tally], state: JSON, lastClosed: String?, needsResync: Bool) {
    self.init()
    self.tallies = tallies
    self.lastClosed = lastClosed
    self.needsResync = needsResync
    let held = Set(tallies.map(\.target))
    active = state["active"]?.string.flatMap(Confirmation.Target.init(key:))
      .flatMap { held.contains($0) ? $0 : nil }
    group = state["group"].flatMap(Group.init(json:))
    group?.targets.removeAll { !held.contains($0) }
    group?.trail.removeAll { !held.contains($0) }
    count = state["count"].flatMap(CountSheet.init(json:))
    joined = state["joined"]?.string
    keyed = state["keyed"].flatMap { Quantity($0) }
  }
}

extension Station.Group {
  var json: JSON {
    let (word, name) =
      switch kind {
      case .batch(let name): ("batch", name)
      case .load(let name): ("load", name)
      }
    return [
      word: .string(name), "targets": .array(targets.map { .string($0.key) }),
      "trail": .array(trail.map { .string($0.key) }),
    ]
  }

  init?(json: JSON) {
    func targets(_ name: String) -> [Confirmation.Target] {
      (json[name]?.array ?? []).compactMap { $0.string.flatMap(Confirmation.Target.init(key:)) }
    }
    if let name = json["batch"]?.string {
      kind = .batch(name)
    } else if let name = json["load"]?.string {
      kind = .load(name)
    } else {
      return nil
    }
    self.targets = targets("targets")
    trail = targets("trail")
  }
}

extension CountSheet {
  var json: JSON {
    var object = JSONObject()
    object.add("location", location?.json)
    object["lines"] = .array(lines.map(\.json))
    object["history"] = .array(history.map(\.json))
    return .object(object)
  }

  init?(json: JSON) {
    self.init(location: json["location"].flatMap(Location.init(json:)))
    guard let lines = Tally.all(json["lines"], Line.init(json:)),
      let history = Tally.all(json["history"], Line.init(json:))
    else { return nil }
    self.lines = lines
    self.history = history
  }
}

extension CountSheet.Line {
  /// The line as one JSON object.
  public var json: JSON {
    var object: JSONObject = ["product": .int(productID), "quantity": quantity.json]
    object.add("lot", lot)
    return .object(object)
  }

  /// A line from its own JSON; nil if anything is missing.
  public init?(json: JSON) {
    guard let product = json["product"]?.int,
      let quantity = json["quantity"].flatMap({ Quantity($0) })
    else { return nil }
    self.init(productID: product, lot: json["lot"]?.string, quantity: quantity)
  }
}

extension Location {
  /// The location as one JSON object.
  public var json: JSON {
    var object: JSONObject = ["id": .int(id), "name": .string(name)]
    object.add("barcode", barcode)
    return .object(object)
  }

  /// A location from its own JSON; nil if anything is missing.
  public init?(json: JSON) {
    guard let id = json["id"]?.int, let name = json["name"]?.string else { return nil }
    self.init(id: id, name: name, barcode: json["barcode"]?.string)
  }
}
