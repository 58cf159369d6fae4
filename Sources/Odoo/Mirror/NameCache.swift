/// Names of records that transfers mention, so that an unchanged one is not read again and again.
struct NameCache {
  enum Kind: CaseIterable { case lots, packages, partners, batches, carriers, orders, products }

  private var names: [Kind: [Int: String]] = [:]
  /// Kinds of carriers.
  private var carrierTypes: [Int: String] = [:]
  /// Units of products; nil for a product that Odoo did not give.
  private var units: [Int: Int?] = [:]

  /// Most names that are kept of a kind; beyond it all are dropped.
  static let limit = 20_000

  func name(_ kind: Kind, _ id: Int) -> String? {
    names[kind]?[id].flatMap { $0.isEmpty && (kind == .carriers || kind == .orders) ? nil : $0 }
  }

  /// What kind of carrier one is; nil where Odoo did not say.
  func type(ofCarrier id: Int) -> String? { carrierTypes[id] }

  func unit(ofProduct id: Int) -> Int? { units[id] ?? nil }

  func knows(_ kind: Kind, _ id: Int) -> Bool {
    kind == .products ? units[id] != nil : names[kind]?[id] != nil
  }

  mutating func add(_ kind: Kind, _ id: Int, _ name: String) {
    names[kind, default: [:]][id] = name
  }

  mutating func add(type: String?, ofCarrier id: Int) { carrierTypes[id] = type }

  mutating func add(unit: Int?, ofProduct id: Int) { units[id] = .some(unit) }

  /// Drops what has grown too large; only between batches, which need what they have added.
  mutating func trim() {
    for kind in Kind.allCases where (names[kind]?.count ?? 0) > Self.limit { names[kind] = nil }
    if units.count > Self.limit { units = [:] }
  }
}
