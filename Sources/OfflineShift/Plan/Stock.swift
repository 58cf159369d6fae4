/// Goods that lie in a warehouse before the shift.
public struct StockEntry: Sendable, Hashable {
  /// The article's code.
  public var article: String
  /// The warehouse's code.
  public var warehouse: String
  /// How many units.
  public var units: Int
  /// Lot or serial number.
  public var lot: String?
  /// The package that they are in.
  public var package: String?
  /// True where the lot has expired.
  public var isExpired = false
}

/// How much has to lie where, so that each order finds what it asks for.
public enum Stock {
  /// Lots that nobody reserves: orders take the ones before them.
  static func spareLot(_ article: String, _ warehouse: String) -> String {
    "\(article)-\(warehouse)-SPARE"
  }
  /// The lot that has expired.
  static func expiredLot(_ article: String, _ warehouse: String) -> String {
    "\(article)-\(warehouse)-OLD"
  }

  /// Codes of the warehouses.
  public static let warehouses = ["WH", "PS", "TM3"]

  /// The stock for these orders, in the order in which it is reserved.
  public static func entries(for orders: [Order]) -> [StockEntry] {
    var entries: [StockEntry] = []
    for warehouse in warehouses {
      let mine = orders.filter {
        $0.route != .receipt && $0.route.warehouse == warehouse && $0.fate != .withoutStock
      }
      var demand: [String: Int] = [:]
      for line in mine.flatMap(\.lines) { demand[line.article, default: 0] += line.units }
      for article in Catalog.articles where article.code != OrderMaker.neverThere {
        entries += lots(of: article, warehouse, demand[article.code] ?? 0)
      }
    }
    return entries
  }

  private static func lots(
    of article: Article,
    _ warehouse: String,
    _ demand: Int
  ) -> [StockEntry] {
    func entry(_ units: Int, _ lot: String? = nil, _ package: String? = nil) -> StockEntry {
      StockEntry(
        article: article.code,
        warehouse: warehouse,
        units: units,
        lot: lot,
        package: package
      )
    }
    let code = article.code
    switch article.tracking {
    case .none where article.comesWhole:
      return (0..<demand / article.boxUnits).map { number in
        let place = warehouses.firstIndex(of: warehouse) ?? 0
        let prefix = "PACK\(place + 1)" + String(code.last ?? "0")
        return entry(article.boxUnits, nil, prefix + padded(number, 5))
      }
    case .none: return [entry(demand + 20)]
    case .lot:
      let half = demand / 2 + 1
      var all = [
        entry(half, "\(code)-\(warehouse)-A"), entry(demand, "\(code)-\(warehouse)-B"),
        entry(demand + 5, spareLot(code, warehouse)),
      ]
      if article.expires {
        var old = entry(5, expiredLot(code, warehouse))
        old.isExpired = true
        all.append(old)
      }
      return all
    case .serial:
      return (1...demand + 5).map { entry(1, "\(code)\(warehouse)\(padded($0, 4))") }
    }
  }

  static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
