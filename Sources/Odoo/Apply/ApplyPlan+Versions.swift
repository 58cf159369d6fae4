internal import Floor

extension ApplyPlan {
  /// What was read last beside what was counted.
  func versions(_ products: [Int: String]) -> ApplyException.Versions {
    .init(confirmation, snapshot, products)
  }
}

/// Both versions line by line, for whoever has to decide.
extension ApplyException.Versions {
  private struct Key: Hashable {
    var productID: Int
    var lot: String?
    var package: String?
  }

  /// A transfer as it was read beside what was counted.
  init(
    _ confirmation: Confirmation,
    _ snapshot: TransferSnapshot,
    _ products: [Int: String] = [:]
  ) {
    var lines: [Key: ApplyException.Line] = [:]
    var order: [Key] = []
    func add(_ key: Key, odoo: Quantity? = nil, floor: Quantity? = nil) {
      if lines[key] == nil { order.append(key) }
      var line =
        lines[key]
        ?? .init(
          productID: key.productID,
          product: products[key.productID],
          lot: key.lot,
          package: key.package,
          odoo: nil,
          floor: nil
        )
      if let odoo { line.odoo = (line.odoo ?? .zero) + odoo }
      if let floor { line.floor = (line.floor ?? .zero) + floor }
      lines[key] = line
    }
    let basis: ApplyException.Basis
    switch snapshot.state {
    case .gone, .cancel:
      basis = .nothing
      for line in confirmation.lines { add(Self.key(line), floor: line.quantity) }
    case .done:
      basis = .done
      for line in confirmation.lines { add(Self.key(line), floor: line.quantity) }
      for line in Comparison.doneLines(snapshot) {
        add(Self.key(line, snapshot), odoo: line.quantity)
      }
    case .draft, .waiting, .confirmed, .assigned:
      basis = .asked
      for line in confirmation.lines { add(Key(productID: line.productID), floor: line.quantity) }
      for move in snapshot.openMoves { add(Key(productID: move.productID), odoo: move.demand) }
    }
    self.init(basis: basis, lines: order.compactMap { lines[$0] })
  }

  private static func key(_ line: Confirmation.Line) -> Key {
    Key(productID: line.productID, lot: line.lot, package: line.package ?? line.sourcePackage)
  }

  /// Goods that stayed in the package that they came in are shown in it.
  private static func key(_ line: TransferSnapshot.Line, _ snapshot: TransferSnapshot) -> Key {
    Key(
      productID: line.productID,
      lot: line.lotID.map { id in snapshot.lots.first { $0.id == id }?.name ?? "\(id)" }
        ?? line.lotName,
      package: line.resultPackageID.map { id in
        snapshot.packages.first { $0.id == id }?.name ?? "\(id)"
      }
    )
  }
}
