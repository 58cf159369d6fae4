public import Floor

/// Goods of which Odoo has another quantity than was confirmed.
public struct LineDifference: Hashable, Sendable {
  /// Database id of the product.
  public var productID: Int
  /// Its name in Odoo; empty if Odoo has no line of it.
  public var product: String
  /// Name of the lot or serial number.
  public var lot: String?
  /// Name of the package that the goods went into.
  public var package: String?
  /// What was confirmed here.
  public var confirmed: Quantity
  /// What Odoo has.
  public var odoo: Quantity

  /// Goods with both quantities.
  public init(
    productID: Int,
    product: String,
    lot: String?,
    package: String?,
    confirmed: Quantity,
    odoo: Quantity
  ) {
    self.productID = productID
    self.product = product
    self.lot = lot
    self.package = package
    self.confirmed = confirmed
    self.odoo = odoo
  }
}

extension Comparison {
  /// What Odoo has of which it should have another quantity; empty if the transfer equals what was
  /// counted.
  func differences(
    _ counted: [Confirmation.Line],
    products: [Int: String]
  ) -> [LineDifference] {
    var done = Self.doneLines(snapshot)
    let ordered = counted.filter { $0.quantity > .zero }
      .sorted { specificity($0) > specificity($1) }
    var rows: [LineDifference] = []
    for line in ordered {
      var found = Quantity.zero
      for index in done.indices where found < line.quantity && matches(line, done[index]) {
        let share = min(line.quantity - found, done[index].quantity)
        found += share
        done[index].quantity -= share
      }
      add(
        LineDifference(
          productID: line.productID,
          product: products[line.productID] ?? "",
          lot: line.lot,
          package: line.package,
          confirmed: line.quantity,
          odoo: found
        ),
        to: &rows
      )
    }
    for line in done where line.quantity != .zero { add(left(line, products), to: &rows) }
    let slack = snapshot.lines.map(\.slack).reduce(.zero, +)
    return rows.filter { row in
      let off = row.odoo - row.confirmed
      return off > slack || .zero - off > slack
    }
  }

  /// A line of Odoo, or the rest of one, that nobody counted.
  private func left(_ line: TransferSnapshot.Line, _ products: [Int: String]) -> LineDifference {
    LineDifference(
      productID: line.productID,
      product: products[line.productID] ?? "",
      lot: line.lotID.flatMap { id in snapshot.lots.first { $0.id == id }?.name } ?? line.lotName,
      package: line.resultPackageID.flatMap { id in
        snapshot.packages.first { $0.id == id }?.name
      },
      confirmed: .zero,
      odoo: line.quantity
    )
  }

  /// Goods of one kind make one row, so that 3 instead of 2 does not read as 2 and 1 more.
  private func add(_ row: LineDifference, to rows: inout [LineDifference]) {
    let index = rows.firstIndex { other in
      other.productID == row.productID && (other.lot == row.lot || other.lot == nil)
        && (other.package == row.package || other.package == nil)
    }
    guard let index else { return rows.append(row) }
    rows[index].confirmed += row.confirmed
    rows[index].odoo += row.odoo
  }
}
