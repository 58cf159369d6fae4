public import JSON

extension Tally {
  /// What was counted, without the transfer's snapshot, which is stored once at opening.
  public var counts: JSON {
    var object: JSONObject = ["lines": Self.json(lines)]
    if isArrival { object["arrival"] = true }
    if !packages.isEmpty { object["packages"] = .array(packages.map(\.json)) }
    if marks != Marks() { object["marks"] = marks.json }
    if !overrides.isEmpty { object["overrides"] = .array(overrides.map(\.json)) }
    if !history.isEmpty { object["history"] = .array(history.map(\.json)) }
    return .object(object)
  }

  /// A tally from its snapshot and what `counts` made; nil for anything else.
  public init?(target: Confirmation.Target, transfer: Transfer, counts: JSON) {
    self.init(
      target: target,
      transfer: transfer,
      isArrival: counts["arrival"]?.bool ?? false
    )
    guard let lines = Self.lines(counts["lines"]),
      let packages = Self.all(counts["packages"], Confirmation.Package.init(json:)),
      let overrides = Self.all(counts["overrides"], Confirmation.Override.init(json:)),
      let history = Self.all(counts["history"], Change.init(json:))
    else { return nil }
    self.lines = lines
    self.packages = packages
    self.overrides = overrides
    self.history = history
    marks = Marks(json: counts["marks"])
  }

  /// All elements of an array that may be absent; nil if one of them does not read.
  static func all<Value>(_ json: JSON?, _ read: (JSON) -> Value?) -> [Value]? {
    var values: [Value] = []
    for element in json?.array ?? [] {
      guard let value = read(element) else { return nil }
      values.append(value)
    }
    return values
  }

  static func json(_ lines: [Confirmation.Line]) -> JSON {
    .array(
      lines.map { line in
        var part: JSONObject = [
          "product": .int(line.productID), "quantity": line.quantity.json,
        ]
        if let lot = line.lot { part["lot"] = .string(lot) }
        if let source = line.sourcePackage { part["from"] = .string(source) }
        if let package = line.package { part["package"] = .string(package) }
        if let expires = line.expires { part["expires"] = .int64(expires) }
        return .object(part)
      }
    )
  }

  static func lines(_ json: JSON?) -> [Confirmation.Line]? {
    guard let parts = json?.array else { return nil }
    var lines: [Confirmation.Line] = []
    for part in parts {
      guard let product = part["product"]?.int,
        let quantity = part["quantity"].flatMap({ Quantity($0) })
      else { return nil }
      lines.append(
        Confirmation.Line(
          productID: product,
          lot: part["lot"]?.string,
          sourcePackage: part["from"]?.string,
          package: part["package"]?.string,
          quantity: quantity,
          expires: part["expires"]?.number.flatMap { Int64($0) }
        )
      )
    }
    return lines
  }
}

extension Tally.Marks {
  var json: JSON {
    var object = JSONObject()
    object.add("tracking", tracking)
    object.add("open_package", openPackage)
    object.add("last_package", lastPackage)
    object.add("awaiting_lot", awaitingLot?.json)
    return .object(object)
  }

  init(json: JSON?) {
    self.init()
    tracking = json?["tracking"]?.string
    openPackage = json?["open_package"]?.string
    lastPackage = json?["last_package"]?.string
    awaitingLot = json?["awaiting_lot"].flatMap(Tally.AwaitingLot.init(json:))
  }
}

extension Tally.AwaitingLot {
  var json: JSON {
    var object: JSONObject = ["product": .int(productID), "quantity": quantity.json]
    object.add("from", sourcePackage)
    object.add("expires", expires.map { .int64($0) })
    return .object(object)
  }

  init?(json: JSON) {
    guard let product = json["product"]?.int,
      let quantity = json["quantity"].flatMap({ Quantity($0) })
    else { return nil }
    self.init(
      productID: product,
      quantity: quantity,
      sourcePackage: json["from"]?.string,
      expires: json["expires"]?.number.flatMap { Int64($0) }
    )
  }
}

extension Tally.Change {
  /// Only what is there is written: a change comes with nearly every scan.
  var json: JSON {
    var object = JSONObject()
    if !added.isEmpty { object["added"] = Tally.json(added) }
    if !removed.isEmpty { object["removed"] = Tally.json(removed) }
    if !packages.isEmpty {
      object["packages"] = .array(
        packages.map { package in
          var part: JSONObject = ["name": .string(package.name)]
          part.add("before", package.before?.json)
          return .object(part)
        }
      )
    }
    object.add("marks", marks?.json)
    if overrides > 0 { object["overrides"] = .int(overrides) }
    return .object(object)
  }

  init?(json: JSON) {
    self.init()
    if let lines = json["added"] {
      guard let lines = Tally.lines(lines) else { return nil }
      added = lines
    }
    if let lines = json["removed"] {
      guard let lines = Tally.lines(lines) else { return nil }
      removed = lines
    }
    for part in json["packages"]?.array ?? [] {
      guard let name = part["name"]?.string else { return nil }
      packages.append(
        Tally.PackageChange(
          name: name,
          before: part["before"].flatMap(Confirmation.Package.init(json:))
        )
      )
    }
    marks = json["marks"].map { Tally.Marks(json: $0) }
    overrides = json["overrides"]?.int ?? 0
  }
}
