public import Odoo

/// What the last comparison with Odoo could not explain, as exceptions: they go when a later
/// comparison agrees, or when the confirmation was sent again.
public enum ReconcileDifferences {
  /// What is true of a report.
  ///
  /// - Parameter replaced: Confirmations in whose place another one was sent.
  public static func findings(_ report: ReconcileReport, replaced: Set<String>) -> [DeskFinding] {
    var seen: Set<String> = []
    var all: [DeskFinding] = []
    for found in report.unexplained where all.count < DeskFinding.limit {
      if let uuid = found.uuid, replaced.contains(uuid) { continue }
      let finding = finding(found)
      if seen.insert(finding.identity).inserted { all.append(finding) }
    }
    return all
  }

  private static func finding(_ found: ReconcileFinding) -> DeskFinding {
    let subject = found.uuid ?? found.transferID.map { "\($0)" } ?? found.transfer
    var detail = ExceptionDetail(
      odoo: found.by.map { "\(found.kind.rawValue), by \($0)" } ?? found.kind.rawValue,
      floor: found.uuid == nil ? "never seen" : "confirmed",
      versions: found.lines.isEmpty
        ? nil
        : .init(
          basis: .done,
          lines: found.lines.map {
            .init(
              productID: $0.productID,
              product: $0.product.isEmpty ? nil : $0.product,
              lot: $0.lot,
              package: $0.package,
              odoo: $0.odoo,
              floor: $0.confirmed
            )
          }
        )
    )
    detail.transferID = found.transferID
    return DeskFinding(
      identity: "reconciliation:\(found.kind.rawValue):\(subject)",
      code: .reconciliation,
      transfer: found.transfer,
      sentence: found.advice.isEmpty ? found.sentence : "\(found.sentence) \(found.advice)",
      detail: detail
    )
  }
}
