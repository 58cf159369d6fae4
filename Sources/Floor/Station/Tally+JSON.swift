public import JSON

extension Tally {
  /// What was counted, without the transfer's snapshot, which is stored once at opening.
  public var counts: JSON {
    var object: JSONObject = ["lines": Self.json(lines)]
    if !packages.isEmpty {
      object["packages"] = .array(
        packages.map { package in
          var part: JSONObject = ["name": .string(package.name)]
          if let weight = package.weight { part["weight"] = weight.json }
          return .object(part)
        }
      )
    }
    if let tracking { object["tracking"] = .string(tracking) }
    if let openPackage { object["open_package"] = .string(openPackage) }
    if let lastPackage { object["last_package"] = .string(lastPackage) }
    if let awaitingLot { object["awaiting_lot"] = awaitingLot.json }
    if !history.isEmpty { object["history"] = .array(history.map(\.json)) }
    return .object(object)
  }

  /// A tally from its snapshot and what `counts` made; nil for anything else.
  public init?(target: Confirmation.Target, transfer: Transfer, counts: JSON) {
    self.init(target: target, transfer: transfer)
    guard let lines = Self.lines(counts["lines"]) else { return nil }
    self.lines = lines
    for part in counts["packages"]?.array ?? [] {
      guard let name = part["name"]?.string else { return nil }
      packages.append(
        Confirmation.Package(name: name, weight: part["weight"].flatMap { Quantity($0) })
      )
    }
    tracking = counts["tracking"]?.string
    openPackage = counts["open_package"]?.string
    lastPackage = counts["last_package"]?.string
    awaitingLot = counts["awaiting_lot"].flatMap(AwaitingLot.init(json:))
    for part in counts["history"]?.array ?? [] {
      guard let change = Change(json: part) else { return nil }
      history.append(change)
    }
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
          quantity: quantity
        )
      )
    }
    return lines
  }
}

extension Tally.AwaitingLot {
  var json: JSON { ["product": .int(productID), "quantity": quantity.json] }

  init?(json: JSON) {
    guard let product = json["product"]?.int,
      let quantity = json["quantity"].flatMap({ Quantity($0) })
    else { return nil }
    self.init(productID: product, quantity: quantity)
  }
}

extension Tally.Change {
  var json: JSON {
    switch self {
    case .counted(let goods, let last, let awaited, let new):
      Tally.Change.counted(goods, last, awaited, new)
    case .awaited(let before): ["did": "awaited", "before": before?.json ?? .null]
    case .packed(let goods, let package, let last, let isNew):
      [
        "did": "packed", "lines": Tally.json(goods), "package": .string(package),
        "last": .text(last), "new": .bool(isNew),
      ]
    case .packageOpened(let package, let before, let last, let isNew):
      [
        "did": "opened", "package": .string(package), "before": .text(before),
        "last": .text(last), "new": .bool(isNew),
      ]
    case .weighed(let package, let before, let last, let isNew):
      [
        "did": "weighed", "package": .string(package), "before": before?.json ?? .null,
        "last": .text(last), "new": .bool(isNew),
      ]
    case .tracked(let before): ["did": "tracked", "before": .text(before)]
    }
  }

  /// Only what is there is written: this is the change that comes with nearly every scan.
  private static func counted(
    _ goods: [Confirmation.Line],
    _ last: String?,
    _ awaited: Tally.AwaitingLot?,
    _ new: [String]
  ) -> JSON {
    var object: JSONObject = ["did": "counted", "lines": Tally.json(goods)]
    if let last { object["last"] = .string(last) }
    if let awaited { object["awaited"] = awaited.json }
    if !new.isEmpty { object["new"] = .array(new.map { .string($0) }) }
    return .object(object)
  }

  init?(json: JSON) {
    let last = json["last"]?.string
    let package = json["package"]?.string
    let isNew = json["new"]?.bool ?? false
    switch (json["did"]?.string, package, Tally.lines(json["lines"])) {
    case ("counted", _, let goods?):
      self = .counted(
        goods,
        lastPackage: last,
        awaited: json["awaited"].flatMap(Tally.AwaitingLot.init(json:)),
        newPackages: (json["new"]?.array ?? []).compactMap(\.string)
      )
    case ("awaited", _, _):
      self = .awaited(before: json["before"].flatMap(Tally.AwaitingLot.init(json:)))
    case ("packed", let package?, let goods?):
      self = .packed(goods, into: package, lastPackage: last, isNew: isNew)
    case ("opened", let package?, _):
      self = .packageOpened(
        package,
        before: json["before"]?.string,
        lastPackage: last,
        isNew: isNew
      )
    case ("weighed", let package?, _):
      self = .weighed(
        package,
        before: json["before"].flatMap { Quantity($0) },
        lastPackage: last,
        isNew: isNew
      )
    case ("tracked", _, _): self = .tracked(before: json["before"]?.string)
    default: return nil
    }
  }
}
