public import Dispatching
public import Floor
internal import JSON
public import Odoo

/// A finished count of stock, as the journal keeps it.
public struct StockCountRecord: Sendable {
  /// The count; a line that could not be read is left out.
  public var count: StockCount
  /// The event that finished it.
  public var event: Int64
  /// The station where it was counted.
  public var station: String
  /// When it was finished, in milliseconds since 1970 by the box's clock.
  public var counted: Int64
  /// How far it is; nil for one from before counts went to Odoo.
  public var state: ConfirmationState?
  /// Category of the exception.
  public var category: String?
  /// One sentence about the state.
  public var reason: String?
  /// What was counted and expected, once Odoo was asked.
  public var goods: [CountedGoods]
  /// What was in hands at the stations when it was finished.
  public var held: [HeldGoods]
  /// True if the box's clock was set then.
  public var isProven: Bool
  /// True if a person wants it applied whatever differs.
  public var isApproved: Bool
  /// Attempts without a decision.
  public var attempts: Int
}

/// A change of a count's state.
public struct CountChange: Sendable {
  /// The count.
  public var uuid: String
  /// The new state.
  public var state: ConfirmationState
  /// Category of the exception, when parked.
  public var category: String?
  /// One sentence for people.
  public var reason: String?
  /// What was counted and expected; nil leaves it.
  public var goods: [CountedGoods]?
  /// Attempts that ended without a decision.
  public var attempts: Int
  /// True once a person wants it applied whatever differs; nil leaves it.
  public var isApproved: Bool?
  /// Who did it: `agent` or a person.
  public var actor: String

  /// A change of a count.
  public init(
    uuid: String,
    state: ConfirmationState,
    category: String? = nil,
    reason: String? = nil,
    goods: [CountedGoods]? = nil,
    attempts: Int = 0,
    isApproved: Bool? = nil,
    actor: String = "agent"
  ) {
    self.uuid = uuid
    self.state = state
    self.category = category
    self.reason = reason
    self.goods = goods
    self.attempts = attempts
    self.isApproved = isApproved
    self.actor = actor
  }
}

/// Counts in the outbox: they have their turn beside confirmations, under a key of their own.
public enum CountKey {
  private static let prefix = "count:"

  /// The outbox's name of a count.
  public static func key(of uuid: String) -> String { prefix + uuid }

  /// The count that an entry of the outbox is about; nil for a confirmation.
  public static func uuid(of key: String) -> String? {
    key.hasPrefix(prefix) ? String(key.dropFirst(prefix.count)) : nil
  }
}

extension Journal {
  /// Stores a finished count of stock; returns its place in the outbox.
  public func add(
    _ count: StockCount,
    at station: String,
    by sequence: Int64,
    held: [HeldGoods],
    isProven: Bool,
    _ stamp: Stamp
  ) throws(SQLiteError) -> OutboxEntry {
    let statement = statements.addStockCount
    try statement.bind(1, count.uuid)
    try statement.bind(2, count.location.id)
    try statement.bind(3, count.location.name)
    try statement.bind(4, JSON.array(count.lines.map(\.json)).text)
    try statement.bind(5, sequence)
    try statement.bind(6, station)
    try statement.bind(7, stamp.wall)
    try statement.bind(8, JSON.array(held.map(\.json)).text)
    try statement.bind(9, isProven)
    try statement.run()
    return try entry(count.uuid, sequence, count.location.id, attempts: 0)
  }

  private func entry(
    _ uuid: String,
    _ event: Int64,
    _ location: Int,
    attempts: Int
  ) throws(SQLiteError) -> OutboxEntry {
    OutboxEntry(
      uuid: CountKey.key(of: uuid),
      sequence: event,
      warehouse: Int(try database.integer(Self.usualWarehouse) ?? 0),
      chain: "count:\(location)",
      step: .move,
      attempts: attempts
    )
  }

  /// A location does not tell its warehouse: a box stands in one, the one it worked for last.
  private static let usualWarehouse =
    "SELECT warehouse FROM confirmation ORDER BY seq DESC LIMIT 1"

  /// The counts that are not finished, oldest first.
  public func countOutbox() throws(SQLiteError) -> [OutboxEntry] {
    let statement = try database.prepare(
      """
      SELECT uuid, event, location, attempts FROM stock_count
      WHERE state NOT IN ('applied', 'discarded', 'kept') ORDER BY id
      """
    )
    var rows: [(uuid: String, event: Int64, location: Int, attempts: Int)] = []
    while try statement.step() {
      rows.append((statement.text(0), statement.int64(1), statement.int(2), statement.int(3)))
    }
    var found: [OutboxEntry] = []
    for row in rows {
      found.append(try entry(row.uuid, row.event, row.location, attempts: row.attempts))
    }
    return found
  }

  /// Stores a change of a count's state, and audits what a person did.
  public func apply(_ change: CountChange, _ stamp: Stamp) throws(SQLiteError) {
    let statement = try database.prepare(
      """
      UPDATE stock_count SET state = ?2, category = ?3, reason = ?4, goods = coalesce(?5, goods),
        attempts = ?6, approved = coalesce(?7, approved), changed = ?8
      WHERE uuid = ?1
      """
    )
    try statement.bind(1, change.uuid)
    try statement.bind(2, change.state.rawValue)
    try statement.bind(3, change.category)
    try statement.bind(4, change.reason)
    try statement.bind(5, change.goods.map { JSON.array($0.map(\.json)).text })
    try statement.bind(6, change.attempts)
    try statement.bind(7, change.isApproved.map { $0 ? 1 : 0 })
    try statement.bind(8, stamp.wall)
    try statement.run()
  }
}
