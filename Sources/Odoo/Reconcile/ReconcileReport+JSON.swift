internal import Floor
public import JSON

extension ReconcileReport {
  /// The report as JSON, as the journal keeps it and `tallyman reconcile --json` prints it.
  public var json: JSON {
    [
      "since": .int64(since), "made": .int64(made), "compared": .int(compared),
      "equal": .int(equal), "unexplained": .int(unexplained.count),
      "looks_restored": .bool(looksRestored), "is_cut": .bool(isCut),
      "types": .array(types.sorted().map { .int($0) }),
      "findings": .array(findings.map(\.json)),
    ]
  }

  /// A report from its JSON; nil for anything else.
  public init?(json: JSON) {
    guard let since = json["since"]?.int, let made = json["made"]?.int,
      let findings = json["findings"]?.array
    else { return nil }
    self.init(
      since: Int64(since),
      made: Int64(made),
      compared: json["compared"]?.int ?? 0,
      equal: json["equal"]?.int ?? 0,
      isCut: json["is_cut"]?.bool ?? false,
      types: Set((json["types"]?.array ?? []).compactMap(\.int)),
      findings: findings.compactMap(ReconcileFinding.init(json:))
    )
  }
}

extension ReconcileFinding {
  /// The finding as JSON.
  public var json: JSON {
    [
      "kind": .string(kind.rawValue), "explained": .bool(isExplained),
      "transfer": .string(transfer), "transfer_id": .int(transferID), "id": .text(uuid),
      "sentence": .string(sentence), "advice": .string(advice), "at": .int64(at),
      "by": .text(by), "lines": .array(lines.map(\.json)),
    ]
  }

  init?(json: JSON) {
    guard let kind = json["kind"]?.string.flatMap(Kind.init(rawValue:)),
      let transfer = json["transfer"]?.string
    else { return nil }
    self.init(
      kind,
      isExplained: json["explained"]?.bool ?? false,
      transfer: transfer,
      transferID: json["transfer_id"]?.int,
      uuid: json["id"]?.string,
      sentence: json["sentence"]?.string ?? "",
      advice: json["advice"]?.string ?? "",
      lines: (json["lines"]?.array ?? []).compactMap(LineDifference.init(json:)),
      at: json["at"]?.int.map { Int64($0) },
      by: json["by"]?.string
    )
  }
}

extension LineDifference {
  var json: JSON {
    [
      "product_id": .int(productID), "product": .string(product), "lot": .text(lot),
      "package": .text(package), "confirmed": confirmed.json, "odoo": odoo.json,
    ]
  }

  init?(json: JSON) {
    guard let product = json["product_id"]?.int,
      let confirmed = json["confirmed"].flatMap({ Quantity($0) }),
      let odoo = json["odoo"].flatMap({ Quantity($0) })
    else { return nil }
    self.init(
      productID: product,
      product: json["product"]?.string ?? "",
      lot: json["lot"]?.string,
      package: json["package"]?.string,
      confirmed: confirmed,
      odoo: odoo
    )
  }
}
