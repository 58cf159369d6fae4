public import Dispatching
public import Floor
public import JSON
public import Odoo

extension JournalReader {
  private static let countColumns =
    """
    uuid, location, place, content, event, station, counted, state, category, reason, goods, held,
    proven, approved, attempts
    """

  /// The finished counts of stock, oldest first.
  ///
  /// - Parameter since: Only those that were finished then or later, in milliseconds since 1970.
  public func stockCounts(since: Int64 = 0) throws(SQLiteError) -> [StockCountRecord] {
    let statement = try database.prepare(
      "SELECT \(Self.countColumns) FROM stock_count WHERE counted >= ? ORDER BY id"
    )
    try statement.bind(1, since)
    return try counts(statement)
  }

  /// The counts that a person must decide about, oldest first.
  public func parkedCounts(limit: Int) throws(SQLiteError) -> [StockCountRecord] {
    let statement = try database.prepare(
      "SELECT \(Self.countColumns) FROM stock_count WHERE state = 'parked' ORDER BY id LIMIT ?"
    )
    try statement.bind(1, limit)
    return try counts(statement)
  }

  /// The counts whose id is, or begins with, this; at least six characters.
  public func stockCounts(of key: String) throws(SQLiteError) -> [StockCountRecord] {
    let statement = try database.prepare(
      """
      SELECT \(Self.countColumns) FROM stock_count
      WHERE uuid = ?1 OR (length(?1) >= 6 AND substr(uuid, 1, length(?1)) = ?1) ORDER BY id
      """
    )
    try statement.bind(1, key)
    return try counts(statement)
  }

  /// Counts of a place that are not finished and were counted before another one.
  public func openCounts(before later: StockCountRecord) throws(SQLiteError) -> [StockCountRecord] {
    let statement = try database.prepare(
      """
      SELECT \(Self.countColumns) FROM stock_count
      WHERE state IN ('pending', 'waiting', 'parked') AND location = ?1 AND event < ?2 ORDER BY id
      """
    )
    try statement.bind(1, later.count.location.id)
    try statement.bind(2, later.event)
    return try counts(statement)
  }

  /// The states of the counts that are not finished, under their names in the outbox.
  public func openCounts() throws(SQLiteError) -> [String: ConfirmationState] {
    let statement = try database.prepare(
      "SELECT uuid, state FROM stock_count WHERE state NOT IN ('applied', 'discarded', 'kept')"
    )
    var found: [String: ConfirmationState] = [:]
    while try statement.step() {
      found[CountKey.key(of: statement.text(0))] = ConfirmationState(rawValue: statement.text(1))
    }
    return found
  }

  private func counts(_ statement: Statement) throws(SQLiteError) -> [StockCountRecord] {
    func list(_ column: Int) -> [JSON] {
      (try? JSON.parse(statement.text(column)))?.array ?? []
    }
    var found: [StockCountRecord] = []
    while try statement.step() {
      found.append(
        StockCountRecord(
          count: StockCount(
            uuid: statement.text(0),
            location: Location(id: statement.int(1), name: statement.text(2)),
            lines: list(3).compactMap(CountSheet.Line.init(json:))
          ),
          event: statement.int64(4),
          station: statement.text(5),
          counted: statement.int64(6),
          state: ConfirmationState(rawValue: statement.text(7)),
          category: statement.optionalText(8),
          reason: statement.optionalText(9),
          goods: list(10).compactMap(CountedGoods.init(json:)),
          held: list(11).compactMap(HeldGoods.init(json:)),
          isProven: statement.bool(12),
          isApproved: statement.bool(13),
          attempts: statement.int(14)
        )
      )
    }
    return found
  }

  /// Confirmations that matter to a count: those that were closed near it or changed since.
  public func work(
    around record: StockCountRecord
  ) throws(SQLiteError) -> [CountGate.Work] {
    let day: Int64 = 86_400_000
    let statement = try database.prepare(
      """
      SELECT \(Self.confirmationColumns) FROM confirmation
      WHERE (changed >= ?1 OR event >= ?2 OR state NOT IN \(ConfirmationState.finished))
        AND replaced_by IS NULL ORDER BY seq
      """
    )
    try statement.bind(1, record.counted - day)
    try statement.bind(2, record.event)
    return try records(statement).compactMap { found in
      guard let content = found.content else { return nil }
      let fate: CountGate.Work.Fate =
        switch found.state {
        case .applied: .applied
        case .discarded: .givenUp
        // What was accepted as done has moved goods in Odoo; what was cancelled has not.
        case .accepted: found.isDoneInOdoo ? .applied : .givenUp
        case .pending, .sending, .waiting, .parked: .open
        }
      return CountGate.Work(
        transfer: found.transfer,
        target: content.target,
        transferID: found.transferID,
        products: Dictionary(
          content.lines.map { ($0.productID, $0.quantity) },
          uniquingKeysWith: +
        ),
        event: found.event,
        fate: fate,
        isLater: found.changed >= record.counted
      )
    }
  }

