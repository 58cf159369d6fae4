internal import Floor
internal import JSON
internal import Journal
internal import Odoo

/// Places and products whose stock was wrong, with the names of the products.
struct MismatchList {
  private let mismatches: [MismatchRate]
  private let names: [Int: String]

  init(_ mismatches: [MismatchRate], _ mirror: some MirrorLookup) {
    self.mismatches = mismatches
    let ids = Set(mismatches.map(\.productID))
    names = Dictionary(
      uniqueKeysWithValues: ids.compactMap { id in mirror.product(id: id).map { (id, $0.name) } }
    )
  }

  let heading = [
    "LOCATION", "PRODUCT", "COUNTS", "WRONG", "RATE", "DIFFERENCE", "SHORT PICKS", "SHORT",
  ]

  var rows: [[String]] { cells.map { [$0[0]] + $0[2...] } }

  var csv: [String] {
    let heading = [
      "location", "product_id", "product", "counts", "wrong", "rate", "difference", "short_picks",
      "short",
    ]
    return ([heading] + cells).map(CSV.line)
  }

  private var cells: [[String]] {
    mismatches.map { one in
      [
        one.location, "\(one.productID)", names[one.productID] ?? "product \(one.productID)",
        "\(one.counts)", "\(one.wrong)", one.rate.map { "\($0) %" } ?? "",
        "\(one.difference)", "\(one.shortPicks)", "\(one.short)",
      ]
    }
  }

  var json: JSON {
    .array(
      mismatches.map { one in
        [
          "location": .string(one.location), "product_id": .int(one.productID),
          "product": .text(names[one.productID]), "counts": .int(one.counts),
          "wrong": .int(one.wrong), "rate_percent": .int(one.rate),
          "difference": one.difference.json, "short_picks": .int(one.shortPicks),
          "short": one.short.json,
        ]
      }
    )
  }
}

extension StockCountRecord {
  /// What the count found, per product.
  var findings: [MismatchRate.Count] {
    goods.map {
      MismatchRate.Count(
        location: count.location.name,
        productID: $0.productID,
        difference: $0.difference
      )
    }
  }
}
