public import Floor

/// Receipts whose scheduled date has passed, as exceptions: they go when the goods come, or when
/// somebody sets another date in Odoo.
public enum LateReceipts {
  /// What is true of these open receipts.
  ///
  /// - Parameter closed: Names of transfers that were closed here.
  public static func findings(_ receipts: [OpenReceipt], closed: Set<String>) -> [DeskFinding] {
    receipts.lazy.filter { $0.late != nil && !closed.contains($0.transfer) }.map { receipt in
      let from = receipt.supplier.map { " from \($0)" } ?? ""
      return DeskFinding(
        identity: "late_receipt:\(receipt.transfer)",
        code: .lateReceipt,
        transfer: receipt.transfer,
        sentence: "\(receipt.transfer)\(from) was to come by now.",
        detail: ExceptionDetail(
          odoo: receipt.origin.map { "planned for order \($0)" } ?? "planned",
          floor: "nothing received"
        )
      )
    }.prefix(DeskFinding.limit).map(\.self)
  }
}