  /// Picks that found less than was reserved, by the place of the reservation.
  ///
  /// Goods that were reserved at several places cannot be told apart: the first place gets it.
  ///
  /// - Parameters:
  ///   - since: Only what was closed then or later, in milliseconds since 1970.
  ///   - locationName: The name of a location by its database id.
  public func shortPicks(
    since: Int64,
    locationName: (Int) -> String
  ) throws(SQLiteError) -> [MismatchRate.ShortPick] {
    let statement = try database.prepare(
      """
      SELECT snapshot, content FROM confirmation JOIN tally
        ON tally.closed = confirmation.event AND tally.target = confirmation.target
      WHERE confirmation.closed >= ? AND step IN ('pick', 'ship') AND tally.outcome = 'confirmed'
      """
    )
    try statement.bind(1, since)
    var found: [MismatchRate.ShortPick] = []
    while try statement.step() {
      guard let transfer = (try? JSON.parse(statement.text(0))).flatMap({ Transfer(json: $0) }),
        let content = (try? JSON.parse(statement.text(1))).flatMap({ Confirmation(json: $0) })
      else { continue }
      found += Self.shorts(transfer, content, locationName)
    }
    return found
  }

  private static func shorts(
    _ transfer: Transfer,
    _ content: Confirmation,
    _ name: (Int) -> String
  ) -> [MismatchRate.ShortPick] {
    Set(transfer.moves.map(\.productID)).sorted().compactMap { product in
      let lines = transfer.moves.filter { $0.productID == product }.flatMap(\.lines)
      let reserved = lines.map(\.quantity).reduce(.zero, +)
      let counted = content.lines.filter { $0.productID == product }.map(\.quantity)
        .reduce(.zero, +)
      guard reserved > counted, let place = lines.first?.locationID else { return nil }
      return MismatchRate.ShortPick(
        location: name(place),
        productID: product,
        short: reserved - counted
      )
    }
  }

  /// Targets of the tallies that are open.
  public func openTargets() throws(SQLiteError) -> Set<Confirmation.Target> {
    let statement = try database.prepare("SELECT target FROM tally WHERE closed IS NULL")
    var found: Set<Confirmation.Target> = []
    while try statement.step() {
      if let target = Confirmation.Target(key: statement.text(0)) { found.insert(target) }
    }
    return found
  }
}

extension CountedGoods {
  /// As the journal and `tallyman counts --json` have it.
  public var json: JSON {
    [
      "product_id": .int(productID), "lot": .text(lot), "counted": counted.json,
      "expected": expected.json,
    ]
  }

  init?(json: JSON) {
    guard let product = json["product_id"]?.int,
      let counted = json["counted"].flatMap({ Quantity($0) }),
      let expected = json["expected"].flatMap({ Quantity($0) })
    else { return nil }
    self.init(
      productID: product,
      lot: json["lot"]?.string,
      counted: counted,
      expected: expected
    )
  }
}

extension HeldGoods {
  var json: JSON {
    [
      "transfer": .string(transfer), "target": .string(target.key),
      "products": .array(
        products.sorted { $0.key < $1.key }.map { [.int($0.key), $0.value.json] }
      ),
    ]
  }

  init?(json: JSON) {
    guard let target = json["target"]?.string.flatMap({ Confirmation.Target(key: $0) }) else {
      return nil
    }
    let pairs = (json["products"]?.array ?? []).compactMap { pair -> (Int, Quantity)? in
      guard let id = pair[0]?.int, let quantity = pair[1].flatMap({ Quantity($0) }) else {
        return nil
      }
      return (id, quantity)
    }
    self.init(
      transfer: json["transfer"]?.string ?? "",
      target: target,
      products: Dictionary(pairs, uniquingKeysWith: +)
    )
  }
}

extension ConfirmationRecord {
  /// True if Odoo's version that somebody accepted is a done transfer.
  fileprivate var isDoneInOdoo: Bool {
    detail.flatMap { try? JSON.parse($0) }?["basis"]?.string == "done"
  }
}
