public import Floor

/// Finds open transfers that seem to be for the same order twice.
///
/// Two of the same operation type are compared: with the same partner and the same reference of the
/// customer, but from different orders; or with the same origin and partner and equal lines, where
/// neither is a backorder. Drafts and what is closed here do not count.
///
/// All transfers are shown to it twice, so that it keeps only those that have a double: first to
/// `note`, then to `take`.
public struct DuplicateOrders {
  /// Database ids of transfers that were closed here.
  private let closed: Set<Int>
  private var seen: [Int: Int] = [:]
  private var groups: [Key: [Member]] = [:]

  private enum Kind { case reference, lines }

  private struct Line: Hashable {
    var product: Int
    var demand: Quantity
  }

  private struct Key: Hashable {
    var kind: Kind
    var type: Int
    var partner: String
    /// The customer's reference, or the origin.
    var text: String
    var lines: [Line]
  }

  private struct Member {
    var id: Int
    var name: String
    var origin: String
  }

  /// A look at one moment.
  public init(closed: Set<Int>) { self.closed = closed }

  /// Counts what a transfer could be the double of.
  public mutating func note(_ transfer: Transfer) {
    for key in keys(transfer) { seen[key.hashValue, default: 0] += 1 }
  }

  /// Keeps a transfer that may have a double.
  public mutating func take(_ transfer: Transfer) {
    for key in keys(transfer) where seen[key.hashValue, default: 0] > 1 {
      guard groups[key] != nil || groups.count < DeskFinding.limit else { continue }
      guard groups[key, default: []].count < Self.membersLimit else { continue }
      groups[key, default: []].append(
        Member(id: transfer.id, name: transfer.name, origin: transfer.origin ?? transfer.chain)
      )
    }
  }

  /// Transfers that one finding names at most.
  private static let membersLimit = 20

  private func keys(_ transfer: Transfer) -> [Key] {
    guard !closed.contains(transfer.id),
      [.waiting, .confirmed, .assigned].contains(transfer.state)
    else { return [] }
    var keys: [Key] = []
    let type = transfer.operation.typeID
    if let partner = transfer.partner, let text = transfer.customerReference {
      keys.append(Key(kind: .reference, type: type, partner: partner, text: text, lines: []))
    }
    if let origin = transfer.origin, transfer.backorderOf == nil, !transfer.moves.isEmpty {
      let lines = transfer.moves.map { Line(product: $0.productID, demand: $0.demand) }
        .sorted { ($0.product, $0.demand) < ($1.product, $1.demand) }
      let partner = transfer.partner ?? ""
      keys.append(Key(kind: .lines, type: type, partner: partner, text: origin, lines: lines))
    }
    return keys
  }

  /// What is true of the transfers that were taken.
  public var findings: [DeskFinding] {
    groups.compactMap { key, members in
      switch key.kind {
      case .reference:
        guard Set(members.map(\.origin)).count > 1 else { return nil }
        return finding(
          members,
          "have the same customer reference \(key.text) of \(key.partner)"
        )
      case .lines:
        guard members.count > 1 else { return nil }
        return finding(members, "come from \(key.text) and ask for the same goods")
      }
    }.sorted { $0.identity < $1.identity }
  }

  private func finding(_ members: [Member], _ what: String) -> DeskFinding {
    let sorted = members.sorted { $0.id < $1.id }
    let names = sorted.map(\.name).joined(separator: ", ")
    return DeskFinding(
      identity: "duplicate_order:" + sorted.map { "\($0.id)" }.joined(separator: ","),
      code: .duplicateOrder,
      transfer: sorted.first?.name,
      sentence: "\(names) are open at the same time and \(what).",
      detail: ExceptionDetail(
        odoo: sorted.map { "\($0.name) from \($0.origin)" }.joined(separator: "; "),
        floor: "nothing closed yet"
      )
    )
  }
}
