/// A receipt that has not come yet.
public struct OpenReceipt: Hashable, Sendable {
  /// Name of the transfer.
  public var transfer: String
  /// Display name of the supplier.
  public var supplier: String?
  /// The purchase order.
  public var origin: String?
  /// When it is to come, in milliseconds since 1970, UTC.
  public var scheduled: Int64?
  /// How long that is past, in milliseconds; nil if it is not late.
  public var late: Int64?

  /// The receipts among open transfers, the one that was to come first at the top.
  ///
  /// - Parameter now: Milliseconds since 1970.
  public static func all(_ open: [Transfer], now: Int64) -> [OpenReceipt] {
    open.compactMap { transfer in
      guard transfer.operation.step == .receive,
        [.waiting, .confirmed, .assigned].contains(transfer.state)
      else { return nil }
      return OpenReceipt(
        transfer: transfer.name,
        supplier: transfer.partner,
        origin: transfer.origin,
        scheduled: transfer.scheduled,
        late: transfer.scheduled.flatMap { $0 < now ? now - $0 : nil }
      )
    }.sorted { a, b in
      (a.scheduled ?? .max, a.transfer) < (b.scheduled ?? .max, b.transfer)
    }
  }
}
