/// Which stock a quant holds, or a line reserves.
struct StockKey: Hashable, Sendable {
  var product: Int
  var location: Int
  var lot: Int?
  var package: Int?
}

/// The rows of one model with their indexes.
struct Table: Sendable {
  var rows: [Int: Record] = [:]
  var nextID = 1
  /// Ids by the value of a many2one, for the fields that are looked up often.
  var indexes: [String: [Int: Set<Int>]] = [:]
}

/// All rows.
///
/// Every change goes through `put` and `remove`, which keep the indexes and the undo log;
/// so a read costs nothing for the transaction, and a roll-back costs what was changed.
struct Store: Sendable {
  private(set) var tables: [String: Table] = [:]
  /// Reserved quantity by key, derived from the open move lines.
  private(set) var reserved: [StockKey: Double] = [:]
  private var undo: [(model: String, id: Int, before: Record?)] = []
  private var logging = false
  private var marked = 0

  mutating func declare(_ model: String, indexed: [String]) {
    var table = Table()
    for field in indexed { table.indexes[field] = [:] }
    tables[model] = table
  }

  func get(_ model: String, _ id: Int) -> Record? { tables[model]?.rows[id] }

  func ids(_ model: String) -> [Int] { tables[model].map { $0.rows.keys.sorted() } ?? [] }

  /// Ids whose indexed many2one `field` is `target`; nil where the field has no index.
  func ids(_ model: String, where field: String, is target: Int) -> [Int]? {
    tables[model]?.indexes[field].map { ($0[target] ?? []).sorted() }
  }

  mutating func newID(_ model: String) -> Int {
    let id = tables[model]?.nextID ?? 1
    tables[model]?.nextID = id + 1
    return id
  }

  /// Ids of `model` go on from `next` at least.
  mutating func reserveIDs(_ model: String, from next: Int) {
    guard let now = tables[model]?.nextID, next > now else { return }
    tables[model]?.nextID = next
  }

  mutating func put(_ model: String, _ record: Record) { set(model, record.id, record) }
  mutating func remove(_ model: String, _ id: Int) { set(model, id, nil) }

  mutating func begin() {
    undo = []
    logging = true
  }

  mutating func commit() {
    undo = []
    logging = false
  }

  mutating func rollBack() {
    logging = false
    for entry in undo.reversed() { set(entry.model, entry.id, entry.before) }
    undo = []
  }

  /// Remembers a point inside the transaction, as a savepoint does.
  mutating func mark() { marked = undo.count }

  mutating func rollBackToMark() {
    let entries = undo[marked...]
    logging = false
    for entry in entries.reversed() { set(entry.model, entry.id, entry.before) }
    undo.removeLast(undo.count - marked)
    logging = true
  }

  /// Rows that the transaction has changed so far.
  var changedRows: [(model: String, id: Int)] { undo.map { ($0.model, $0.id) } }

  func nextID(_ model: String) -> Int { tables[model]?.nextID ?? 1 }

  private mutating func set(_ model: String, _ id: Int, _ after: Record?) {
    let before = tables[model]?.rows[id]
    if logging { undo.append((model, id, before)) }
    tables[model]?.rows[id] = after
    for field in tables[model]?.indexes.keys.map({ $0 }) ?? [] {
      let old = before?.ref(field)
      let new = after?.ref(field)
      guard old != new else { continue }
      if let old { tables[model]?.indexes[field]?[old]?.remove(id) }
      if let new { tables[model]?.indexes[field]?[new, default: []].insert(id) }
    }
    if model == "stock.move.line" {
      count(before, -1)
      count(after, 1)
    }
  }

  private mutating func count(_ line: Record?, _ sign: Double) {
    guard let line, let key = line.sourceKey, !Self.closed.contains(line.text("state")) else {
      return
    }
    let total = (reserved[key, default: 0] + sign * line.stockQuantity).rounded2
    reserved[key] = total == 0 ? nil : total
  }

  private static let closed: Set<String> = ["done", "cancel", "draft"]
}

extension Record {
  /// What a move line takes from.
  var sourceKey: StockKey? { key(location: "location_id", package: "package_id") }
  /// Where a move line puts it.
  var destinationKey: StockKey? { key(location: "location_dest_id", package: "result_package_id") }

  private func key(location: String, package: String) -> StockKey? {
    guard let product = ref("product_id"), let location = ref(location) else { return nil }
    return StockKey(
      product: product,
      location: location,
      lot: ref("lot_id"),
      package: ref(package)
    )
  }
}
