public import Floor

/// Puts a count of stock in order with what was confirmed at the same box (hazard `late-count`).
///
/// What was closed before the count, and what was already in somebody's hands when it was finished,
/// is not at the place any more: the count waits until Odoo has it, and does not look at it. What
/// was closed later does not wait for the count; Odoo's own lines tell how much to add. Order is
/// the journal's, not a clock's, but for what a person gave up. No clock, no I/O.
public enum CountGate: Hashable, Sendable {
  /// It can be applied now.
  case open(before: Set<Int>, after: Set<Int>)
  /// It has to wait for something.
  case wait(String)
  /// Nobody can tell any more what it said.
  case ask(String)

  /// A confirmation of the box, beside the count.
  public struct Work: Hashable, Sendable {
    /// What has become of it.
    public enum Fate: Hashable, Sendable {
      /// Not in Odoo yet.
      case open
      /// In Odoo.
      case applied
      /// Given up by a person.
      case givenUp
    }

    /// Name of the transfer, for people.
    public var transfer: String
    /// Which transfer it validates.
    public var target: Confirmation.Target
    /// Its database id, once it is known.
    public var transferID: Int?
    /// How much was counted of each product.
    public var products: [Int: Quantity]
    /// The event that closed it.
    public var event: Int64
    /// What has become of it.
    public var fate: Fate
    /// True if it came into its state after the count.
    public var isLater: Bool

    /// A confirmation with all that is known of it.
    public init(
      transfer: String,
      target: Confirmation.Target,
      transferID: Int?,
      products: [Int: Quantity],
      event: Int64,
      fate: Fate,
      isLater: Bool
    ) {
      self.transfer = transfer
      self.target = target
      self.transferID = transferID
      self.products = products
      self.event = event
      self.fate = fate
      self.isLater = isLater
    }
  }

  /// Decides about a count that the event `event` finished.
  ///
  /// - Parameters:
  ///   - held: What was in hands at the stations when it was finished.
  ///   - work: Confirmations of the time around it.
  ///   - open: Targets of tallies that are still open.
  public static func decide(
    _ count: StockCount,
    event: Int64,
    held: [HeldGoods],
    work: [Work],
    open: Set<Confirmation.Target>
  ) -> CountGate {
    let products = count.lines.isEmpty ? nil : Set(count.lines.map(\.productID))
    func touches(_ goods: [Int: Quantity]) -> Bool {
      goods.contains { product, quantity in
        quantity > .zero && products?.contains(product) ?? true
      }
    }
    let own = work.filter { touches($0.products) }
    var before: Set<Int> = []
    var after: Set<Int> = []
    var inHand: [Work] = []
    for goods in held where touches(goods.products) {
      guard let closing = own.first(where: { $0.target == goods.target && $0.event > event }) else {
        return open.contains(goods.target)
          ? .wait("It waits for \(goods.transfer), which was being worked on when it was counted.")
          : .ask(
            "Goods of \(goods.transfer) were in somebody's hands when \(count.location.name) was "
              + "counted, and were put back. Count again."
          )
      }
      guard same(closing.products, goods.products, products) else {
        return .ask(
          "\(goods.transfer) was being worked on with the same goods while \(count.location.name) "
            + "was counted. Count again when nobody works there."
        )
      }
      inHand.append(closing)
    }
    for one in own {
      guard one.event < event || inHand.contains(one) else {
        if let id = one.transferID { after.insert(id) }
        continue
      }
      switch one.fate {
      case .open: return .wait("It waits for \(one.transfer), which was closed before it.")
      case .applied: if let id = one.transferID { before.insert(id) }
      case .givenUp:
        guard one.isLater || one.event > event else { continue }
        return .ask(
          "\(one.transfer) was closed before \(count.location.name) was counted and given up "
            + "afterwards, so where its goods are is not known. Count again."
        )
      }
    }
    return .open(before: before, after: after)
  }

  private static func same(
    _ a: [Int: Quantity],
    _ b: [Int: Quantity],
    _ products: Set<Int>?
  ) -> Bool {
    let all = products ?? Set(a.keys).union(b.keys)
    return all.allSatisfy { a[$0, default: .zero] == b[$0, default: .zero] }
  }
}

/// What a tally had counted at one moment: goods that are not where they were, and that no
/// confirmation tells of yet.
public struct HeldGoods: Hashable, Sendable {
  /// Name of the transfer.
  public var transfer: String
  /// What it is a tally of.
  public var target: Confirmation.Target
  /// How much of each product.
  public var products: [Int: Quantity]

  /// Goods in hand.
  public init(transfer: String, target: Confirmation.Target, products: [Int: Quantity]) {
    self.transfer = transfer
    self.target = target
    self.products = products
  }
}
