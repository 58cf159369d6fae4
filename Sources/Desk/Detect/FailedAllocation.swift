public import Floor
internal import Odoo

/// Finds transfers that are open at a station or due, and of which Odoo has not reserved all.
///
/// Goods that an earlier step still has to bring are not expected to be reserved, and receipts
/// reserve nothing. A transfer that was closed here is Odoo's to settle.
public struct FailedAllocation {
  /// Names of transfers that are held at stations.
  public var held: Set<String>
  /// Database ids of transfers that were closed here.
  public var closed: Set<Int>
  /// Database ids of moves whose goods an earlier step still has to bring.
  public var coming: Set<Int>
  /// The time in milliseconds since 1970; nil while the clock is not proven, so that nothing is due.
  public var now: Int64?

  /// A look at one moment.
  public init(held: Set<String>, closed: Set<Int>, coming: Set<Int>, now: Int64?) {
    self.held = held
    self.closed = closed
    self.coming = coming
    self.now = now
  }

  /// What is true of these open transfers.
  public func findings(_ transfers: [Transfer]) -> [DeskFinding] {
    var found: [DeskFinding] = []
    for transfer in transfers where found.count < DeskFinding.limit && concerns(transfer) {
      let short = transfer.moves.filter { move in
        move.demand > .zero && !coming.contains(move.id) && Self.reserved(move) < move.demand
      }
      guard !short.isEmpty else { continue }
      found.append(finding(transfer, short))
    }
    return found
  }

  private func concerns(_ transfer: Transfer) -> Bool {
    guard transfer.operation.step != .receive, !closed.contains(transfer.id),
      transfer.state == .confirmed || transfer.state == .assigned
    else { return false }
    return held.contains(transfer.name) || isDue(transfer)
  }

  private func isDue(_ transfer: Transfer) -> Bool {
    guard let now, let scheduled = transfer.scheduled else { return false }
    return scheduled <= now
  }

  private static func reserved(_ move: Move) -> Quantity {
    move.lines.reduce(into: .zero) { $0 += $1.quantity }
  }

  private func finding(_ transfer: Transfer, _ short: [Move]) -> DeskFinding {
    let why = held.contains(transfer.name) ? "is being worked on" : "is due"
    let missing = short.map { "\(Self.reserved($0)) of \($0.demand) × product \($0.productID)" }
    return DeskFinding(
      identity: "failed_allocation:\(transfer.id)",
      code: .failedAllocation,
      transfer: transfer.name,
      sentence: "\(transfer.name) \(why), and Odoo has not reserved all of its goods.",
      detail: ExceptionDetail(
        odoo: "reserved: " + missing.joined(separator: "; "),
        floor: held.contains(transfer.name) ? "open at a station" : "not opened",
        versions: .init(
          basis: .asked,
          lines: short.map {
            .init(productID: $0.productID, odoo: $0.demand, floor: Self.reserved($0))
          }
        )
      )
    )
  }
}
