/// Where an exception belongs on the desk; the raw values are stable.
public enum ExceptionGroup: String, CaseIterable, Sendable {
  case stockMismatch = "stock_mismatch"
  case failedAllocation = "failed_allocation"
  case duplicateOrder = "duplicate_order"
  case lateReceipt = "late_receipt"
  case changedInOdoo = "changed_in_odoo"
  case overShort = "over_short"
  case lotSerial = "lot_serial"
  case weight
  case unknownCode = "unknown_code"
  case blindTransfer = "blind_transfer"
  case chain
  case refusedByOdoo = "refused_by_odoo"
  case access
  case contract
  case poison

  /// Its name for people.
  public var title: String {
    switch self {
    case .stockMismatch: "Stock mismatch"
    case .failedAllocation: "Failed allocation"
    case .duplicateOrder: "Duplicate order"
    case .lateReceipt: "Late receipt"
    case .changedInOdoo: "Changed or cancelled in Odoo"
    case .overShort: "Over or short"
    case .lotSerial: "Lot, serial number or package"
    case .weight: "Weight"
    case .unknownCode: "Unknown code"
    case .blindTransfer: "Blind transfer not found"
    case .chain: "Next step or backorder missing"
    case .refusedByOdoo: "Refused by Odoo"
    case .access: "Access"
    case .contract: "Version or contract"
    case .poison: "Poison"
    }
  }
}
