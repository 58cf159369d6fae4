public import Floor
internal import Odoo

/// Finds what was short against a reservation, by location, in tallies that were closed here.
///
/// What was counted is set against the reservation lines of the transfer as it was opened: of the
/// same lot and package first, then of the same product. What is left of a line is missing at its
/// location. Tallies of the same transfer count together, as its rest may have been closed later. It
/// is over once a count of that location was finished afterwards.
public struct StockMismatch {
  /// A tally that was closed with a confirmation.
  public struct Closed: Sendable {
    /// Row of the tally in the journal.
    public var row: Int64
    /// The transfer as it was opened.
    public var transfer: Transfer
    /// What was counted, in the products' own units.
    public var counted: [Confirmation.Line]
    /// The event that closed it.
    public var closed: Int64

    /// A closed tally.
    public init(row: Int64, transfer: Transfer, counted: [Confirmation.Line], closed: Int64) {
      self.row = row
      self.transfer = transfer
      self.counted = counted
      self.closed = closed
    }
  }

  /// The event that finished the last count, by the location's database id.
  public var countedAt: [Int: Int64]
  /// Names of locations.
  public var locations: [Int: String]

  /// A look at one moment.
  public init(countedAt: [Int: Int64], locations: [Int: String]) {
    self.countedAt = countedAt
    self.locations = locations
  }

  /// Newest closed tallies that are looked at; what is older is history.
  public static let window = 500

  /// What is true of these tallies.
  public func findings(_ tallies: [Closed]) -> [DeskFinding] {
    var found: [DeskFinding] = []
    for tally in Self.merged(tallies) where found.count < DeskFinding.limit {
      guard tally.transfer.operation.step != .receive else { continue }
      for short in Self.short(tally)
      where (countedAt[short.locationID] ?? .min) < tally.closed {
        found.append(finding(tally, short))
      }
    }
    return found
  }

  /// Tallies of the same transfer as one, with the reservation of the first opening.
  private static func merged(_ tallies: [Closed]) -> [Closed] {
    var merged: [Closed] = []
    for tally in tallies.sorted(by: { $0.row < $1.row }) {
      if let place = merged.firstIndex(where: { $0.transfer.name == tally.transfer.name }) {
        merged[place].counted += tally.counted
        merged[place].closed = max(merged[place].closed, tally.closed)
      } else {
        merged.append(tally)
      }
    }
    return merged
  }

  struct Short: Equatable {
    var productID: Int
    var locationID: Int
    var reserved: Quantity
    var missing: Quantity
  }

  private struct Reserved {
    var productID: Int
    var line: MoveLine
    var quantity: Quantity
    var left: Quantity
  }

  /// What is missing of the reservations, by product and location.
  static func short(_ tally: Closed) -> [Short] {
    var reserved: [Reserved] = []
    for move in tally.transfer.moves {
      for line in move.lines where line.quantity > .zero {
        let quantity = move.inProductUnits(line.quantity)
        reserved.append(
          Reserved(productID: move.productID, line: line, quantity: quantity, left: quantity)
        )
      }
    }
    var counted = tally.counted
    let fits: [(Reserved, Confirmation.Line) -> Bool] = [
      { $0.line.lot?.name == $1.lot && $0.line.package?.name == $1.sourcePackage },
      { $0.line.lot?.name == $1.lot },
      { _, _ in true },
    ]
    for fit in fits {
      for index in counted.indices {
        for place in reserved.indices where reserved[place].productID == counted[index].productID {
          guard fit(reserved[place], counted[index]) else { continue }
          let share = min(reserved[place].left, counted[index].quantity)
          reserved[place].left -= share
          counted[index].quantity -= share
        }
      }
    }
    var found: [[Int]: Short] = [:]
    for item in reserved where item.left > .zero {
      let key = [item.productID, item.line.locationID]
      var short =
        found[key]
        ?? Short(
          productID: item.productID,
          locationID: item.line.locationID,
          reserved: .zero,
          missing: .zero
        )
      short.reserved += item.quantity
      short.missing += item.left
      found[key] = short
    }
    return found.values.sorted { ($0.productID, $0.locationID) < ($1.productID, $1.locationID) }
  }

  private func finding(_ tally: Closed, _ short: Short) -> DeskFinding {
    let place = locations[short.locationID] ?? "location \(short.locationID)"
    let counted = short.reserved - short.missing
    return DeskFinding(
      identity: "stock_mismatch:\(tally.row):\(short.productID):\(short.locationID)",
      code: .stockMismatch,
      transfer: tally.transfer.name,
      sentence: "\(short.missing) of \(short.reserved) that Odoo had reserved at \(place) for "
        + "\(tally.transfer.name) were not counted there.",
      detail: ExceptionDetail(
        odoo: "\(short.reserved) × product \(short.productID) reserved at \(place)",
        floor: "\(counted) counted",
        versions: .init(
          basis: .asked,
          lines: [.init(productID: short.productID, odoo: short.reserved, floor: counted)]
        )
      )
    )
  }
}
