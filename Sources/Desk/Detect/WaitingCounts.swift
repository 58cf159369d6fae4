internal import Floor
public import Odoo

/// Counts of stock that a person has to decide about, as exceptions: they go with the decision.
public enum WaitingCounts {
  /// A count that waits.
  public struct Count: Hashable, Sendable {
    /// Its id.
    public var uuid: String
    /// Name of the place.
    public var location: String
    /// Why it waits.
    public var reason: String
    /// What was counted and expected, where Odoo was asked.
    public var goods: [CountedGoods]

    /// A count of a place.
    public init(uuid: String, location: String, reason: String, goods: [CountedGoods]) {
      self.uuid = uuid
      self.location = location
      self.reason = reason
      self.goods = goods
    }
  }

  /// What is true of these counts.
  public static func findings(_ counts: [Count]) -> [DeskFinding] {
    counts.prefix(DeskFinding.limit).map { count in
      let different = count.goods.filter { $0.difference != .zero }
      return DeskFinding(
        identity: "count_waits:\(count.uuid)",
        code: .countWaits,
        transfer: nil,
        sentence: "The count of \(count.location) (\(count.uuid.prefix(8))) waits. \(count.reason)",
        detail: ExceptionDetail(
          odoo: count.goods.isEmpty ? "not asked" : "\(different.count) of its goods otherwise",
          floor: "counted at \(count.location)",
          versions: different.isEmpty
            ? nil
            : .init(
              basis: .asked,
              lines: different.map {
                .init(productID: $0.productID, lot: $0.lot, odoo: $0.expected, floor: $0.counted)
              }
            )
        )
      )
    }
  }
}
